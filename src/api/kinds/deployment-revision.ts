import type {KubeObject} from '../object.js'

/** Which revision of its Deployment a ReplicaSet is; on the Deployment, which one is current. */
export const REVISION = 'deployment.kubernetes.io/revision'
/** The revisions a ReplicaSet has been before, by commas. */
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history'
export const POD_TEMPLATE_HASH = 'pod-template-hash'

/** 0 where there is none, or none that is a number. */
export function revisionOf({metadata}: KubeObject): number {
  const revision = Number(metadata.annotations?.[REVISION] ?? 0)
  return Number.isInteger(revision) ? revision : 0
}
