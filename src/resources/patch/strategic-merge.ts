import {isJsonObject, type Json, type JsonObject} from '../../api/object.js'
import {isSameJson} from '../../api/same-json.js'
import {StatusError} from '../../api/status-error.js'
import type {MergeKeyOf} from '../three-way-merge.js'

/** What the kind says of a place: its merge key, and whether a list of plain values is merged as a set. */
export interface MergeRules {
  readonly mergeKeyOf: MergeKeyOf
  readonly isSet: (path: readonly string[]) => boolean
}

interface Place extends MergeRules {
  readonly path: readonly string[]
}

type Value = Json | undefined

const ORDER = '$setElementOrder/'
const DELETE_FROM = '$deleteFromPrimitiveList/'
const RETAIN = '$retainKeys'
const DIRECTIVE = '$patch'

/**
 * What a strategic merge patch makes of an object: maps are merged, lists with a merge key item by item, other lists replaced; the
 * directives `$patch`, `$retainKeys`, `$setElementOrder/…` and `$deleteFromPrimitiveList/…` are obeyed. Throws BadRequest for a directive
 * that is none. Source: apimachinery `strategicpatch.StrategicMergeMapPatch`.
 */
export function applyStrategicMerge(target: JsonObject, patch: JsonObject, rules: MergeRules): JsonObject {
  return mergeMaps(target, patch, {...rules, path: []})
}

function mergeMaps(target: JsonObject, patch: JsonObject, place: Place): JsonObject {
  const directive = patch[DIRECTIVE]
  if (directive === 'replace') return withoutDirectives(omit(patch, DIRECTIVE))
  if (directive === 'delete') return {}
  if (directive !== undefined && directive !== 'merge') throw badDirective(directive)
  const retained = patch[RETAIN]
  const kept = Array.isArray(retained) ? Object.entries(target).filter(([key]) => retained.includes(key)) : Object.entries(target)
  const result = new Map<string, Value>(kept)
  for (const [key, value] of Object.entries(patch)) {
    if (key === DIRECTIVE || key === RETAIN || key.startsWith(ORDER) || key.startsWith(DELETE_FROM)) continue
    if (value === null) result.delete(key)
    else if (value !== undefined) result.set(key, mergeValue(result.get(key), value, {...place, path: [...place.path, key]}))
  }
  return Object.fromEntries(orderLists(dropFromLists(result, patch), patch, place))
}

function mergeValue(target: Value, patch: Json, place: Place): Json {
  if (isJsonObject(patch)) return mergeMaps(isJsonObject(target) ? target : {}, patch, place)
  if (!Array.isArray(patch)) return patch
  const items = patch as readonly Json[]
  const mergeKey = place.mergeKeyOf(place.path)
  if (mergeKey !== undefined && items.every(isJsonObject)) return mergeItems(Array.isArray(target) ? target : [], items, {...place, mergeKey})
  if (place.isSet(place.path) && Array.isArray(target)) return [...target, ...items.filter((item) => !target.includes(item))]
  return items.map(withoutDirectivesIn)
}

/** A directive in an item speaks of the list: `replace` leaves the items without one, `delete` takes away the item of that key. */
function mergeItems(target: readonly Json[], patch: readonly JsonObject[], {mergeKey, ...place}: Place & {readonly mergeKey: string}): Json {
  const plain = patch.filter((item) => item[DIRECTIVE] === undefined)
  const directed = patch.filter((item) => item[DIRECTIVE] !== undefined)
  const deleted = directed.filter((item) => item[DIRECTIVE] === 'delete').map((item) => keyOf(item, mergeKey))
  for (const {[DIRECTIVE]: directive} of directed) {
    if (directive === 'merge') throw new StatusError('BadRequest', 'merging lists cannot yet be specified in the patch')
    if (directive !== 'replace' && directive !== 'delete') throw badDirective(directive)
  }
  if (directed.length > deleted.length) return plain.map(withoutDirectives)
  const result = target.filter(isJsonObject).filter((item) => !deleted.some((key) => isSameJson(item[mergeKey], key)))
  for (const item of plain) {
    const key = keyOf(item, mergeKey)
    const index = result.findIndex((other) => isSameJson(other[mergeKey], key))
    if (index === -1) result.push(mergeMaps({}, item, place))
    else result[index] = mergeMaps(result[index] ?? {}, item, place)
  }
  return result
}

function keyOf(item: JsonObject, mergeKey: string): Json {
  const key = item[mergeKey]
  if (key === undefined) throw new StatusError('BadRequest', `map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`)
  return key
}

function dropFromLists(result: Map<string, Value>, patch: JsonObject): Map<string, Value> {
  for (const [key, dropped] of directives(patch, DELETE_FROM)) {
    const list = result.get(key)
    if (Array.isArray(list)) result.set(key, list.filter((item: Json) => !dropped.includes(item)))
  }
  return result
}

/** Items that the order names come as it says; one that it does not name stays behind the item that it followed. */
function orderLists(result: Map<string, Value>, patch: JsonObject, place: Place): Map<string, Value> {
  for (const [key, order] of directives(patch, ORDER)) {
    const list = result.get(key)
    if (!Array.isArray(list)) continue
    const mergeKey = place.mergeKeyOf([...place.path, key])
    const rank = (item: Json) => order.findIndex((named) => (mergeKey === undefined ? isSameJson(named, item) : isSameKey(named, item, mergeKey)))
    result.set(key, inOrder(list as readonly Json[], rank))
  }
  return result
}

function inOrder(list: readonly Json[], rank: (item: Json) => number): Json[] {
  const named = list.filter((item) => rank(item) !== -1).sort((a, b) => rank(a) - rank(b))
  const result = [...named]
  list.forEach((item, index) => {
    if (rank(item) !== -1) return
    const before = list[index - 1]
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, item)
  })
  return result
}

function isSameKey(a: Json, b: Json, key: string): boolean {
  return isJsonObject(a) && isJsonObject(b) && isSameJson(a[key], b[key])
}

function directives(patch: JsonObject, prefix: string): readonly (readonly [string, readonly Json[]])[] {
  return Object.entries(patch).flatMap(([key, value]) =>
    key.startsWith(prefix) && Array.isArray(value) ? [[key.slice(prefix.length), value as readonly Json[]] as const] : [],
  )
}

function withoutDirectivesIn(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutDirectivesIn)
  return isJsonObject(value) ? withoutDirectives(value) : value
}

/** Values that come whole hold nothing to merge: nulls and directives in them mean nothing. */
function withoutDirectives(value: JsonObject): JsonObject {
  const entries = Object.entries(value).filter(
    ([key, inner]) => inner !== null && key !== DIRECTIVE && key !== RETAIN && !key.startsWith(ORDER) && !key.startsWith(DELETE_FROM),
  )
  return Object.fromEntries(entries.map(([key, inner]) => [key, inner === undefined ? inner : withoutDirectivesIn(inner)]))
}

function omit(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name))
}

function badDirective(directive: Value): StatusError {
  return new StatusError('BadRequest', `unknown patch type '${String(directive)}' found`)
}
