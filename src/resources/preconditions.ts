import {forbidden, invalidObject} from '../api/field-error.js'
import type {KubeObject, ObjectMeta} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'
import {conflict, qualifiedResource, StatusError} from '../api/status-error.js'
import {keyOf} from './keys.js'

/** The object that a write was meant for must be the stored one, and where the write names a version, still at it. Throws Conflict. */
export function requirePreconditions(
  type: ResourceType,
  stored: KubeObject,
  {name, uid, resourceVersion}: Pick<ObjectMeta, 'name' | 'uid' | 'resourceVersion'>,
): void {
  if (uid !== undefined && uid !== '' && uid !== stored.metadata.uid) throw otherUid(type, stored, uid)
  if (resourceVersion !== undefined && resourceVersion !== '' && resourceVersion !== stored.metadata.resourceVersion) throw conflict(type, name)
}

/** An object of that name, but another one (apiserver `storage.Preconditions.Check`). */
function otherUid(type: ResourceType, {metadata: {name, namespace, uid}}: KubeObject, asked: string): StatusError {
  const what = `Precondition failed: UID in precondition: ${asked}, UID in object meta: ${uid ?? ''}`
  const text = `StorageError: invalid object, Code: 4, Key: ${keyOf(type, namespace, name)}, ResourceVersion: 0, AdditionalErrorMsg: ${what}`
  return new StatusError('Conflict', `Operation cannot be fulfilled on ${qualifiedResource(type)} "${name}": ${text}`, {
    name,
    group: type.group,
    kind: type.plural,
  })
}

/** What is being deleted takes no further finalizers (apimachinery `ValidateObjectMetaAccessorUpdate`). Throws Invalid. */
export function requireNoNewFinalizers(type: ResourceType, stored: KubeObject, next: KubeObject): void {
  if (stored.metadata.deletionTimestamp === undefined) return
  const before = stored.metadata.finalizers ?? []
  const added = (next.metadata.finalizers ?? []).filter((one) => !before.includes(one))
  if (added.length === 0) return
  const shown = `[]string{${added.map((one) => JSON.stringify(one)).join(', ')}}`
  const detail = `no new finalizers can be added if the object is being deleted, found new finalizers ${shown}`
  throw invalidObject(type, stored.metadata.name, [forbidden('metadata.finalizers', detail)])
}

/** Whether a write took away the last finalizer of an object whose deletion waits for nothing else. */
export function isLastHoldGone(stored: KubeObject, next: KubeObject): boolean {
  const {deletionTimestamp, deletionGracePeriodSeconds = 0} = stored.metadata
  const wasHeld = (stored.metadata.finalizers ?? []).length > 0
  return deletionTimestamp !== undefined && deletionGracePeriodSeconds === 0 && wasHeld && (next.metadata.finalizers ?? []).length === 0
}
