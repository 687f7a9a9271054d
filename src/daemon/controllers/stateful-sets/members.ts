import type {Pod} from '../../../api/kinds/pod.js'
import type {StatefulSet} from '../../../api/kinds/stateful-set.js'
import {availableAt, isServing} from '../pod-readiness.js'
import {ordinalOf, startOf} from './ordinal.js'

/** The pods of a StatefulSet, as one look at the world finds them. */
export interface Members {
  /** By ordinal, as many as are wanted: undefined where a pod is to be made. */
  readonly replicas: readonly (Pod | undefined)[]
  /** Those beyond the wanted ones, the highest ordinal first. */
  readonly condemned: readonly Pod[]
}

/** `pods` are the set's own. */
export function membersOf(set: StatefulSet, pods: readonly Pod[]): Members {
  const start = startOf(set)
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(set, pod) ?? -1, pod]))
  const replicas = Array.from({length: set.spec.replicas ?? 1}, (_, index) => byOrdinal.get(start + index))
  const wanted = new Set(replicas)
  const condemned = [...byOrdinal].filter(([ordinal, pod]) => ordinal >= 0 && !wanted.has(pod)).sort(([a], [b]) => b - a)
  return {replicas, condemned: condemned.map(([, pod]) => pod)}
}

export function isTerminating({metadata}: Pod): boolean {
  return metadata.deletionTimestamp !== undefined
}

/** Whether it has ended, however: a pod of a StatefulSet is there to run. */
export function isOver({status}: Pod): boolean {
  return status?.phase === 'Failed' || status?.phase === 'Succeeded'
}

/** On its way out or not. */
export function isRunningAndReady(pod: Pod): boolean {
  return pod.status?.phase === 'Running' && isServing(pod)
}

export interface Moment {
  readonly minReadySeconds: number
  readonly nowMs: number
}

/** Ready for long enough. */
export function isAvailable(pod: Pod, {minReadySeconds, nowMs}: Moment): boolean {
  return isRunningAndReady(pod) && availableAt(pod, minReadySeconds) <= nowMs
}

/** One that is not there, not available, or on its way out. */
export function isUnavailable(pod: Pod | undefined, moment: Moment): boolean {
  return pod === undefined || isTerminating(pod) || !isAvailable(pod, moment)
}
