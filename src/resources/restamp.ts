import type {KubeObject, ObjectMeta} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'
import {isSameJson} from '../api/same-json.js'
import type {WriteOptions} from './write-options.js'

/** The object as its user writes it. */
export function withoutStatus<T extends KubeObject>(object: T): T {
  const {status: _, ...rest} = object as T & {status?: unknown}
  return rest as T
}

/** The object with the stored one's status: what writes to the main resource do to it. */
export function withStatusOf<T extends KubeObject>(stored: T, object: T): T {
  const {status} = stored as T & {status?: unknown}
  return status === undefined ? withoutStatus(object) : {...object, status}
}

/** What clients may not set: the server's own, whatever they send. */
const SERVERS_OWN = ['uid', 'creationTimestamp', 'resourceVersion', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const

/** Metadata without what only the server sets. */
export function withoutServersOwn(metadata: ObjectMeta): ObjectMeta {
  const {
    uid: _,
    creationTimestamp: _c,
    resourceVersion: _r,
    deletionTimestamp: _d,
    deletionGracePeriodSeconds: _g,
    managedFields: _m,
    generation: _n,
    ...rest
  } = metadata
  return rest
}

/** What the server keeps of the stored object whatever the client sends, and the generation a changed spec gets. */
export function restamp(type: ResourceType, stored: KubeObject, next: KubeObject, {subresource}: Pick<WriteOptions, 'subresource'> = {}): KubeObject {
  const {generation = 1} = stored.metadata
  const bump = type.hasGeneration && subresource !== 'binding' && !isSameJson(withoutMetadata(next), withoutMetadata(stored)) ? 1 : 0
  const kept = Object.fromEntries(SERVERS_OWN.flatMap((key) => (stored.metadata[key] === undefined ? [] : [[key, stored.metadata[key]]])))
  return {...next, metadata: {...withoutServersOwn(next.metadata), ...kept, ...(type.hasGeneration ? {generation: generation + bump} : {})}}
}

function withoutMetadata(object: KubeObject): unknown {
  const {metadata: _, ...rest} = withoutStatus(object)
  return rest
}
