import {isSameJson} from '../api/same-json.js'
import {steadyLists} from '../base/steady.js'
import type {Pod} from './objects/pod.js'

/**
 * Pods as far as routing looks at them. One that has changed otherwise only, as most do while they run (times, restarts, messages), is given as it was
 * before, and so is the list where there is nothing new, so that what was compiled of it holds on. For one stream of lists each.
 */
export function steadyPods(): (pods: readonly Pod[]) => readonly Pod[] {
  const steady = steadyLists<Pod>()
  let given: readonly Pod[] = []
  let kept: readonly Pod[] = []
  return (pods) => {
    if (pods === given) return kept
    const known = new Map(kept.map((pod) => [pod.metadata.uid, pod]))
    given = pods
    kept = steady(pods.map((pod) => sameAs(known.get(pod.metadata.uid), pod)))
    return kept
  }
}

function sameAs(before: Pod | undefined, pod: Pod): Pod {
  if (before === undefined || before === pod) return pod
  return isSameJson(partOf(before), partOf(pod)) ? before : pod
}

function partOf({metadata: {resourceVersion: _, managedFields: __, ...metadata}, spec, status}: Pod): object {
  return {metadata, spec, podIP: status?.podIP, ready: status?.conditions?.find(({type}) => type === 'Ready')?.status}
}
