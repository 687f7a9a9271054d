import {NotHereCommand} from '../cli/not-here-command.js'

export default class Uncordon extends NotHereCommand {
  static override summary = 'Say why there is nothing to uncordon.'
  static override examples = ['<%= config.bin %> uncordon tshift']
  protected readonly answer = {
    why: 'there is one node, this machine, and it is never cordoned: pods run as soon as the gateway does',
    instead: "start it with 'tshift gateway start'",
  }
}
