import {NodeCommand} from '../cli/node-command.js'

export default class Drain extends NodeCommand {
  static override summary = 'Say why the one node cannot be drained.'
  static override examples = ['<%= config.bin %> drain tshift']
  protected readonly answer = {
    why: 'there is one node, this machine, and nowhere else for pods to go: it cannot be drained',
    instead: "to end all pods and keep what is stored, use 'tshift gateway stop'",
  }
}
