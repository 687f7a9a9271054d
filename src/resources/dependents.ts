import type {KubeObject} from '../api/object.js'
import type {Resources} from './resources.js'

/** What the garbage collector puts on an owner whose dependants go first, or are let go (`metav1.FinalizerDeleteDependents`). */
export const FOREGROUND = 'foregroundDeletion'

/** The objects that name another one as their owner. */
export async function dependentsOf(resources: Resources, {metadata: {uid}}: KubeObject): Promise<readonly KubeObject[]> {
  const {items} = await resources.listAll()
  return items.filter(({metadata}) => metadata.ownerReferences?.some((owner) => owner.uid === uid))
}

/** Dependants that their owner has to wait for. */
export function isBlocking({metadata: {ownerReferences = []}}: KubeObject, {metadata: {uid}}: KubeObject): boolean {
  return ownerReferences.some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true)
}

/** An object that no longer names `owner`. */
export function disowned<T extends KubeObject>(object: T, {metadata: {uid}}: KubeObject): T {
  const {ownerReferences = [], ...metadata} = object.metadata
  const rest = ownerReferences.filter((owner) => owner.uid !== uid)
  return {...object, metadata: rest.length === 0 ? metadata : {...metadata, ownerReferences: rest}}
}

/** The object without one finalizer; it may be the last, and then it has no list of them. */
export function withoutFinalizer<T extends KubeObject>(object: T, finalizer: string): T {
  const {finalizers = [], ...metadata} = object.metadata
  const rest = finalizers.filter((one) => one !== finalizer)
  return {...object, metadata: rest.length === 0 ? metadata : {...metadata, finalizers: rest}}
}
