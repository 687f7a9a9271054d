import type {KubeObject} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'
import {isSameJson} from '../api/same-json.js'

export function withoutStatus<T extends KubeObject>(object: T): T {
  const {status: _, ...rest} = object as T & {status?: unknown}
  return rest as T
}

/** The object with the stored one's status: what writes to the main resource do to it. */
export function withStatusOf<T extends KubeObject>(stored: T, object: T): T {
  const {status} = stored as T & {status?: unknown}
  return status === undefined ? withoutStatus(object) : {...object, status}
}

/** What the server keeps of the stored object whatever the client sends, and the generation a changed spec gets. */
export function restamp(type: ResourceType, stored: KubeObject, next: KubeObject): KubeObject {
  const {uid, creationTimestamp, generation = 1, resourceVersion, deletionTimestamp} = stored.metadata
  const bump = type.hasGeneration && !isSameJson(withoutMetadata(next), withoutMetadata(stored)) ? 1 : 0
  return {
    ...next,
    metadata: {
      ...next.metadata,
      ...(uid === undefined ? {} : {uid}),
      ...(creationTimestamp === undefined ? {} : {creationTimestamp}),
      ...(resourceVersion === undefined ? {} : {resourceVersion}),
      ...(deletionTimestamp === undefined ? {} : {deletionTimestamp}),
      generation: generation + bump,
    },
  }
}

function withoutMetadata(object: KubeObject): unknown {
  const {metadata: _, ...rest} = withoutStatus(object)
  return rest
}
