import type {KubeObject} from '../api/object.js'
import type {Entry} from '../store/store.js'

/** The stored text of an object. `resourceVersion` is the entry's revision and is not stored twice. */
export function encode(object: KubeObject): string {
  const {resourceVersion: _, ...metadata} = object.metadata
  return JSON.stringify({...object, metadata})
}

/** The object of an entry, with the entry's revision as its resourceVersion. */
export function decode<T extends KubeObject>(entry: Pick<Entry, 'value' | 'revision'>): T {
  const object = JSON.parse(entry.value) as T
  return {...object, metadata: {...object.metadata, resourceVersion: String(entry.revision)}}
}
