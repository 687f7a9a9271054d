import type {Pod} from '../../api/kinds/pod.js'
import {isReady, readySince} from './pod-readiness.js'

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost'
const PHASES: Readonly<Record<string, number>> = {Pending: 0, Unknown: 1, Running: 2}

type Rank = (pod: Pod) => number

/** Each rule decides where those before it do not; the pod with the lower number goes first. */
const RANKS: readonly Rank[] = [
  ({spec}) => Number(spec?.nodeName !== undefined),
  ({status}) => PHASES[status?.phase ?? 'Unknown'] ?? 1,
  (pod) => Number(isReady(pod)),
  ({metadata}) => Number(metadata.annotations?.[DELETION_COST] ?? 0) || 0,
  (pod) => -(isReady(pod) ? (readySince(pod) ?? Infinity) : 0),
  ({status}) => -Math.max(0, ...(status?.containerStatuses ?? []).map(({restartCount}) => restartCount)),
  ({metadata}) => -Date.parse(metadata.creationTimestamp ?? ''),
]

/**
 * Orders pods by how little is lost with them: unassigned, pending, not ready, cheap to delete, ready for the shortest time, restarted most,
 * youngest. Source: kubernetes controller_utils.go `ActivePodsWithRanks`, without its rounding of ages to powers of two, which only spreads
 * the choice over nodes.
 */
export function byExpendability(a: Pod, b: Pod): number {
  for (const rank of RANKS) {
    const [left, right] = [rank(a), rank(b)]
    if (left < right) return -1
    if (left > right) return 1
  }
  return b.metadata.name.localeCompare(a.metadata.name)
}
