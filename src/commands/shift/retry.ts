import {parseDuration} from '../../cli/duration.js'
import {EXIT_CODES, serviceArg, ShiftCommand, shiftOutputFlag, waitFlags, type ShiftReport} from '../../cli/shift/shift-command.js'

export default class ShiftRetry extends ShiftCommand {
  static override summary = 'Try again: a step that failed or stayed open, or a whole shift that was rolled back.'
  static override description =
    'A retry is a fresh look at new connections; its chance of a false verdict comes on top of that of the first.\n\n' + `Exit code: ${EXIT_CODES}`
  static override examples = ['<%= config.bin %> shift retry', '<%= config.bin %> shift retry tcp-echo']
  static override args = serviceArg
  static override flags = {...shiftOutputFlag, ...waitFlags}

  async run(): Promise<ShiftReport> {
    const {flags, args} = await this.parse(ShiftRetry)
    const timeoutMs = flags.timeout === undefined ? undefined : parseDuration(flags.timeout, '--timeout')
    return this.steer(await this.meant(flags, args.service), {type: 'retry'}, {output: flags.output, isLeftWhenPaused: flags['no-wait'], timeoutMs})
  }
}
