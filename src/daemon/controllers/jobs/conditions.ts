import type {Job, JobCondition} from '../../../api/kinds/job.js'
import {formatTime} from '../../../api/object.js'
import type {Outcome} from './outcome.js'

/** A Job's conditions with one that holds, or holds no more. The same again leaves them as they are. */
export function withCondition(conditions: readonly JobCondition[], fact: Pick<JobCondition, 'type' | 'status' | 'reason' | 'message'>, nowMs: number): readonly JobCondition[] {
  const before = conditions.find(({type}) => type === fact.type)
  if (before?.status === fact.status) return conditions
  const now = formatTime(nowMs)
  return [...conditions.filter(({type}) => type !== fact.type), {...fact, lastProbeTime: now, lastTransitionTime: now}]
}

/** The outcome, first as what is aimed at, and once all pods are over as what is. */
export function withOutcome(conditions: readonly JobCondition[], outcome: Outcome, {isOver, nowMs}: {readonly isOver: boolean; readonly nowMs: number}): readonly JobCondition[] {
  const {isSuccess, reason, message} = outcome
  const fact = {status: 'True', reason, message}
  const aimed = withCondition(conditions, {...fact, type: isSuccess ? 'SuccessCriteriaMet' : 'FailureTarget'}, nowMs)
  return isOver ? withCondition(aimed, {...fact, type: isSuccess ? 'Complete' : 'Failed'}, nowMs) : aimed
}

/** Whether it is held; one that never was says nothing of it. */
export function withSuspension({spec, status}: Job, nowMs: number): readonly JobCondition[] {
  const {conditions = []} = status ?? {}
  const suspended = {type: 'Suspended', status: 'True', reason: 'JobSuspended', message: 'Job suspended'}
  if (spec.suspend === true) return withCondition(conditions, suspended, nowMs)
  if (!conditions.some(({type}) => type === 'Suspended')) return conditions
  return withCondition(conditions, {...suspended, status: 'False', reason: 'JobResumed', message: 'Job resumed'}, nowMs)
}
