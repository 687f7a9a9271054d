import type {Pod} from '../../api/kinds/pod.js'

/** Whether traffic may be sent to the pod: its Ready condition is true and it is not being deleted. */
export function isReady(pod: Pod): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false
  return pod.status?.conditions?.some(({type, status}) => type === 'Ready' && status === 'True') ?? false
}
