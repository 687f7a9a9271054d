import {isDeepStrictEqual} from 'node:util'
import {isJsonObject, type Json, type JsonObject} from '../api/object.js'

/** The merge key of the list at a path of field names; undefined where lists are replaced whole. */
export type MergeKeyOf = (path: readonly string[]) => string | undefined

type Value = Json | undefined

/**
 * What `kubectl apply` makes of an object: `modified` (the file) laid over `current` (the live object), minus what `original` (the last
 * file applied) had and the file no longer has. What others added to the live object stays. A null in the file removes the field.
 * Source: apimachinery `CreateThreeWayMergePatch` (lists by merge key) and `CreateThreeWayJSONMergePatch` (no merge keys).
 */
export function threeWayMerge(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  mergeKeyOf: MergeKeyOf,
  retainsKeys: RetainsKeys = () => false,
): JsonObject {
  return mergeObjects(original, modified, current, {mergeKeyOf, retainsKeys, path: []})
}

/** Whether the map (or the items of the list) at a path keeps, once it changes, only the keys that the file names. */
export type RetainsKeys = (path: readonly string[]) => boolean

interface Place {
  readonly mergeKeyOf: MergeKeyOf
  readonly retainsKeys: RetainsKeys
  readonly path: readonly string[]
}

function mergeObjects(original: JsonObject, modified: JsonObject, current: JsonObject, place: Place): JsonObject {
  const result: Record<string, Value> = {...current}
  for (const key of Object.keys(original)) {
    if (!(key in modified)) delete result[key]
  }
  for (const [key, value] of Object.entries(modified)) {
    if (value === null && current[key] === null) continue // a null that is there already: a condition's lastProbeTime
    if (value === null) delete result[key]
    else if (value !== undefined) result[key] = mergeValues(original[key], value, current[key], {...place, path: [...place.path, key]})
  }
  if (!place.retainsKeys(place.path) || isDeepStrictEqual(result, current)) return result
  return Object.fromEntries(Object.entries(result).filter(([key]) => key in modified))
}

function mergeValues(original: Value, modified: Json, current: Value, place: Place): Json {
  if (isJsonObject(modified)) {
    return mergeObjects(isJsonObject(original) ? original : {}, modified, isJsonObject(current) ? current : {}, place)
  }
  const mergeKey = place.mergeKeyOf(place.path)
  if (mergeKey === undefined || !isObjectList(modified) || !isObjectList(current)) return modified
  return mergeLists(isObjectList(original) ? original : [], modified, current, {...place, mergeKey})
}

function mergeLists(
  original: readonly JsonObject[],
  modified: readonly JsonObject[],
  current: readonly JsonObject[],
  {mergeKey, ...place}: Place & {readonly mergeKey: string},
): Json {
  const find = (list: readonly JsonObject[], item: JsonObject) => list.find((other) => isDeepStrictEqual(other[mergeKey], item[mergeKey]))
  const wanted = modified.map((item) => mergeObjects(find(original, item) ?? {}, item, find(current, item) ?? {}, place))
  const kept = current.filter((item) => find(modified, item) === undefined && find(original, item) === undefined)
  return [...wanted, ...kept]
}

function isObjectList(value: Value): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every(isJsonObject)
}
