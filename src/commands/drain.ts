import {NotHereCommand} from '../cli/not-here-command.js'

export default class Drain extends NotHereCommand {
  static override summary = 'Say why the one node cannot be drained.'
  static override examples = ['<%= config.bin %> drain tshift']
  protected readonly answer = {
    why: 'there is one node, this machine, and nowhere else for pods to go: it cannot be drained',
    instead: "to end all pods and keep what is stored, use 'tshift gateway stop'",
  }
}
