import {isJsonObject, type Json, type JsonObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isSameJson} from '../../api/same-json.js'
import {isAtomicMap, listRule, type FieldPath} from '../list-rules.js'
import {NO_FIELDS, type FieldSet} from './field-set.js'
import {byElement} from './path-element.js'

/** Which fields of an object differ from those of another one. */
export interface Comparison {
  readonly added: FieldSet
  readonly modified: FieldSet
  readonly removed: FieldSet
}

type Value = Json | undefined
type Tree = Record<string, FieldSet>

interface Walk {
  readonly type: ResourceType
  readonly path: FieldPath
  readonly added: Tree
  readonly modified: Tree
  readonly removed: Tree
}

/** Fields that an object of a built-in kind always has, if empty: Go structs that are no pointers. */
const ALWAYS_THERE = new Set([
  ...['spec', 'spec.containers', 'spec.strategy', 'spec.template', 'spec.template.metadata', 'spec.template.spec', 'spec.template.spec.containers'],
  ...['status', 'status.loadBalancer'],
])

/** What the API server gives every object itself: nobody owns it (apimachinery `stripMeta`). */
const UNOWNED = new Set(['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'clusterName', 'generation', 'managedFields', 'resourceVersion'])

/** Compares two objects of a type field by field, as structured-merge-diff's `Compare` does; `before` is undefined for a new object. */
export function compare(type: ResourceType, before: JsonObject | undefined, after: JsonObject): Comparison {
  const walk: Walk = {type, path: [], added: {}, modified: {}, removed: {}}
  compareMaps(owned(before ?? {}), owned(after), walk)
  return {added: walk.added, modified: walk.modified, removed: walk.removed}
}

/** The parts of an object that managers own. */
export function owned({apiVersion: _, kind: __, metadata, ...rest}: JsonObject): JsonObject {
  if (!isJsonObject(metadata)) return rest
  return {metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !UNOWNED.has(key))), ...rest}
}

function compareMaps(before: JsonObject, after: JsonObject, walk: Walk): void {
  for (const key in after) if (after[key] !== undefined) compareValues(`f:${key}`, before[key], after[key], {...walk, path: [...walk.path, key]})
  for (const key in before)
    if (before[key] !== undefined && after[key] === undefined) walk.removed[`f:${key}`] = everything(before[key], {...walk, path: [...walk.path, key]})
}

function compareValues(element: string, before: Value, after: Value, walk: Walk): void {
  if (before === after) return
  if (before === undefined) return add(element, after, walk)
  if (isJsonObject(before) && isJsonObject(after) && !isAtomicMap(walk.type, walk.path)) {
    return descend(element, walk, (inner) => compareMaps(before, after, inner))
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const rule = listRule(walk.type, walk.path)
    const [old, fresh] = [byElement(before as readonly Json[], rule), byElement(after as readonly Json[], rule)]
    if (old !== undefined && fresh !== undefined) return descend(element, walk, (inner) => compareItems(old, fresh, inner))
  }
  if (!isSameJson(before, after)) walk.modified[element] = NO_FIELDS
}

function compareItems(before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>, walk: Walk): void {
  for (const [element, item] of after) compareValues(element, before.get(element), item, walk)
  for (const [element, item] of before) if (!after.has(element)) walk.removed[element] = everything(item, walk)
}

function add(element: string, value: Value, walk: Walk): void {
  const set = everything(value, walk)
  const isMetadata = walk.path.length === 1 && walk.path[0] === 'metadata'
  const bare = isMetadata || isAlwaysThere(walk.type, walk.path) ? withoutSelf(set) : set
  if (bare === set || Object.keys(bare).length > 0) walk.added[element] = bare
}

const LONGEST_ALWAYS_THERE = 4

function isAlwaysThere({builtin}: ResourceType, path: FieldPath): boolean {
  return builtin && path.length <= LONGEST_ALWAYS_THERE && ALWAYS_THERE.has(path.join('.'))
}

function withoutSelf({['.']: _, ...children}: FieldSet): FieldSet {
  return children
}

/** All fields of a value that was not there before, itself included. */
function everything(value: Value, walk: Pick<Walk, 'type' | 'path'>): FieldSet {
  const children: Tree = {}
  if (isJsonObject(value) && !isAtomicMap(walk.type, walk.path)) {
    for (const key in value) {
      const inner = value[key]
      if (typeof inner !== 'object' || inner === null) {
        if (inner !== undefined) children[`f:${key}`] = NO_FIELDS
        continue
      }
      const path = [...walk.path, key]
      const set = everything(inner, {type: walk.type, path})
      const bare = isAlwaysThere(walk.type, path) ? withoutSelf(set) : set
      if (bare === set || Object.keys(bare).length > 0) children[`f:${key}`] = bare
    }
  } else if (Array.isArray(value)) {
    for (const [element, item] of byElement(value as readonly Json[], listRule(walk.type, walk.path)) ?? []) children[element] = everything(item, walk)
  }
  return Object.keys(children).length === 0 ? NO_FIELDS : {'.': NO_FIELDS, ...children}
}

function descend(element: string, walk: Walk, visit: (inner: Walk) => void): void {
  const inner: Walk = {...walk, added: {}, modified: {}, removed: {}}
  visit(inner)
  for (const part of ['added', 'modified', 'removed'] as const) {
    if (Object.keys(inner[part]).length > 0) walk[part][element] = inner[part]
  }
}
