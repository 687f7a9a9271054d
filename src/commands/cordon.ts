import {NodeCommand} from '../cli/node-command.js'

export default class Cordon extends NodeCommand {
  static override summary = 'Say why the one node cannot be cordoned.'
  static override examples = ['<%= config.bin %> cordon tshift']
  protected readonly answer = {
    why: 'there is one node, this machine, and nowhere else for pods to go: it cannot be cordoned',
    instead: "to have no pods run, scale their Deployments to 0, or end the gateway with 'tshift gateway stop'",
  }
}
