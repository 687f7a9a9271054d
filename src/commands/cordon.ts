import {NotHereCommand} from '../cli/not-here-command.js'

export default class Cordon extends NotHereCommand {
  static override summary = 'Say why the one node cannot be cordoned.'
  static override examples = ['<%= config.bin %> cordon tshift']
  protected readonly answer = {
    why: 'there is one node, this machine, and nowhere else for pods to go: it cannot be cordoned',
    instead: "to have no pods run, scale their Deployments to 0, or end the gateway with 'tshift gateway stop'",
  }
}
