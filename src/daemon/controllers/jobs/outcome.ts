import {hasCondition, type Job} from '../../../api/kinds/job.js'
import type {Pod} from '../../../api/kinds/pod.js'
import {isActive} from './job-pods.js'
import {failures, successes, type PodTally} from './tally-pods.js'

/** How a Job ends. It does when all its pods have. */
export interface Outcome {
  readonly isSuccess: boolean
  readonly reason: string
  readonly message: string
}

const COMPLETED: Outcome = {isSuccess: true, reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods'}
const TOO_MANY: Outcome = {isSuccess: false, reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit'}
const TOO_LONG: Outcome = {isSuccess: false, reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline'}

export interface OutcomeFacts {
  readonly pods: readonly Pod[]
  readonly tally: PodTally
  readonly nowMs: number
}

/** The outcome that is decided; undefined while it is open. One decided stands. Source: kubernetes job controller `syncJob`. */
export function outcomeOf(job: Job, {pods, tally, nowMs}: OutcomeFacts): Outcome | undefined {
  const decided = job.status?.conditions?.find(({type, status}) => status === 'True' && (type === 'SuccessCriteriaMet' || type === 'FailureTarget'))
  if (decided !== undefined) return {isSuccess: decided.type === 'SuccessCriteriaMet', reason: decided.reason ?? '', message: decided.message ?? ''}
  if (failures(tally) > (job.spec.backoffLimit ?? 6) || hasRestartedTooOften(job, pods)) return TOO_MANY
  const deadline = deadlineOf(job)
  if (deadline !== undefined && deadline <= nowMs) return TOO_LONG
  return isDone(job, pods, tally) ? COMPLETED : undefined
}

/** When (ms) a Job that runs has run for too long; undefined where it may run on. */
export function deadlineOf(job: Job): number | undefined {
  const {activeDeadlineSeconds, suspend} = job.spec
  const {startTime} = job.status ?? {}
  if (activeDeadlineSeconds === undefined || suspend === true || startTime === undefined || hasCondition(job, 'Suspended')) return undefined
  return Date.parse(startTime) + activeDeadlineSeconds * 1000
}

/** Containers that are started again in their pod count as well. Source: kubernetes `pastBackoffLimitOnFailure`. */
function hasRestartedTooOften({spec}: Job, pods: readonly Pod[]): boolean {
  if (spec.template.spec?.restartPolicy !== 'OnFailure') return false
  const statuses = pods.filter(isActive).flatMap(({status}) => [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])])
  const restarts = statuses.reduce((sum, {restartCount}) => sum + restartCount, 0)
  const {backoffLimit = 6} = spec
  return backoffLimit === 0 ? restarts > 0 : restarts >= backoffLimit
}

/** Without a number of completions the first success is the last pod's to follow. */
function isDone(job: Job, pods: readonly Pod[], tally: PodTally): boolean {
  const {completions} = job.spec
  const succeeded = successes(job, tally)
  return completions === undefined ? succeeded > 0 && !pods.some(isActive) : succeeded >= completions
}
