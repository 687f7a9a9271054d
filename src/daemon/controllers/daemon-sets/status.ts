import type {DaemonSetStatus} from '../../../api/kinds/daemon-set.js'
import {isReady} from '../pod-readiness.js'
import {isAvailable, isOfHash, isPresent, type Look} from './next-steps.js'

/** Numbers of nodes, of which there is one. Source: kubernetes daemon controller `updateDaemonSetStatus`. */
export function daemonSetStatus(look: Look): DaemonSetStatus {
  const {set, pods, hash, isWanted} = look
  const running = pods.filter(isPresent)
  const count = (is: boolean) => (is ? 1 : 0)
  const available = count(isWanted && running.some((pod) => isAvailable(pod, look)))
  const updated = count(isWanted && running.some((pod) => isOfHash(pod, hash)))
  const collisionCount = set.status?.collisionCount ?? 0
  return {
    ...(collisionCount > 0 && {collisionCount}),
    currentNumberScheduled: count(isWanted && running.length > 0),
    desiredNumberScheduled: count(isWanted),
    ...(available > 0 && {numberAvailable: available}),
    numberMisscheduled: count(!isWanted && running.length > 0),
    numberReady: count(isWanted && running.some(isReady)),
    ...(isWanted && available === 0 && {numberUnavailable: 1}),
    observedGeneration: set.metadata.generation ?? 1,
    ...(updated > 0 && {updatedNumberScheduled: updated}),
  }
}
