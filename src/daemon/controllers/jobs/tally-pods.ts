import type {Job} from '../../../api/kinds/job.js'
import type {Pod} from '../../../api/kinds/pod.js'
import {formatIndexes, parseIndexes} from './indexes.js'
import {hasFailed, hasSucceeded, indexOf, isHeld} from './job-pods.js'

/** How a Job's pods ended so far. */
export interface PodTally {
  /** Counted for good, as the status tells. */
  readonly succeeded: number
  readonly failed: number
  /** Over, by uid, and in the status before anything lets them go: nothing is counted twice, and nothing lost. */
  readonly uncounted: {readonly failed: readonly string[]; readonly succeeded: readonly string[]}
  /** Pods that the status as it is stored remembers: nothing needs to hold them any more. */
  readonly released: readonly Pod[]
  /** Of an Indexed Job. */
  readonly completedIndexes: ReadonlySet<number>
}

/**
 * Counts the pods that are over: first their uids are written down, then they are let go, and then they are numbers.
 * Source: kubernetes `trackJobStatusAndRemoveFinalizers`.
 */
export function tallyPods(job: Job, pods: readonly Pod[]): PodTally {
  const {status = {}} = job
  const {failed: storedFailed = [], succeeded: storedSucceeded = []} = status.uncountedTerminatedPods ?? {}
  const held = new Map(pods.filter(isHeld).map((pod) => [pod.metadata.uid ?? '', pod]))
  const isNew = (uid: string) => !storedFailed.includes(uid) && !storedSucceeded.includes(uid)
  const fresh = [...held].filter(([uid]) => isNew(uid))
  const succeeded = fresh.filter(([, pod]) => hasSucceeded(pod))
  const failed = fresh.filter(([, pod]) => hasFailed(job, pod))
  const isLetGo = (uid: string) => !held.has(uid)
  const indexes = succeeded.flatMap(([, pod]) => indexOf(pod) ?? [])
  const completedIndexes = new Set([...parseIndexes(status.completedIndexes ?? ''), ...indexes])
  return {
    succeeded: (status.succeeded ?? 0) + storedSucceeded.filter(isLetGo).length,
    failed: (status.failed ?? 0) + storedFailed.filter(isLetGo).length,
    uncounted: {
      failed: [...storedFailed.filter((uid) => !isLetGo(uid)), ...failed.map(([uid]) => uid)],
      succeeded: [...storedSucceeded.filter((uid) => !isLetGo(uid)), ...succeeded.map(([uid]) => uid)],
    },
    released: [...held].flatMap(([uid, pod]) => (isNew(uid) ? [] : [pod])),
    completedIndexes,
  }
}

/** All that succeeded, counted or not. */
export function successes({spec}: Job, {succeeded, uncounted, completedIndexes}: PodTally): number {
  return spec.completionMode === 'Indexed' ? completedIndexes.size : succeeded + uncounted.succeeded.length
}

export function failures({failed, uncounted}: PodTally): number {
  return failed + uncounted.failed.length
}

/** As the status has it; undefined for a Job without. */
export function completedText({spec}: Job, {completedIndexes}: PodTally): string | undefined {
  return spec.completionMode === 'Indexed' && completedIndexes.size > 0 ? formatIndexes(completedIndexes) : undefined
}
