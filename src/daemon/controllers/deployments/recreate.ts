import type {ReplicaSet} from '../../../api/kinds/replica-set.js'
import type {Pod} from '../../../api/kinds/pod.js'
import {desiredOf, sizeOf, type Resize, type Rollout} from './rollout.js'

/** What comes next where all old pods end before the first new one begins. Source: kubernetes deployment controller recreate.go. */
export type RecreateStep =
  | {readonly type: 'resize'; readonly sizes: readonly Resize[]}
  /** Old pods are still on their way out. */
  | {readonly type: 'wait'}
  | {readonly type: 'create'}

/** The next step of a Deployment whose strategy is Recreate: old pods are gone before new ones start (deployment/recreate.go). */
export function recreateStep(rollout: Rollout, pods: readonly Pod[]): RecreateStep {
  const {newest, old} = rollout
  const active = old.filter((replicaSet) => sizeOf(replicaSet) > 0)
  if (active.length > 0) return {type: 'resize', sizes: active.map((replicaSet) => ({replicaSet, replicas: 0}))}
  if (pods.some((pod) => isRunningPodOf(pod, old))) return {type: 'wait'}
  if (newest === undefined) return {type: 'create'}
  const replicas = desiredOf(rollout)
  return {type: 'resize', sizes: sizeOf(newest) === replicas ? [] : [{replicaSet: newest, replicas}]}
}

function isRunningPodOf({metadata, status}: Pod, old: readonly ReplicaSet[]): boolean {
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded') return false
  const owner = metadata.ownerReferences?.find(({controller}) => controller === true)?.uid
  return owner !== undefined && old.some(({metadata: {uid}}) => uid === owner)
}
