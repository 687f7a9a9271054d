import {serviceArg, ShiftCommand, shiftOutputFlag, type ShiftReport} from '../../cli/shift/shift-command.js'

export default class ShiftPause extends ShiftCommand {
  static override summary = 'Hold a shift where it is, until promote.'
  static override description = 'Takes effect at once, whoever carries the shift out; a verification that is under way is made anew afterwards.'
  static override examples = ['<%= config.bin %> shift pause', '<%= config.bin %> shift pause tcp-echo']
  static override args = serviceArg
  static override flags = shiftOutputFlag

  async run(): Promise<ShiftReport> {
    const {flags, args} = await this.parse(ShiftPause)
    return this.steer(await this.meant(flags, args.service), {type: 'pause'}, {output: flags.output, isLeftWhenPaused: true, timeoutMs: undefined})
  }
}
