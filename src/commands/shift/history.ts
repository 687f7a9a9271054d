import {readRecord} from '../../cli/shift/record-store.js'
import {serviceArg, ShiftCommand, shiftOutputFlag} from '../../cli/shift/shift-command.js'
import {formatJson} from '../../output/json.js'
import {alignRows, TABLE_LAYOUT} from '../../output/tabwriter.js'
import type {Revision} from '../../shift/history.js'
import {historyRows} from '../../shift/render-status.js'
import {spokenName} from '../../shift/shifted-object.js'

export default class ShiftHistory extends ShiftCommand {
  static override summary = 'List the weights a VirtualService or TCPRoute had: before, during and after its shifts.'
  static override examples = ['<%= config.bin %> shift history', '<%= config.bin %> shift history tcp-echo -o json']
  static override args = serviceArg
  static override flags = shiftOutputFlag

  async run(): Promise<readonly Revision[]> {
    const {flags, args} = await this.parse(ShiftHistory)
    const {resources} = await this.session()
    const ref = await this.meant(flags, args.service)
    const {history} = await readRecord(resources, ref)
    if (flags.output === 'json') this.out(formatJson(history))
    else if (history.length === 0) this.say(`No revisions of ${spokenName(ref)} found.`)
    else this.out(alignRows([['REVISION', 'AT', 'WEIGHTS', 'CAUSE'], ...historyRows(history)], TABLE_LAYOUT))
    return history
  }
}
