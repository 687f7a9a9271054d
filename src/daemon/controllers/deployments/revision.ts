import type {Deployment} from '../../../api/kinds/deployment.js'
import type {ReplicaSet} from '../../../api/kinds/replica-set.js'
import type {KubeObject} from '../../../api/object.js'
import {REVISION, REVISION_HISTORY, revisionOf} from '../../../api/kinds/deployment-revision.js'
import {LAST_APPLIED} from '../../../resources/last-applied.js'
import type {RolloutBounds} from './bounds.js'

/** How many pods the Deployment wanted when it last sized the ReplicaSet, and how many there could be with the surge. */
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas'
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas'

/** The annotations of a Deployment that are not its ReplicaSets'. */
export const OWN_ANNOTATIONS: ReadonlySet<string> = new Set([
  LAST_APPLIED,
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
])

export function latestRevision(replicaSets: readonly ReplicaSet[]): number {
  return Math.max(0, ...replicaSets.map(revisionOf))
}

/** The Deployment's annotations as its ReplicaSet carries them: its change cause, for one. */
export function copiedAnnotations({metadata}: KubeObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([key]) => !OWN_ANNOTATIONS.has(key)))
}

export function sizeAnnotations(desired: number, {surge}: RolloutBounds): Readonly<Record<string, string>> {
  return {[DESIRED_REPLICAS]: String(desired), [MAX_REPLICAS]: String(desired + surge)}
}

/**
 * The ReplicaSet of the present template as the newest revision, with the Deployment's annotations. One that is gone back to remembers the
 * revisions it has been. Source: kubernetes deployment_util.go `SetNewReplicaSetAnnotations`.
 */
export function asRevision(replicaSet: ReplicaSet, deployment: Deployment, revision: number): ReplicaSet {
  const before = revisionOf(replicaSet)
  const annotations = {...replicaSet.metadata.annotations, ...copiedAnnotations(deployment)}
  if (before < revision) {
    annotations[REVISION] = String(revision)
    const history = annotations[REVISION_HISTORY]
    if (before > 0) annotations[REVISION_HISTORY] = history === undefined || history === '' ? String(before) : `${history},${before}`
  }
  const {minReadySeconds: _, ...spec} = replicaSet.spec
  const {minReadySeconds = 0} = deployment.spec
  return {...replicaSet, metadata: {...replicaSet.metadata, annotations}, spec: {...spec, ...(minReadySeconds > 0 && {minReadySeconds})}}
}
