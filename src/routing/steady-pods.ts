import {isSameJson} from '../api/same-json.js'
import {steadyLists} from '../base/steady.js'
import type {Pod} from './objects/pod.js'

type Read = (pod: Pod) => object

/**
 * Pods as far as routing looks at them: `read` says what that is. One that has changed otherwise only, as most do while they run (times, restarts, messages),
 * is given as it was before, and so is the list where there is nothing new, so that what was compiled of it holds on. For one stream of lists each.
 */
export function steadyPods(read: Read = withReadiness): (pods: readonly Pod[]) => readonly Pod[] {
  const steady = steadyLists<Pod>()
  let given: readonly Pod[] = []
  let kept: readonly Pod[] = []
  return (pods) => {
    if (pods === given) return kept
    let known: ReadonlyMap<string | undefined, Pod> | undefined // made when something has moved
    const before = (pod: Pod, i: number): Pod | undefined => {
      if (given[i]?.metadata.uid === pod.metadata.uid) return kept[i]
      return (known ??= new Map(kept.map((each) => [each.metadata.uid, each]))).get(pod.metadata.uid)
    }
    const next = pods.map((pod, i) => (pod === given[i] ? (kept[i] ?? pod) : sameAs(before(pod, i), pod, read)))
    given = pods
    kept = steady(next)
    return kept
  }
}

function sameAs(before: Pod | undefined, pod: Pod, read: Read): Pod {
  if (before === undefined || before === pod) return pod
  return isSameJson(read(before), read(pod)) ? before : pod
}

/** What matters where EndpointSlices say who is ready. */
export function withoutReadiness({metadata: {resourceVersion: _, managedFields: __, ...metadata}, spec, status}: Pod): object {
  return {metadata, spec, podIP: status?.podIP}
}

/** What matters where pods are selected by their labels. */
function withReadiness(pod: Pod): object {
  return {...withoutReadiness(pod), ready: pod.status?.conditions?.find(({type}) => type === 'Ready')?.status}
}
