import {Args, Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {currentNamespace} from '../../cli/context/context-file.js'
import {parseDuration} from '../../cli/duration.js'
import {namedObject} from '../../cli/shift/named-object.js'
import {prepare, readPlan, store} from '../../cli/shift/prepare.js'
import {previewText} from '../../cli/shift/preview.js'
import {readRecord, type ShiftRef} from '../../cli/shift/record-store.js'
import {EXIT_CODES, ShiftCommand, shiftOutputFlag, waitFlags, type ShiftReport} from '../../cli/shift/shift-command.js'
import {shiftFlags, wishesOf} from '../../cli/shift/shift-flags.js'
import {gatewayNotRunning} from '../../daemon/control/control-client.js'
import type {Resources} from '../../resources/resources.js'
import type {BorrowedPlan} from '../../shift/borrowed-plan.js'
import {spokenName, typedName} from '../../shift/shifted-object.js'
import {isOver} from '../../shift/state.js'
import {phaseName} from '../../shift/transition.js'

export default class Shift extends ShiftCommand {
  static override summary = 'Move the traffic of a tcp route to another version, step by step, on evidence.'
  static override description =
    'Each step changes the weights of the VirtualService or TCPRoute, waits until the gateway has them, ' +
    'and proves the split, the error rate, and what else was asked for before the next. ' +
    'A step that fails is rolled back, and the rollback is proven. ' +
    'Another terminal may pause, promote or abort; a shift that was killed goes on when the command is given again.\n\n' +
    `Exit code: ${EXIT_CODES}`
  static override examples = [
    '<%= config.bin %> shift tcp-echo --to v2',
    '<%= config.bin %> shift tcp-echo --to v2 --steps 20,50,100 --pause-after 20 --no-wait',
    '<%= config.bin %> shift tcp-echo --to v2 --steps 50,100 --bake 30s --hold 20 --hook confirm-promotion=./ok.sh',
    '<%= config.bin %> shift tcp-echo --to v2 --write tcp-echo-all-v1.yaml --dry-run',
    '<%= config.bin %> shift tcproute/tcp-echo --to tcp-echo-v2',
    '<%= config.bin %> shift --plan rollout.yaml',
  ]

  static override args = {service: Args.string({description: 'VirtualService or TCPRoute, as tcp-echo, vs/tcp-echo or tcproute/tcp-echo', ignoreStdin: true})}
  static override flags = {
    ...shiftOutputFlag,
    ...shiftFlags,
    ...waitFlags,
    'dry-run': Flags.boolean({description: 'print how each step would change the YAML, and change nothing', default: false}),
  }

  async run(): Promise<ShiftReport | undefined> {
    const {flags, args} = await this.parse(Shift)
    const timeoutMs = flags.timeout === undefined ? undefined : parseDuration(flags.timeout, '--timeout')
    const borrowed = flags.plan === undefined ? undefined : await readPlan(flags.plan)
    const {resources, isGatewayRunning} = await this.session()
    const ref = await refOf(resources, args.service, {namespace: flags.namespace, borrowed})
    const isResumed = !flags['dry-run'] && (await this.resumes(ref, flags.to))
    if (!isResumed) {
      for (const note of borrowed?.notes ?? []) this.say(`${flags.plan ?? ''}: ${note}`)
      const prepared = await prepare(resources, wishesOf(ref, flags, borrowed))
      if (flags['dry-run']) {
        this.out(await previewText(prepared))
        return undefined
      }
      if (!isGatewayRunning) throw gatewayNotRunning()
      await store(resources, ref, prepared)
    }
    if (!isGatewayRunning) throw gatewayNotRunning()
    return this.carryOut(ref, {output: flags.output, isLeftWhenPaused: flags['no-wait'], timeoutMs})
  }

  /** Whether a shift that is not over is there to be taken up. Its plan stands; another destination is refused. */
  private async resumes(ref: ShiftRef, to: string | undefined): Promise<boolean> {
    const {resources} = await this.session()
    const {state} = await readRecord(resources, ref)
    if (state === undefined || isOver(state)) return false
    if (to !== undefined && to !== state.plan.to) {
      throw new UserError(`a shift of ${spokenName(ref)} to ${state.plan.to} is not over`, {
        hint: `'tshift shift abort ${typedName(ref)}' rolls it back`,
        exitCode: 2,
      })
    }
    this.say(`taking up the shift to ${state.plan.to} (${phaseName(state.phase)}), with the plan it was begun with`)
    return true
  }
}

interface RefChoice {
  readonly namespace: string | undefined
  readonly borrowed: BorrowedPlan | undefined
}

async function refOf(resources: Resources, name: string | undefined, {namespace: given, borrowed}: RefChoice): Promise<ShiftRef> {
  const namespace = given ?? borrowed?.namespace ?? currentNamespace()
  if (name !== undefined) return {namespace, ...(await namedObject(resources, namespace, name))}
  if (borrowed?.virtualService !== undefined) return {namespace, virtualService: borrowed.virtualService}
  throw new UserError('no virtual service is named', {hint: 'write tshift shift NAME --to SUBSET', exitCode: 2})
}
