import type {Job, JobStatus} from '../../../api/kinds/job.js'
import type {Pod} from '../../../api/kinds/pod.js'
import {formatTime} from '../../../api/object.js'
import {isReady} from '../pod-readiness.js'
import {withOutcome, withSuspension} from './conditions.js'
import {isActive, isTerminating} from './job-pods.js'
import type {Outcome} from './outcome.js'
import {completedText, successes, type PodTally} from './tally-pods.js'

export interface StatusFacts {
  readonly pods: readonly Pod[]
  readonly tally: PodTally
  readonly outcome: Outcome | undefined
  readonly nowMs: number
}

/** The status as the controller writes it. The outcome holds when no pod is active, on its way out or uncounted. */
export function jobStatus(job: Job, {pods, tally, outcome, nowMs}: StatusFacts): JobStatus {
  const {uncounted} = tally
  const active = pods.filter(isActive)
  const terminating = pods.filter(isTerminating).length
  const isOver = active.length === 0 && terminating === 0 && uncounted.failed.length === 0 && uncounted.succeeded.length === 0
  const conditions = outcome === undefined ? withSuspension(job, nowMs) : withOutcome(job.status?.conditions ?? [], outcome, {isOver, nowMs})
  const succeeded = job.spec.completionMode === 'Indexed' ? successes(job, tally) : tally.succeeded
  const completedIndexes = completedText(job, tally)
  const startTime = startOf(job, nowMs)
  return {
    ...(active.length > 0 && {active: active.length}),
    ...(completedIndexes !== undefined && {completedIndexes}),
    ...(outcome?.isSuccess === true && isOver && {completionTime: formatTime(nowMs)}),
    ...(conditions.length > 0 && {conditions}),
    ...(tally.failed > 0 && {failed: tally.failed}),
    ready: active.filter(isReady).length,
    ...(startTime !== undefined && {startTime}),
    ...(succeeded > 0 && {succeeded}),
    terminating,
    uncountedTerminatedPods: {
      ...(uncounted.failed.length > 0 && {failed: uncounted.failed}),
      ...(uncounted.succeeded.length > 0 && {succeeded: uncounted.succeeded}),
    },
  }
}

/** A Job that is held has not started; the clock of its deadline begins anew when it goes on. */
function startOf({spec, status}: Job, nowMs: number): string | undefined {
  return spec.suspend === true ? undefined : (status?.startTime ?? formatTime(nowMs))
}
