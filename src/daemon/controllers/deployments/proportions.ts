import type {ReplicaSet} from '../../../api/kinds/replica-set.js'
import {allOf, availableOf, desiredOf, sizeOf, total, type Resize, type Rollout} from './rollout.js'
import {DESIRED_REPLICAS, MAX_REPLICAS} from './revision.js'

/** Whether the wanted number itself has changed since the ReplicaSets were last sized: no step of a rollout. */
export function isScalingEvent(rollout: Rollout): boolean {
  const desired = String(desiredOf(rollout))
  return allOf(rollout).some(({metadata, spec}) => (spec.replicas ?? 1) > 0 && (metadata.annotations?.[DESIRED_REPLICAS] ?? desired) !== desired)
}

/**
 * How a changed number is shared out: all to the only active ReplicaSet; during a rollout in proportion to the sizes, what rounding leaves to
 * the largest; nothing for old ones once the new one is saturated. Source: kubernetes deployment controller sync.go `scale`.
 */
export function scaleStep(rollout: Rollout): readonly Resize[] {
  const active = allOf(rollout).filter((replicaSet) => sizeOf(replicaSet) > 0)
  const only = active.length > 1 ? undefined : (active[0] ?? rollout.newest ?? rollout.old.at(-1))
  if (only !== undefined) return [{replicaSet: only, replicas: desiredOf(rollout)}]
  if (isSaturated(rollout)) return rollout.old.filter((replicaSet) => sizeOf(replicaSet) > 0).map((replicaSet) => ({replicaSet, replicas: 0}))
  return rollout.deployment.spec.strategy?.type === 'Recreate' ? [] : shareOut(rollout, active)
}

function isSaturated(rollout: Rollout): boolean {
  const {newest} = rollout
  const desired = desiredOf(rollout)
  if (newest?.metadata.annotations?.[DESIRED_REPLICAS] !== String(desired)) return false
  return sizeOf(newest) === desired && availableOf(newest) === desired
}

function shareOut(rollout: Rollout, active: readonly ReplicaSet[]): readonly Resize[] {
  const desired = desiredOf(rollout)
  const allowed = desired === 0 ? 0 : desired + rollout.bounds.surge
  const change = allowed - total(active, sizeOf)
  let left = change
  const sizes = [...active].sort(change > 0 ? bySizeNewerFirst : bySizeOlderFirst).map((replicaSet) => {
    const share = shareOf(replicaSet, rollout, allowed)
    const part = change > 0 ? Math.min(share, left) : Math.max(share, left)
    left -= change === 0 ? 0 : part
    return {replicaSet, replicas: sizeOf(replicaSet) + (change === 0 ? 0 : part)}
  })
  return sizes.map((size, index) => (index === 0 ? {...size, replicas: Math.max(0, size.replicas + left)} : size))
}

/** How much of the whole change falls to one ReplicaSet: its size grows as the largest number of pods did. */
function shareOf(replicaSet: ReplicaSet, {deployment}: Rollout, allowed: number): number {
  const size = sizeOf(replicaSet)
  if (allowed === 0) return -size
  const before = Number(replicaSet.metadata.annotations?.[MAX_REPLICAS] ?? deployment.status?.replicas ?? 0)
  return before === 0 ? 0 : Math.round((size * allowed) / before) - size
}

function bySizeNewerFirst(a: ReplicaSet, b: ReplicaSet): number {
  return sizeOf(b) - sizeOf(a) || (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? '')
}

function bySizeOlderFirst(a: ReplicaSet, b: ReplicaSet): number {
  return sizeOf(b) - sizeOf(a) || (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '')
}
