import {randomUUID} from 'node:crypto'
import {setTimeout as delay} from 'node:timers/promises'
import {formatTime} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {withRevision} from '../../shift/history.js'
import type {HookName} from '../../shift/hook.js'
import {isHeld, RENEW_MS, type Lease} from '../../shift/lease.js'
import type {ShiftPlan} from '../../shift/plan.js'
import type {ShiftRecord} from '../../shift/record.js'
import {routeOf, withRoute, type Shiftable} from '../../shift/route-rules.js'
import {setWeights} from '../../shift/set-weights.js'
import {isOver, lastStep, stableP95, stableSoFar, type Activity, type ShiftState, type StepResult} from '../../shift/state.js'
import {transition, type ShiftEvent} from '../../shift/transition.js'
import {BY_SHIFT} from './field-manager.js'
import {groundOf, waitUntilInForce} from './ground.js'
import {heldBy} from './held-by.js'
import {typeOfShifted} from './named-object.js'
import {isProcessAlive} from './process-alive.js'
import {changeRecord, readRecord, watchRecord, type ShiftRef} from './record-store.js'
import {runHook, type HookAnswer} from './run-hook.js'
import {verifyRollback, verifyStep} from './verify.js'
import {writeFileWeights} from './write-file.js'

export interface RunnerOptions {
  readonly resources: Resources
  /** The gateway's control socket. */
  readonly socket: string
  readonly ref: ShiftRef
  /** Ends the run and leaves the shift as it is, to be taken up again. */
  readonly signal: AbortSignal
  /** Whether a shift that pauses for a person is left to another command. */
  readonly isLeftWhenPaused: boolean
  /** Called with every state, the first one included. */
  readonly changed: (state: ShiftState) => void
}

/**
 * Carries a shift out: holds its lease, acts on whatever phase the store says it is in, and puts what came of it through the state machine. Other
 * processes change the phase in the store (pause, promote, abort); what was being done is then dropped. So nothing is lost when this process is
 * killed: the next one goes on from the phase that is stored.
 */
export class ShiftRunner {
  readonly #options: RunnerOptions
  readonly #holder = randomUUID()
  #state: ShiftState | undefined

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  /**
   * Runs until the shift is over, waits for a person and is left, or `signal` aborts. Throws a UserError where another process carries it out
   * (exit code 2), or the gateway cannot be reached (8).
   */
  async run(): Promise<ShiftState> {
    const {resources, ref, signal} = this.#options
    await changeRecord(resources, ref, (record) => ({...record, lease: this.#claim(record)}))
    const stopped = new AbortController()
    const both = AbortSignal.any([signal, stopped.signal])
    const renewing = this.#renew(both)
    try {
      for await (const record of this.#turns(both)) {
        const state = this.#take(record)
        if (isOver(state) || (state.phase.type === 'paused' && this.#options.isLeftWhenPaused && state.phase.why !== 'duration')) return state
        await this.#actOn(state, both)
      }
      throw signal.reason
    } finally {
      stopped.abort()
      await renewing
      await this.#release()
    }
  }

  /** The record at every turn, the newest only: what is stored now is acted upon, not what was stored in between. */
  async *#turns(signal: AbortSignal): AsyncIterable<ShiftRecord> {
    while (!signal.aborted) yield await readRecord(this.#options.resources, this.#options.ref)
  }

  #take({state, lease}: ShiftRecord): ShiftState {
    if (state === undefined) throw new UserError('the state of the shift was deleted', {exitCode: 1})
    if (lease?.holder !== this.#holder) throw new UserError('another process has taken the shift over', {exitCode: 1})
    if (this.#state?.turn !== state.turn) this.#options.changed(state)
    this.#state = state
    return state
  }

  /** Does what the phase asks for, unless the phase changes meanwhile; then nothing comes of it. */
  async #actOn(state: ShiftState, signal: AbortSignal): Promise<void> {
    const overtaken = new AbortController()
    const acting = AbortSignal.any([signal, overtaken.signal])
    const watching = this.#overtaken(state.turn, acting, overtaken)
    try {
      const event = await this.#act(state, acting)
      if (event !== undefined) await this.#dispatch(event, state.turn)
    } catch (error) {
      if (!overtaken.signal.aborted || signal.aborted) throw error
    } finally {
      overtaken.abort()
      await watching
    }
  }

  async #overtaken(turn: number, signal: AbortSignal, overtaken: AbortController): Promise<void> {
    for await (const {state, lease} of watchRecord(this.#options.resources, this.#options.ref, signal)) {
      if (state?.turn === turn && lease?.holder === this.#holder) continue
      overtaken.abort()
      return
    }
  }

  async #act(state: ShiftState, signal: AbortSignal): Promise<ShiftEvent | undefined> {
    const {phase, plan} = state
    switch (phase.type) {
      case 'pending':
        return this.#begin(state, signal, phase)
      case 'shifting':
        return this.#shift(state, signal, phase)
      case 'verifying':
        return {type: 'verified', result: await this.#verify(state, signal, plan.steps[phase.step]?.weight ?? 0)}
      case 'paused':
        await delay(phase.untilMs === undefined ? FOREVER_MS : Math.max(0, phase.untilMs - Date.now()), undefined, {signal})
        return phase.untilMs === undefined ? undefined : {type: 'elapsed'}
      case 'promoting':
        return this.#promote(state, signal)
      case 'rolling-back':
        return this.#rollBack(state, signal)
      case 'healthy':
      case 'degraded':
        return undefined
    }
  }

  async #begin(state: ShiftState, signal: AbortSignal, {confirmed}: Extract<Activity, {type: 'pending'}>): Promise<ShiftEvent> {
    if (confirmed !== true && (await this.#ask('confirm-rollout', state, signal)) === 'no') return {type: 'refused'}
    if ((await this.#ask('pre-rollout', state, signal)) === 'no') return {type: 'abort', reason: 'the hook pre-rollout failed'}
    return {type: 'begun'}
  }

  async #shift(state: ShiftState, signal: AbortSignal, {step, confirmed}: Extract<Activity, {type: 'shifting'}>): Promise<ShiftEvent> {
    const {plan} = state
    const isLast = step === plan.steps.length - 1
    const confirm: readonly HookName[] = [...(step > 0 ? ['confirm-traffic-increase' as const] : []), ...(isLast ? ['confirm-promotion' as const] : [])]
    for (const hook of confirmed === true ? [] : confirm) {
      if ((await this.#ask(hook, state, signal)) === 'no') return {type: 'refused'}
    }
    const weight = plan.steps[step]?.weight ?? 0
    await this.#write(plan, (service) => setWeights(service, plan, weight), {cause: `${weight}% to ${plan.to}`, signal})
    return {type: 'in-force'}
  }

  async #verify(state: ShiftState, signal: AbortSignal, weight: number): Promise<StepResult> {
    const {resources, socket} = this.#options
    const {plan} = state
    await waitUntilInForce(resources, socket, {place: plan, signal})
    const ground = await groundOf(resources, plan)
    const result = await verifyStep({plan, ground, socket, baseline: stableSoFar(state), baselineP95Ms: stableP95(state), signal})
    if (result.verdict !== 'PASS') return result
    if ((await this.#ask('rollback', state, signal, weight)) === 'yes')
      return {...result, verdict: 'FAIL', reasons: [{type: 'hook', message: 'the hook rollback asked for it'}]}
    if ((await this.#ask('rollout', state, signal, weight)) === 'no')
      return {...result, verdict: 'FAIL', reasons: [{type: 'hook', message: 'the hook rollout failed'}]}
    return result
  }

  async #promote(state: ShiftState, signal: AbortSignal): Promise<ShiftEvent> {
    const {plan} = state
    const {weight} = lastStep(plan)
    const written = await this.#write(plan, (service) => setWeights(service, plan, weight), {cause: `${weight}% to ${plan.to}`, signal})
    if (plan.write !== undefined) await writeFileWeights(plan.write, plan, routeOf(written, plan.rule))
    await this.#ask('post-rollout', state, signal)
    return {type: 'promoted'}
  }

  async #rollBack(state: ShiftState, signal: AbortSignal): Promise<ShiftEvent> {
    const {resources, socket} = this.#options
    const {plan, original} = state
    await this.#write(plan, (service) => withRoute(service, plan.rule, original), {cause: 'rolled back', signal})
    const ground = await groundOf(resources, plan)
    const check = await verifyRollback({plan, ground, socket, baseline: stableSoFar(state), baselineP95Ms: null, signal})
    await this.#ask('post-rollout', state, signal)
    return {type: 'rolled-back', check}
  }

  /** One revision: stored, remembered, and in force when this resolves. */
  async #write(
    plan: ShiftPlan,
    change: (service: Shiftable) => Shiftable,
    {cause, signal}: {readonly cause: string; readonly signal: AbortSignal},
  ): Promise<Shiftable> {
    const {resources, socket, ref} = this.#options
    signal.throwIfAborted()
    const {object} = await resources.mutate<Shiftable>(typeOfShifted(plan), {namespace: plan.namespace, name: plan.virtualService}, change, BY_SHIFT)
    const at = formatTime(Date.now())
    await changeRecord(resources, ref, (record) => ({
      ...record,
      history: withRevision(record.history, {at, rule: plan.rule, route: routeOf(object, plan.rule), cause, isStart: false}),
    }))
    await waitUntilInForce(resources, socket, {place: plan, signal})
    return object
  }

  #ask(hook: HookName, state: ShiftState, signal: AbortSignal, weight = 0): Promise<HookAnswer> {
    const step = state.phase.type === 'shifting' ? state.plan.steps[state.phase.step] : undefined
    return runHook(hook, state, {weight: step?.weight ?? weight, signal})
  }

  /** Puts an event through the state machine, unless somebody else was faster. The hook `event` is told of it and has no say. */
  async #dispatch(event: ShiftEvent, turn: number): Promise<void> {
    const {resources, ref, signal} = this.#options
    const {state} = await changeRecord(resources, ref, (record) => {
      if (record.state?.turn !== turn || record.lease?.holder !== this.#holder) return record
      return {...record, state: transition(record.state, event, Date.now())}
    })
    if (state !== undefined && state.turn !== turn) await runHook('event', state, {weight: 0, signal})
  }

  #claim({lease}: ShiftRecord): Lease {
    const nowMs = Date.now()
    if (isHeld(lease, nowMs, isProcessAlive)) throw heldBy(this.#options.ref, lease)
    return {holder: this.#holder, pid: process.pid, renewedMs: nowMs}
  }

  async #renew(signal: AbortSignal): Promise<void> {
    const {resources, ref} = this.#options
    while (!signal.aborted) {
      await delay(RENEW_MS, undefined, {signal}).catch(() => undefined) // the abort is seen by the loop
      if (!signal.aborted)
        await changeRecord(resources, ref, (record) =>
          record.lease?.holder === this.#holder ? {...record, lease: {...record.lease, renewedMs: Date.now()}} : record,
        )
    }
  }

  async #release(): Promise<void> {
    const {resources, ref} = this.#options
    await changeRecord(resources, ref, (record) => (record.lease?.holder === this.#holder ? {...record, lease: undefined} : record))
  }
}

/** The longest that a timer can wait; the wait is begun anew after it. */
const FOREVER_MS = 2 ** 31 - 1
