import {setTimeout as delay} from 'node:timers/promises'
import {formatTime} from '../../api/object.js'
import type {Resources} from '../../resources/resources.js'
import {withRevision} from '../../shift/history.js'
import type {HookName} from '../../shift/hook.js'
import type {ShiftPlan} from '../../shift/plan.js'
import {routeOf, withRoute, type Shiftable} from '../../shift/route-rules.js'
import {setWeights} from '../../shift/set-weights.js'
import {lastStep, stableP95, stableSoFar, type Activity, type ShiftState, type StepResult} from '../../shift/state.js'
import type {ShiftEvent} from '../../shift/transition.js'
import {BY_SHIFT} from './field-manager.js'
import {groundOf, waitUntilInForce} from './ground.js'
import {typeOfShifted} from './named-object.js'
import {changeRecord, type ShiftRef} from './record-store.js'
import {runHook, type HookAnswer} from './run-hook.js'
import {verifyRollback, verifyStep} from './verify.js'
import {writeFileWeights} from './write-file.js'

export interface PhaseDeps {
  readonly resources: Resources
  /** The gateway's control socket. */
  readonly socket: string
  readonly ref: ShiftRef
  /** Aborted when the phase is not this one any more, and when the run is to end. */
  readonly signal: AbortSignal
}

/**
 * Does what the phase of a shift asks for: asks hooks, sets weights, measures, waits. Resolves to the event that comes of it, undefined where there is
 * none; what the event does to the state is the caller's to store. Throws a UserError where the gateway cannot be reached, and the signal's reason.
 */
export async function carryOutPhase(state: ShiftState, deps: PhaseDeps): Promise<ShiftEvent | undefined> {
  const {phase, plan} = state
  switch (phase.type) {
    case 'pending':
      return begin(state, deps, phase)
    case 'shifting':
      return shift(state, deps, phase)
    case 'verifying':
      return {type: 'verified', result: await verify(state, deps, plan.steps[phase.step]?.weight ?? 0)}
    case 'paused':
      await delay(phase.untilMs === undefined ? FOREVER_MS : Math.max(0, phase.untilMs - Date.now()), undefined, {signal: deps.signal})
      return phase.untilMs === undefined ? undefined : {type: 'elapsed'}
    case 'promoting':
      return promote(state, deps)
    case 'rolling-back':
      return rollBack(state, deps)
    case 'healthy':
    case 'degraded':
      return undefined
  }
}

async function begin(state: ShiftState, deps: PhaseDeps, {confirmed}: Extract<Activity, {type: 'pending'}>): Promise<ShiftEvent> {
  if (confirmed !== true && (await ask('confirm-rollout', state, deps)) === 'no') return {type: 'refused'}
  if ((await ask('pre-rollout', state, deps)) === 'no') return {type: 'abort', reason: 'the hook pre-rollout failed'}
  return {type: 'begun'}
}

async function shift(state: ShiftState, deps: PhaseDeps, {step, confirmed}: Extract<Activity, {type: 'shifting'}>): Promise<ShiftEvent> {
  const {plan} = state
  const isLast = step === plan.steps.length - 1
  const confirm: readonly HookName[] = [...(step > 0 ? ['confirm-traffic-increase' as const] : []), ...(isLast ? ['confirm-promotion' as const] : [])]
  for (const hook of confirmed === true ? [] : confirm) {
    if ((await ask(hook, state, deps)) === 'no') return {type: 'refused'}
  }
  const weight = plan.steps[step]?.weight ?? 0
  await write((service) => setWeights(service, plan, weight), {plan, cause: `${weight}% to ${plan.to}`}, deps)
  return {type: 'in-force'}
}

async function verify(state: ShiftState, deps: PhaseDeps, weight: number): Promise<StepResult> {
  const {resources, socket, signal} = deps
  const {plan} = state
  await waitUntilInForce(resources, socket, {place: plan, signal})
  const ground = await groundOf(resources, plan)
  const result = await verifyStep({plan, ground, socket, baseline: stableSoFar(state), baselineP95Ms: stableP95(state), signal})
  if (result.verdict !== 'PASS') return result
  if ((await ask('rollback', state, deps, weight)) === 'yes') return failed(result, 'the hook rollback asked for it')
  if ((await ask('rollout', state, deps, weight)) === 'no') return failed(result, 'the hook rollout failed')
  return result
}

function failed(result: StepResult, message: string): StepResult {
  return {...result, verdict: 'FAIL', reasons: [{type: 'hook', message}]}
}

async function promote(state: ShiftState, deps: PhaseDeps): Promise<ShiftEvent> {
  const {plan} = state
  const {weight} = lastStep(plan)
  const written = await write((service) => setWeights(service, plan, weight), {plan, cause: `${weight}% to ${plan.to}`}, deps)
  if (plan.write !== undefined) await writeFileWeights(plan.write, plan, routeOf(written, plan.rule))
  await ask('post-rollout', state, deps)
  return {type: 'promoted'}
}

async function rollBack(state: ShiftState, deps: PhaseDeps): Promise<ShiftEvent> {
  const {resources, socket, signal} = deps
  const {plan, original} = state
  await write((service) => withRoute(service, plan.rule, original), {plan, cause: 'rolled back'}, deps)
  const ground = await groundOf(resources, plan)
  const check = await verifyRollback({plan, ground, socket, baseline: stableSoFar(state), baselineP95Ms: null, signal})
  await ask('post-rollout', state, deps)
  return {type: 'rolled-back', check}
}

/** One revision: stored, remembered, and in force when this resolves. */
async function write(
  change: (service: Shiftable) => Shiftable,
  {plan, cause}: {readonly plan: ShiftPlan; readonly cause: string},
  {resources, socket, ref, signal}: PhaseDeps,
): Promise<Shiftable> {
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

function ask(hook: HookName, state: ShiftState, {signal}: PhaseDeps, weight = 0): Promise<HookAnswer> {
  const step = state.phase.type === 'shifting' ? state.plan.steps[state.phase.step] : undefined
  return runHook(hook, state, {weight: step?.weight ?? weight, signal})
}

/** The longest that a timer can wait; the wait is begun anew after it. */
const FOREVER_MS = 2 ** 31 - 1
