import {NotHereCommand} from '../../cli/not-here-command.js'

export default class ConfigSetCredentials extends NotHereCommand {
  static override summary = 'Say why there is one user only.'
  static override examples = ['<%= config.bin %> config set-credentials other']
  protected readonly answer = {
    why: 'there is one cluster, the state in TSHIFT_HOME, and one user of it: no user can be added',
    instead: 'another TSHIFT_HOME is another cluster',
  }
}
