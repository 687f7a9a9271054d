import {Args, Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {gatewayNotRunning} from '../../daemon/control/control-client.js'
import {formatJson} from '../../output/json.js'
import {shiftExitCode} from '../../shift/exit-code.js'
import type {ShiftRecord} from '../../shift/record.js'
import {announce, renderShift} from '../../shift/render-status.js'
import {spokenName, typedPlace} from '../../shift/shifted-object.js'
import {isOver, type ShiftState} from '../../shift/state.js'
import {phaseName, type ShiftEvent} from '../../shift/transition.js'
import {BaseCommand} from '../base-command.js'
import {terminalColors} from '../colors.js'
import {currentNamespace} from '../context/context-file.js'
import {namespaceFlag} from '../flags/namespace.js'
import type {Session} from '../session.js'
import {untilInterrupted} from '../until-interrupted.js'
import {control, existingShift, isCarriedOut, shiftMeant} from './control.js'
import {readRecord, type ShiftRef} from './record-store.js'
import {ShiftRunner} from './runner.js'

export const EXIT_CODES =
  '0 healthy, 6 rolled back or aborted, 7 waiting for promote; 3 wrong split, 4 inconclusive, 5 errors where it was stopped at a step; ' +
  '8 the gateway cannot be reached, 124 timeout, 130 interrupted.'

export const serviceArg = {
  service: Args.string({
    description: 'VirtualService or TCPRoute, as tcp-echo, vs/tcp-echo or tcproute/tcp-echo; may be left out where only one was shifted',
    ignoreStdin: true,
  }),
}

export const shiftOutputFlag = {
  ...namespaceFlag,
  output: Flags.option({char: 'o', options: ['text', 'json'] as const, default: 'text' as const, description: 'how to print it'})(),
}

export const waitFlags = {
  'no-wait': Flags.boolean({
    description: 'when the shift waits for a person, end with exit code 7 (4 where a step was inconclusive) and leave it so',
    default: false,
  }),
  timeout: Flags.string({description: 'abort and roll back what is not over by then, pauses included; exit code 124', helpValue: 'DURATION'}),
}

/** What is printed with `-o json`: the state as it is stored, with the words and codes that follow from it. */
export interface ShiftReport extends ShiftState {
  readonly apiVersion: 'tshift.dev/v1'
  readonly kind: 'Shift'
  readonly status: string
  readonly revision: number
  readonly exitCode: number
}

export interface CarryOutOptions {
  readonly output: 'text' | 'json'
  readonly isLeftWhenPaused: boolean
  readonly timeoutMs: number | undefined
}

/** What the commands on a shift share: finding it, carrying it out, printing it. */
export abstract class ShiftCommand extends BaseCommand {
  protected async meant(flags: {readonly namespace?: string | undefined}, name: string | undefined): Promise<ShiftRef> {
    const {resources} = await this.session()
    return shiftMeant(resources, {namespace: flags.namespace ?? currentNamespace(), name})
  }

  /** Carries the shift out until it is over or left, telling on stderr what happens and printing the end on stdout; sets the exit code. */
  protected async carryOut(ref: ShiftRef, {output, isLeftWhenPaused, timeoutMs}: CarryOutOptions): Promise<ShiftReport> {
    const session = await this.session()
    const interrupted = untilInterrupted()
    const timeout = timeoutMs === undefined ? undefined : this.abortAfter(timeoutMs, session, ref)
    let before: ShiftState | undefined
    const changed = (state: ShiftState) => {
      for (const line of announce(before, state, terminalColors(process.stderr))) this.say(line)
      before = state
    }
    try {
      await new ShiftRunner({resources: session.resources, socket: session.home.socket, ref, signal: interrupted, isLeftWhenPaused, changed}).run()
    } catch (error) {
      if (!interrupted.aborted) throw error
      this.say(`interrupted: the weights stay as they are\n${waysOn(ref)}`)
    } finally {
      clearTimeout(timeout?.timer)
    }
    const report = this.print(await readRecord(session.resources, ref), output)
    process.exitCode = interrupted.aborted ? 130 : timeout?.isOver() === true ? 124 : report.exitCode
    return report
  }

  /** Passes on what a person wants; where no process carries the shift out, this one does from now on. */
  protected async steer(ref: ShiftRef, event: ShiftEvent, options: CarryOutOptions): Promise<ShiftReport> {
    const session = await this.session()
    const {resources} = session
    const stored = await existingShift(resources, ref)
    const isUnderWay = event.type === 'abort' && stored.state.phase.type === 'rolling-back' && !isCarriedOut(stored)
    if (event.type !== 'abort' && event.type !== 'pause' && !session.isGatewayRunning) throw gatewayNotRunning()
    const record = isUnderWay ? stored : await control(resources, ref, event)
    if (event.type === 'pause' || isCarriedOut(record)) {
      if (options.output === 'text') this.say(`shift of ${spokenName(ref)}: ${phaseName(record.state.phase)}`)
      return options.output === 'json' ? this.print(record, 'json') : reportOf(record)
    }
    return this.carryOut(ref, options)
  }

  protected print(record: ShiftRecord, output: 'text' | 'json'): ShiftReport {
    const report = reportOf(record)
    this.out(output === 'json' ? formatJson(report) : renderShift(report, record.history, terminalColors(process.stdout)))
    return report
  }

  private abortAfter(ms: number, {resources}: Session, ref: ShiftRef): {readonly timer: NodeJS.Timeout; readonly isOver: () => boolean} {
    let isOverTime = false
    const abort = async () => {
      const {state} = await existingShift(resources, ref)
      if (isOver(state) || state.phase.type === 'rolling-back') return
      isOverTime = true
      await control(resources, ref, {type: 'abort', reason: `not over within ${ms / 1000} s`})
    }
    const timer = setTimeout(() => void abort().catch((error: unknown) => this.fail(error)), ms)
    return {timer, isOver: () => isOverTime}
  }
}

/** What may be done with a shift that nobody carries out. */
export function waysOn(ref: ShiftRef): string {
  return `'tshift shift ${typedPlace(ref)}' goes on, 'tshift shift abort ${typedPlace(ref)}' rolls back`
}

function reportOf({state, history}: ShiftRecord): ShiftReport {
  if (state === undefined) throw new UserError('the state of the shift was deleted')
  return {
    apiVersion: 'tshift.dev/v1',
    kind: 'Shift',
    ...state,
    status: phaseName(state.phase),
    revision: history.at(-1)?.revision ?? state.originalRevision,
    exitCode: shiftExitCode(state),
  }
}
