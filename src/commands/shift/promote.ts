import {Flags} from '@oclif/core'
import {parseDuration} from '../../cli/duration.js'
import {EXIT_CODES, serviceArg, ShiftCommand, shiftOutputFlag, waitFlags, type ShiftReport} from '../../cli/shift/shift-command.js'

export default class ShiftPromote extends ShiftCommand {
  static override summary = 'Let a paused shift go on.'
  static override description =
    'Where the command that began the shift still runs, that goes on; otherwise this one carries the shift out from here.\n\n' + `Exit code: ${EXIT_CODES}`
  static override examples = ['<%= config.bin %> shift promote', '<%= config.bin %> shift promote tcp-echo --full']
  static override args = serviceArg
  static override flags = {
    ...shiftOutputFlag,
    ...waitFlags,
    full: Flags.boolean({description: 'go to the last step at once: no further pause, no further verification', default: false}),
  }

  async run(): Promise<ShiftReport> {
    const {flags, args} = await this.parse(ShiftPromote)
    const timeoutMs = flags.timeout === undefined ? undefined : parseDuration(flags.timeout, '--timeout')
    const ref = await this.meant(flags, args.service)
    return this.steer(ref, {type: 'promote', full: flags.full}, {output: flags.output, isLeftWhenPaused: flags['no-wait'], timeoutMs})
  }
}
