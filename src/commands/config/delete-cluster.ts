import {NotHereCommand} from '../../cli/not-here-command.js'

export default class ConfigDeleteCluster extends NotHereCommand {
  static override summary = 'Say why there is one cluster only.'
  static override examples = ['<%= config.bin %> config delete-cluster other']
  protected readonly answer = {
    why: 'there is one cluster, the state in TSHIFT_HOME, and one user of it: no cluster can be taken away',
    instead: 'another TSHIFT_HOME is another cluster',
  }
}
