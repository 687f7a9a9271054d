import {Flags} from '@oclif/core'
import {existingShift, isCarriedOut} from '../../cli/shift/control.js'
import {watchRecord} from '../../cli/shift/record-store.js'
import {serviceArg, ShiftCommand, shiftOutputFlag, waysOn, type ShiftReport} from '../../cli/shift/shift-command.js'
import {untilInterrupted} from '../../cli/until-interrupted.js'
import {isOver} from '../../shift/state.js'

/** Home, then erase to the end of the screen. */
const REDRAW = '\u001b[H\u001b[J'

export default class ShiftStatus extends ShiftCommand {
  static override summary = 'Show a shift as a tree: each step, what was found, what it waits for.'
  static override description = 'Exit code: 0 healthy or on its way, 6 rolled back or aborted, 7 waiting for promote; 3, 4 or 5 where it was stopped at a step.'
  static override examples = ['<%= config.bin %> shift status', '<%= config.bin %> shift status tcp-echo -w']
  static override args = serviceArg
  static override flags = {...shiftOutputFlag, watch: Flags.boolean({char: 'w', description: 'show every change until the shift is over', default: false})}

  async run(): Promise<ShiftReport> {
    const {flags, args} = await this.parse(ShiftStatus)
    const {resources} = await this.session()
    const ref = await this.meant(flags, args.service)
    const first = await existingShift(resources, ref)
    const {phase} = first.state
    if (!isOver(first.state) && phase.type !== 'paused' && !isCarriedOut(first)) this.say(`nobody carries it out at present: ${waysOn(ref)}`)
    if (!flags.watch) {
      const report = this.print(first, flags.output)
      process.exitCode = report.exitCode
      return report
    }
    let last: ShiftReport | undefined
    for await (const record of watchRecord(resources, ref, untilInterrupted())) {
      if (record.state === undefined) break
      if (record.state.turn === last?.turn) continue // a lease was renewed, no more
      if (process.stdout.isTTY) this.out(REDRAW)
      last = this.print(record, flags.output)
      process.exitCode = last.exitCode
      if (isOver(record.state)) break
    }
    return last ?? this.print(first, flags.output)
  }
}
