import {Flags} from '@oclif/core'
import {qualifiedKind} from '../../cli/qualified-kind.js'
import {undo} from '../../cli/shift/control.js'
import {waitUntilInForce} from '../../cli/shift/ground.js'
import {typeOfShifted} from '../../cli/shift/named-object.js'
import {serviceArg, ShiftCommand, shiftOutputFlag} from '../../cli/shift/shift-command.js'
import {untilInterrupted} from '../../cli/until-interrupted.js'
import {formatJson} from '../../output/json.js'
import {weightsText} from '../../shift/render-status.js'
import type {Shiftable} from '../../shift/route-rules.js'

export default class ShiftUndo extends ShiftCommand {
  static override summary = 'Put the weights of before the last shift back, or those of a revision.'
  static override description =
    "A shift that is under way is ended with 'shift abort' instead. Where the gateway runs, it has the weights when this returns; nothing is probed."
  static override examples = ['<%= config.bin %> shift undo', '<%= config.bin %> shift undo tcp-echo --to-revision 2']
  static override args = serviceArg
  static override flags = {
    ...shiftOutputFlag,
    'to-revision': Flags.integer({description: "a revision that 'shift history' lists (default: where the last shift began)", min: 1, helpValue: 'N'}),
  }

  async run(): Promise<Shiftable> {
    const {flags, args} = await this.parse(ShiftUndo)
    const {resources, home, isGatewayRunning} = await this.session()
    const ref = await this.meant(flags, args.service)
    const {target, service} = await undo(resources, ref, flags['to-revision'])
    if (isGatewayRunning) await waitUntilInForce(resources, home.socket, {place: ref, signal: untilInterrupted()})
    this.out(
      flags.output === 'json'
        ? formatJson(service)
        : `${qualifiedKind(typeOfShifted(ref))}/${ref.virtualService} rolled back to revision ${target.revision} (${weightsText(target.route)})\n`,
    )
    return service
  }
}
