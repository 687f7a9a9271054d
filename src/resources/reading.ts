import type {Selector} from '../api/labels.js'
import type {KubeObject} from '../api/object.js'
import type {Entry} from '../store/store.js'
import {decode, managedFieldsOf} from './codec.js'
import type {ManagedFieldsEntry} from './fields/managed-fields.js'
import {withManagedFields} from './fields/written-managed-fields.js'

export interface ReadOptions {
  /** Objects come with `metadata.managedFields`. */
  readonly managedFields?: boolean
}

export interface ResourceList<T extends KubeObject> {
  readonly items: readonly T[]
  readonly resourceVersion: string
}

export interface WatchEvent<T extends KubeObject> {
  readonly type: 'added' | 'modified' | 'deleted'
  readonly object: T
}

export interface ListOptions extends ReadOptions {
  readonly namespace?: string | undefined
  readonly selector?: Selector | undefined
}

/** The object of an entry, as much of it as was asked for. */
export function read<T extends KubeObject>(entry: Pick<Entry, 'value' | 'revision'>, {managedFields = false}: ReadOptions): T {
  const object = decode<T>(entry)
  return managedFields ? withManagedFields(object, managedFieldsOf(entry)) : object
}

/** An object that was just written, as much of it as was asked for. */
export function shown<T extends KubeObject>(object: T, owners: readonly ManagedFieldsEntry[], {managedFields = false}: ReadOptions): T {
  return managedFields ? withManagedFields(object, owners) : object
}
