import {isJsonObject, type JsonObject, type KubeObject} from '../../api/object.js'
import {isSameJson} from '../../api/same-json.js'
import {formatManagedFields, type ManagedFieldsEntry} from './managed-fields.js'

/**
 * An object without its managed fields, and those that a client meant to write: undefined where it wrote none or an empty list (they stay as
 * they are), none at all for `[{}]` (they are to be forgotten). Source: apimachinery `managedfields.DecodeManagedFields`.
 */
export function splitManagedFields<T extends KubeObject>(object: T): {readonly bare: T; readonly given: readonly ManagedFieldsEntry[] | undefined} {
  const {managedFields, ...metadata} = object.metadata
  if (managedFields === undefined) return {bare: object, given: undefined}
  const given = managedFields.length === 0 ? undefined : managedFields.filter(isEntry)
  return {bare: {...object, metadata}, given: given as readonly ManagedFieldsEntry[] | undefined}
}

/** The object with its owners noted; without any, as it is. */
export function withManagedFields<T extends KubeObject>(object: T, entries: readonly ManagedFieldsEntry[]): T {
  if (entries.length === 0) return object
  return {...object, metadata: {...object.metadata, managedFields: formatManagedFields(entries) as unknown as readonly JsonObject[]}}
}

/** Whether the same managers own the same fields, whenever they took them. */
export function hasSameOwners(a: readonly ManagedFieldsEntry[], b: readonly ManagedFieldsEntry[]): boolean {
  return a === b || isSameJson(a.map(withoutTime), b.map(withoutTime))
}

function withoutTime({time: _, ...entry}: ManagedFieldsEntry): unknown {
  return entry
}

function isEntry({manager, operation, apiVersion, fieldsType, fieldsV1}: JsonObject): boolean {
  return (
    typeof manager === 'string' &&
    (operation === 'Apply' || operation === 'Update') &&
    typeof apiVersion === 'string' &&
    fieldsType === 'FieldsV1' &&
    isJsonObject(fieldsV1)
  )
}
