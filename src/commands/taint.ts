import {NotHereCommand} from '../cli/not-here-command.js'

export default class Taint extends NotHereCommand {
  static override summary = 'Say why taints have no effect.'
  static override examples = ['<%= config.bin %> taint nodes tshift dedicated=echo:NoSchedule']
  protected readonly answer = {
    why: 'there is one node, this machine, and every pod runs on it: taints would have no effect',
    instead: 'leave tolerations in pods as they are, they do no harm',
  }
}
