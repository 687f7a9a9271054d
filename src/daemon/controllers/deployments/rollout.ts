import type {Deployment} from '../../../api/kinds/deployment.js'
import type {ReplicaSet} from '../../../api/kinds/replica-set.js'
import type {RolloutBounds} from './bounds.js'

/** A Deployment and its ReplicaSets, as one look at the world finds them. */
export interface Rollout {
  readonly deployment: Deployment
  readonly bounds: RolloutBounds
  /** The one of the present template, once it exists. */
  readonly newest: ReplicaSet | undefined
  /** The others, oldest first. */
  readonly old: readonly ReplicaSet[]
}

/** A ReplicaSet and the size it is to have. */
export interface Resize {
  readonly replicaSet: ReplicaSet
  readonly replicas: number
}

export function allOf({newest, old}: Rollout): readonly ReplicaSet[] {
  return newest === undefined ? old : [...old, newest]
}

/** The wanted number of pods. */
export function desiredOf({deployment}: Pick<Rollout, 'deployment'>): number {
  return deployment.spec.replicas ?? 1
}

export function sizeOf(replicaSet: ReplicaSet): number {
  return replicaSet.spec.replicas ?? 1
}

/** Never more than the size: a status written before the set was made smaller still counts pods that are going. */
export function availableOf(replicaSet: ReplicaSet): number {
  return Math.min(replicaSet.status?.availableReplicas ?? 0, sizeOf(replicaSet))
}

export function total(replicaSets: readonly ReplicaSet[], count: (replicaSet: ReplicaSet) => number): number {
  return replicaSets.reduce((sum, replicaSet) => sum + count(replicaSet), 0)
}
