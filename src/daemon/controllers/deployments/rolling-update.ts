import {allOf, availableOf, desiredOf, sizeOf, total, type Resize, type Rollout} from './rollout.js'

/** The size the ReplicaSet of the present template may have now: as large as the surge lets it be. Source: kubernetes `NewRSNewReplicas`. */
export function newestSize(rollout: Rollout): number {
  const desired = desiredOf(rollout)
  const size = rollout.newest === undefined ? 0 : sizeOf(rollout.newest)
  if (size >= desired) return desired
  const room = desired + rollout.bounds.surge - total(allOf(rollout), sizeOf)
  return size + Math.max(0, Math.min(room, desired - size))
}

/**
 * The next step of a rolling update: the new ReplicaSet grows as far as the surge allows, and only when it cannot the old ones shrink as far
 * as availability allows. Empty while pods are waited for, and at the end. Source: kubernetes deployment controller rolling.go.
 */
export function rollingStep(rollout: Rollout): readonly Resize[] {
  const {newest} = rollout
  if (newest === undefined) return []
  const replicas = newestSize(rollout)
  return replicas === sizeOf(newest) ? shrinkOld(rollout) : [{replicaSet: newest, replicas}]
}

/** Unhealthy old pods first, since their end costs no availability and their presence would block the rollout; then the oldest. */
function shrinkOld(rollout: Rollout): readonly Resize[] {
  const {newest, old, bounds} = rollout
  const minAvailable = desiredOf(rollout) - bounds.unavailable
  const waitedFor = newest === undefined ? 0 : sizeOf(newest) - availableOf(newest)
  const spare = total(allOf(rollout), sizeOf) - minAvailable - waitedFor
  if (spare <= 0) return []
  const present = old.map((replicaSet) => ({replicaSet, replicas: sizeOf(replicaSet)}))
  const healthy = takeFrom(present, spare, ({replicaSet}) => sizeOf(replicaSet) - availableOf(replicaSet))
  const available = total(allOf(rollout), availableOf)
  const sizes = takeFrom(healthy, available - minAvailable, ({replicas}) => replicas)
  return sizes.filter(({replicaSet, replicas}) => replicas !== sizeOf(replicaSet))
}

function takeFrom(sizes: readonly Resize[], count: number, atMost: (size: Resize) => number): readonly Resize[] {
  let left = Math.max(0, count)
  return sizes.map((size) => {
    const taken = Math.min(left, atMost(size))
    left -= taken
    return {...size, replicas: size.replicas - taken}
  })
}
