import {isJsonObject, type Json, type JsonObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isAtomicMap, listRule, type FieldPath} from '../list-rules.js'
import {NO_FIELDS, type FieldSet} from './field-set.js'
import {byElement, itemElement} from './path-element.js'

type Value = Json | undefined

/** An applied configuration laid over the live object: what it states wins, what it does not name stays (structured-merge-diff `Merge`). */
export function mergeApplied(type: ResourceType, live: JsonObject, applied: JsonObject): JsonObject {
  return mergeMaps(type, live, applied, [])
}

function mergeMaps(type: ResourceType, live: JsonObject, applied: JsonObject, path: FieldPath): JsonObject {
  const result = new Map<string, Value>(Object.entries(live))
  for (const [key, value] of Object.entries(applied)) {
    if (value !== undefined) result.set(key, mergeValues(type, result.get(key), value, [...path, key]))
  }
  return Object.fromEntries(result)
}

function mergeValues(type: ResourceType, live: Value, applied: Json, path: FieldPath): Json {
  if (isJsonObject(applied)) return isJsonObject(live) && !isAtomicMap(type, path) ? mergeMaps(type, live, applied, path) : applied
  if (!Array.isArray(applied) || !Array.isArray(live)) return applied
  const rule = listRule(type, path)
  const stated = byElement(applied as readonly Json[], rule)
  const present = byElement(live as readonly Json[], rule)
  if (stated === undefined || present === undefined) return applied
  const others = [...present].filter(([element]) => !stated.has(element)).map(([, item]) => item)
  return [...[...stated].map(([element, item]) => mergeValues(type, present.get(element), item, path)), ...others]
}

/** The object without the fields of a set; maps and lists that the set names and that end up empty go too. */
export function withoutFields(type: ResourceType, object: JsonObject, fields: FieldSet): JsonObject {
  return removeFromMap(type, object, fields, [])
}

function removeFromMap(type: ResourceType, map: JsonObject, fields: FieldSet, path: FieldPath): JsonObject {
  const entries = Object.entries(map).flatMap(([key, value]): readonly (readonly [string, Value])[] => {
    const node = fields[`f:${key}`]
    if (node === undefined || value === undefined) return [[key, value]]
    const kept = removeFromValue(type, value, node, [...path, key])
    return kept === undefined ? [] : [[key, kept]]
  })
  return Object.fromEntries(entries)
}

function removeFromValue(type: ResourceType, value: Json, node: FieldSet, path: FieldPath): Value {
  if (isLeaf(node)) return undefined
  const rest = isJsonObject(value)
    ? removeFromMap(type, value, node, path)
    : Array.isArray(value)
      ? removeFromList(type, value as readonly Json[], node, path)
      : value
  const isBare = (isJsonObject(rest) && Object.keys(rest).length === 0) || (Array.isArray(rest) && rest.length === 0)
  return isBare ? undefined : rest
}

function removeFromList(type: ResourceType, items: readonly Json[], fields: FieldSet, path: FieldPath): Json {
  const rule = listRule(type, path)
  return items.flatMap((item): Json[] => {
    const node = fields[itemElement(item, rule) ?? '']
    if (node === undefined) return [item]
    const kept = '.' in node ? undefined : removeFromValue(type, item, node, path)
    return kept === undefined ? [] : [kept]
  })
}

function isLeaf(node: FieldSet): boolean {
  return node === NO_FIELDS || Object.keys(node).length === 0
}
