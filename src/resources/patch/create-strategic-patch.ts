import {isJsonObject, type Json, type JsonObject} from '../../api/object.js'
import {isSameJson} from '../../api/same-json.js'
import type {MergeRules} from './strategic-merge.js'

interface Place extends MergeRules {
  readonly path: readonly string[]
}

/**
 * The strategic merge patch that makes `after` of `before`: only what differs, lists with a merge key item by item with their order.
 * Source: apimachinery `strategicpatch.CreateTwoWayMergePatch`.
 */
export function createStrategicPatch(before: JsonObject, after: JsonObject, rules: MergeRules): JsonObject {
  return diffMaps(before, after, {...rules, path: []})
}

function diffMaps(before: JsonObject, after: JsonObject, place: Place): JsonObject {
  const removed = Object.keys(before).filter((key) => after[key] === undefined && before[key] !== undefined)
  const patch: Record<string, Json> = Object.fromEntries(removed.map((key) => [key, null]))
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined || isSameJson(before[key], value)) continue
    Object.assign(patch, diffField(key, before[key], value, {...place, path: [...place.path, key]}))
  }
  return patch
}

function diffField(key: string, before: Json | undefined, after: Json, place: Place): JsonObject {
  if (isJsonObject(before) && isJsonObject(after)) return {[key]: diffMaps(before, after, place)}
  const mergeKey = place.mergeKeyOf(place.path)
  if (mergeKey === undefined || !isObjectList(before) || !isObjectList(after) || !hasKey(mergeKey, [...before, ...after])) return {[key]: after}
  return diffLists(key, before, after, {...place, mergeKey})
}

/** Items keep their places among each other by `$setElementOrder`; those that go are named. */
function diffLists(
  key: string,
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  {mergeKey, ...place}: Place & {readonly mergeKey: string},
): JsonObject {
  const find = (list: readonly JsonObject[], item: JsonObject) => list.find((other) => isSameJson(other[mergeKey], item[mergeKey]))
  const changed = after.flatMap((item) => {
    const present = find(before, item)
    if (present !== undefined && isSameJson(present, item)) return []
    return [present === undefined ? item : {...diffMaps(present, item, place), [mergeKey]: item[mergeKey]}]
  })
  const gone = before.filter((item) => find(after, item) === undefined).map((item) => ({$patch: 'delete', [mergeKey]: item[mergeKey]}))
  const order = after.map((item) => ({[mergeKey]: item[mergeKey]}))
  return {[`$setElementOrder/${key}`]: order, ...(changed.length + gone.length === 0 ? {} : {[key]: [...changed, ...gone]})}
}

function isObjectList(value: Json | undefined): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every(isJsonObject)
}

function hasKey(key: string, items: readonly JsonObject[]): boolean {
  return items.every((item) => item[key] !== undefined)
}
