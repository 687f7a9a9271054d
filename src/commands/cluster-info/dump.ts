import {NotHereCommand} from '../../cli/not-here-command.js'

export default class ClusterInfoDump extends NotHereCommand {
  static override summary = 'Say what to take for a report instead of a dump of the cluster.'
  static override examples = ['<%= config.bin %> cluster-info dump']
  protected readonly answer = {
    why: 'there is no cluster to dump: all of it is in one directory',
    instead: "use 'tshift get all -A -o yaml' for objects, 'tshift gateway logs' for the log, and 'tshift analyze -A' for what is wrong",
  }
}
