import {type JsonObject, type KubeObject, formatTime} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {compare} from './compare.js'
import {isEmptySet, minus, sorted, union, type FieldSet} from './field-set.js'

/** Who set which fields, one entry per manager, operation and subresource (`metadata.managedFields`). */
export interface ManagedFieldsEntry {
  readonly apiVersion: string
  readonly fieldsType: 'FieldsV1'
  readonly fieldsV1: FieldSet
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly subresource?: string
  readonly time?: string
}

/** Whoever writes. */
export type Writer = Pick<ManagedFieldsEntry, 'manager' | 'operation' | 'subresource' | 'apiVersion'>

/** Managers that update are remembered up to this number; the oldest are then one entry (apimachinery `NewCapManagersManager`). */
const MOST_UPDATERS = 10
const ANCIENT = 'ancient-changes'

/**
 * The entries after an update: the writer owns what it added and changed, nobody owns it besides, and what is gone is owned by nobody.
 * The entries themselves where nothing changed. `before` is undefined for a new object.
 */
export function afterUpdate(
  entries: readonly ManagedFieldsEntry[],
  {type, before, after, writer, nowMs}: {type: ResourceType; before: KubeObject | undefined; after: KubeObject; writer: Writer; nowMs: number},
): readonly ManagedFieldsEntry[] {
  const {added, modified, removed} = compare(type, before === undefined ? undefined : asJson(before), asJson(after))
  const taken = union(added, modified)
  if (isEmptySet(taken) && isEmptySet(removed)) return entries
  const lost = union(taken, removed)
  const others = entries.map((entry) => ({...entry, fieldsV1: minus(entry.fieldsV1, lost)}))
  return order(cap(isEmptySet(taken) ? others : own(others, writer, {taken, nowMs})))
}

function own(entries: readonly ManagedFieldsEntry[], writer: Writer, {taken, nowMs}: {taken: FieldSet; nowMs: number}): readonly ManagedFieldsEntry[] {
  const previous = entries.find((entry) => isBy(entry, writer))
  const entry = entryOf(writer, previous === undefined ? taken : union(previous.fieldsV1, taken), nowMs)
  return [...entries.filter((other) => other !== previous), entry]
}

/** A writer's entry, dated. */
export function entryOf(writer: Writer, fields: FieldSet, nowMs: number): ManagedFieldsEntry {
  return {...writer, fieldsType: 'FieldsV1', fieldsV1: fields, time: formatTime(nowMs)}
}

/** Whether an entry is this writer's: the version counts too, the time does not. */
export function isBy(entry: Writer, writer: Writer): boolean {
  const {manager, operation, subresource, apiVersion} = writer
  return entry.manager === manager && entry.operation === operation && entry.subresource === subresource && entry.apiVersion === apiVersion
}

/** As they are stored: without empty entries, appliers first, then by time and name. */
export function order(entries: readonly ManagedFieldsEntry[]): readonly ManagedFieldsEntry[] {
  return entries
    .filter(({fieldsV1}) => !isEmptySet(fieldsV1))
    .sort(
      (a, b) =>
        byText(a.operation, b.operation) ||
        byText(a.time ?? '', b.time ?? '') ||
        byText(a.manager, b.manager) ||
        byText(a.apiVersion, b.apiVersion) ||
        byText(a.subresource ?? '', b.subresource ?? ''),
    )
}

function cap(entries: readonly ManagedFieldsEntry[]): readonly ManagedFieldsEntry[] {
  const updaters = order(entries.filter(({operation, subresource}) => operation === 'Update' && subresource === undefined))
  if (updaters.length <= MOST_UPDATERS) return entries
  const oldest = updaters.slice(0, updaters.length - MOST_UPDATERS + 1)
  const last = oldest[oldest.length - 1]
  if (last === undefined) return entries
  const fields = oldest.reduce((set: FieldSet, entry) => union(set, entry.fieldsV1), {})
  return [...entries.filter((entry) => !oldest.includes(entry)), {...last, manager: ANCIENT, fieldsV1: fields}]
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** As users see them: keys and fields in the API server's order. */
export function formatManagedFields(entries: readonly ManagedFieldsEntry[]): readonly ManagedFieldsEntry[] {
  return entries.map(({apiVersion, fieldsType, fieldsV1, manager, operation, subresource, time}) => ({
    apiVersion,
    fieldsType,
    fieldsV1: sorted(fieldsV1),
    manager,
    operation,
    ...(subresource === undefined ? {} : {subresource}),
    ...(time === undefined ? {} : {time}),
  }))
}

function asJson(object: KubeObject): JsonObject {
  return object as unknown as JsonObject
}
