import type {KubeObject} from '../api/object.js'
import type {Entry} from '../store/store.js'
import type {ManagedFieldsEntry} from './fields/managed-fields.js'

/**
 * The stored text of an object: its JSON and, on a second line, who manages its fields. Controllers read the first line alone.
 * `resourceVersion` is the entry's revision and is not stored twice.
 */
export function encode(object: KubeObject, managedFields: readonly ManagedFieldsEntry[]): string {
  const {resourceVersion: _, managedFields: __, ...metadata} = object.metadata
  const text = JSON.stringify({...object, metadata})
  return managedFields.length === 0 ? text : `${text}\n${JSON.stringify(managedFields)}`
}

/** The object of an entry, with the entry's revision as its resourceVersion and without its managed fields. */
export function decode<T extends KubeObject>(entry: Pick<Entry, 'value' | 'revision'>): T {
  const end = entry.value.indexOf('\n') // JSON has no newline in it
  const object = JSON.parse(end === -1 ? entry.value : entry.value.slice(0, end)) as T
  return {...object, metadata: {...object.metadata, resourceVersion: String(entry.revision)}}
}

/** Who manages which fields of an entry's object. */
export function managedFieldsOf({value}: Pick<Entry, 'value'>): readonly ManagedFieldsEntry[] {
  const end = value.indexOf('\n')
  return end === -1 ? [] : (JSON.parse(value.slice(end + 1)) as ManagedFieldsEntry[])
}
