import type {Pod, PodCondition} from '../../api/kinds/pod.js'

/** Whether traffic may be sent to the pod: its Ready condition is true and it is not being deleted. */
export function isReady(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && isServing(pod)
}

/** Whether its Ready condition is true, be it on its way out or not. */
export function isServing(pod: Pod): boolean {
  return readyCondition(pod)?.status === 'True'
}

/** Since when (ms) the Ready condition is what it is; undefined where it does not say. */
export function readySince(pod: Pod): number | undefined {
  const time = readyCondition(pod)?.lastTransitionTime
  return time === undefined ? undefined : Date.parse(time)
}

/** When (ms) a ready pod counts as available: `minReadySeconds` after it became so. 0 for one that is at once. */
export function availableAt(pod: Pod, minReadySeconds: number): number {
  return minReadySeconds === 0 ? 0 : (readySince(pod) ?? 0) + minReadySeconds * 1000
}

function readyCondition({status}: Pod): PodCondition | undefined {
  return status?.conditions?.find(({type}) => type === 'Ready')
}
