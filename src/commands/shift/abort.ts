import {EXIT_CODES, serviceArg, ShiftCommand, shiftOutputFlag, type ShiftReport} from '../../cli/shift/shift-command.js'

export default class ShiftAbort extends ShiftCommand {
  static override summary = 'Give a shift up and roll it back.'
  static override description =
    'The weights of before the shift are put back and proven: by the command that began the shift where it still runs, and otherwise by this one.\n\n' +
    `Exit code: ${EXIT_CODES}`
  static override examples = ['<%= config.bin %> shift abort', '<%= config.bin %> shift abort tcp-echo -n demo']
  static override args = serviceArg
  static override flags = shiftOutputFlag

  async run(): Promise<ShiftReport> {
    const {flags, args} = await this.parse(ShiftAbort)
    return this.steer(
      await this.meant(flags, args.service),
      {type: 'abort', reason: 'aborted'},
      {output: flags.output, isLeftWhenPaused: false, timeoutMs: undefined},
    )
  }
}
