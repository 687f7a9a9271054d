import type {Job} from '../../../api/kinds/job.js'
import type {Pod} from '../../../api/kinds/pod.js'
import {byExpendability} from '../pod-ranking.js'
import {finishedAt, hasFailed, hasSucceeded, indexOf, isActive, isTerminating} from './job-pods.js'
import {successes, type PodTally} from './tally-pods.js'

const FIRST_BACKOFF_MS = 10_000
const MAX_BACKOFF_MS = 600_000

export interface Sizing {
  /** How many pods to make now. */
  readonly missing: number
  /** Pods to delete. */
  readonly surplus: readonly Pod[]
}

/** How many pods a Job that goes on has too few, or too many. Source: kubernetes job controller `manageJob`. */
export function sizingOf(job: Job, pods: readonly Pod[], {tally, nowMs}: {readonly tally: PodTally; readonly nowMs: number}): Sizing {
  const active = pods.filter(isActive)
  if (job.spec.suspend === true) return {missing: 0, surplus: active}
  const wanted = wantedOf(job, active.length, successes(job, tally))
  if (active.length >= wanted) return {missing: 0, surplus: [...active].sort(byExpendability).slice(0, active.length - wanted)}
  const waitedFor = job.spec.podReplacementPolicy === 'Failed' ? pods.filter(isTerminating).length : 0
  return {missing: backoffEnd(job, pods) > nowMs ? 0 : Math.max(0, wanted - active.length - waitedFor), surplus: []}
}

function wantedOf({spec}: Job, active: number, succeeded: number): number {
  const {parallelism = 1, completions} = spec
  if (completions === undefined) return succeeded > 0 ? active : parallelism
  return Math.max(0, Math.min(completions - succeeded, parallelism))
}

/** When (ms) the next pod may follow those that failed since the last success: later with each. Source: kubernetes `getRemainingTime`. */
export function backoffEnd(job: Job, pods: readonly Pod[]): number {
  const lastSuccess = Math.max(-Infinity, ...pods.filter(hasSucceeded).map(finishedAt))
  const ends = pods.filter((pod) => hasFailed(job, pod)).map(finishedAt).filter((ms) => ms > lastSuccess)
  return ends.length === 0 ? -Infinity : Math.max(...ends) + Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (ends.length - 1))
}

/** The lowest indexes that are neither completed nor worked at. */
export function freeIndexes({spec}: Job, pods: readonly Pod[], {completedIndexes}: PodTally): readonly number[] {
  const busy = new Set(pods.filter(isActive).map(indexOf))
  return Array.from({length: spec.completions ?? 0}, (_, index) => index).filter((index) => !completedIndexes.has(index) && !busy.has(index))
}
