import {revisionOf} from '../../../api/kinds/deployment-revision.js'
import type {ReplicaSet} from '../../../api/kinds/replica-set.js'
import {sizeOf, type Rollout} from './rollout.js'

/** The old ReplicaSets beyond `revisionHistoryLimit`, lowest revision first; none that still has pods. Source: kubernetes `cleanupDeployment`. */
export function beyondHistory({deployment, old}: Rollout): readonly ReplicaSet[] {
  const limit = deployment.spec.revisionHistoryLimit ?? 10
  const kept = old.filter(({metadata}) => metadata.deletionTimestamp === undefined)
  const oldest = [...kept].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, Math.max(0, kept.length - limit))
  return oldest.filter((replicaSet) => sizeOf(replicaSet) === 0 && (replicaSet.status?.replicas ?? 0) === 0 && isObserved(replicaSet))
}

function isObserved({metadata, status}: ReplicaSet): boolean {
  return (metadata.generation ?? 1) <= (status?.observedGeneration ?? 0)
}
