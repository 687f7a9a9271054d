import {formatTime} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {isOver, type Activity, type Phase, type PauseReason, type ShiftState, type StepResult} from './state.js'

/** What happened to a shift. The first six come from whoever carries it out, the others from people. */
export type ShiftEvent =
  | {readonly type: 'begun'}
  | {readonly type: 'in-force'}
  | {readonly type: 'verified'; readonly result: StepResult}
  | {readonly type: 'elapsed'}
  | {readonly type: 'promoted'}
  | {readonly type: 'rolled-back'; readonly check: StepResult}
  | {readonly type: 'refused'}
  | {readonly type: 'pause'}
  | {readonly type: 'promote'; readonly full: boolean}
  | {readonly type: 'abort'; readonly reason: string}
  | {readonly type: 'retry'}

/**
 * The state machine: what a shift does next. Total for every phase; an event that a phase has no answer to is refused with a UserError (exit code 2)
 * that says what the shift is doing. Argo Rollouts' verbs, plus the pause on an open question.
 */
export function transition(state: ShiftState, event: ShiftEvent, nowMs: number): ShiftState {
  const next = nextOf(state, event, nowMs)
  const ended = isOver(next) ? {endedAt: formatTime(nowMs)} : {}
  return {...next, ...ended, turn: state.turn + 1}
}

function nextOf(state: ShiftState, event: ShiftEvent, nowMs: number): ShiftState {
  const {phase} = state
  switch (event.type) {
    case 'begun':
      return phase.type === 'pending' ? at(state, {type: 'shifting', step: 0}) : refuse(state, 'begin')
    case 'in-force':
      return phase.type === 'shifting' ? at(state, {type: 'verifying', step: phase.step}) : refuse(state, 'verify')
    case 'verified':
      return phase.type === 'verifying'
        ? judged(withResult(state, phase.step, event.result), phase.step, {result: event.result, nowMs})
        : refuse(state, 'judge')
    case 'elapsed':
      return phase.type === 'paused' ? at(state, phase.next) : refuse(state, 'go on')
    case 'promoted':
      return phase.type === 'promoting' ? at(state, {type: 'healthy'}) : refuse(state, 'close')
    case 'rolled-back':
      return phase.type === 'rolling-back'
        ? {...at(state, {type: 'degraded', reason: phase.reason, rolledBack: true}), rollback: event.check}
        : refuse(state, 'roll back')
    case 'refused':
      return phase.type === 'pending' || phase.type === 'shifting'
        ? at(state, {type: 'paused', why: 'hook', next: {...phase, confirmed: true}, again: phase})
        : refuse(state, 'hold')
    case 'pause':
      return pause(state)
    case 'promote':
      return promote(state, event.full)
    case 'abort':
      return isOver(state) || phase.type === 'rolling-back' ? refuse(state, 'abort') : at(state, {type: 'rolling-back', reason: event.reason})
    case 'retry':
      return retry(state)
  }
}

function judged(state: ShiftState, step: number, {result, nowMs}: {readonly result: StepResult; readonly nowMs: number}): ShiftState {
  const {plan} = state
  const again: Activity = {type: 'verifying', step}
  const wait = (why: PauseReason) => at(state, {type: 'paused', why, next: afterStep(state, step), again})
  const reason = result.reasons.map(({message}) => message).join('; ')
  const {weight, pause: planned} = plan.steps[step] ?? {weight: 0}
  if (result.verdict === 'FAIL') {
    if (plan.onFail === 'pause') return wait('failed')
    const full = `${weight}% step: ${reason}`
    return at(state, plan.onFail === 'rollback' ? {type: 'rolling-back', reason: full} : {type: 'degraded', reason: full, rolledBack: false})
  }
  if (result.verdict === 'INCONCLUSIVE' && plan.onInconclusive !== 'continue') {
    return plan.onInconclusive === 'pause' ? wait('inconclusive') : at(state, {type: 'rolling-back', reason: `${weight}% step: ${reason}`})
  }
  if (planned === undefined) return at(state, afterStep(state, step))
  if (planned.type === 'manual') return wait('manual')
  return at(state, {type: 'paused', why: 'duration', next: afterStep(state, step), again, untilMs: nowMs + planned.ms})
}

function afterStep({plan}: ShiftState, step: number): Activity {
  return step + 1 < plan.steps.length ? {type: 'shifting', step: step + 1} : {type: 'promoting'}
}

/** A pause takes effect at once: a verification that is under way is dropped and made anew afterwards. */
function pause(state: ShiftState): ShiftState {
  const {phase} = state
  switch (phase.type) {
    case 'pending':
    case 'shifting':
    case 'verifying':
      return at(state, {type: 'paused', why: 'manual', next: phase, again: phase})
    case 'paused': {
      if (phase.why !== 'duration') return refuse(state, 'pause')
      const {untilMs: _, ...rest} = phase
      return at(state, {...rest, why: 'manual'})
    }
    default:
      return refuse(state, 'pause')
  }
}

function promote(state: ShiftState, full: boolean): ShiftState {
  const {phase} = state
  if (isOver(state) || phase.type === 'rolling-back' || phase.type === 'promoting') return refuse(state, 'promote')
  if (full) return at(state, {type: 'promoting'})
  return phase.type === 'paused' ? at(state, phase.next) : refuse(state, 'promote', 'promote --full skips all steps that are left')
}

/** After a rollback the shift begins anew; a step that failed or was left open is verified again. */
function retry(state: ShiftState): ShiftState {
  const {phase, plan, endedAt: _, ...rest} = state
  if (phase.type === 'degraded') return {...rest, plan, phase: {type: 'pending'}, results: plan.steps.map(() => null), rollback: null}
  if (phase.type !== 'paused' || phase.why === 'manual' || phase.why === 'duration') return refuse(state, 'retry')
  return at(state, phase.again)
}

function withResult(state: ShiftState, step: number, result: StepResult): ShiftState {
  return {...state, results: state.results.map((old, i) => (i === step ? result : old))}
}

function at(state: ShiftState, phase: Phase): ShiftState {
  return {...state, phase}
}

function refuse(state: ShiftState, act: string, hint?: string): never {
  const {plan} = state
  const options = hint === undefined ? {exitCode: 2} : {exitCode: 2, hint}
  throw new UserError(`cannot ${act} the shift of "${plan.virtualService}": it is ${phaseName(state.phase)}`, options)
}

/** `Progressing`, `Paused (manual)`, `Healthy` …: Argo's words where it has them. */
export function phaseName(phase: Phase): string {
  switch (phase.type) {
    case 'pending':
      return 'Pending'
    case 'shifting':
    case 'verifying':
      return 'Progressing'
    case 'promoting':
      return 'Promoting'
    case 'paused':
      return `Paused (${phase.why})`
    case 'rolling-back':
      return 'RollingBack'
    case 'healthy':
      return 'Healthy'
    case 'degraded':
      return 'Degraded'
  }
}
