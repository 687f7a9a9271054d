import {isJsonObject, type Json, type JsonObject} from '../../api/object.js'

/** What a JSON merge patch makes of a value: maps are merged, null removes, everything else replaces (RFC 7386). */
export function applyMergePatch(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch
  const result = new Map<string, Json | undefined>(isJsonObject(target) ? Object.entries(target) : [])
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key)
    else if (value !== undefined) result.set(key, applyMergePatch(result.get(key), value))
  }
  return Object.fromEntries(result) // a Map and back: a key called __proto__ is a key like others
}

/** The merge patch that makes `after` of `before`; empty where they are the same. */
export function createMergePatch(before: JsonObject, after: JsonObject): JsonObject {
  const gone = Object.keys(before).filter((key) => after[key] === undefined).map((key): [string, Json] => [key, null])
  const set = Object.entries(after).flatMap(([key, value]): readonly [string, Json][] => {
    if (value === undefined) return []
    const old = before[key]
    if (!isJsonObject(value) || !isJsonObject(old)) return JSON.stringify(value) === JSON.stringify(old) ? [] : [[key, value]]
    const inner = createMergePatch(old, value)
    return Object.keys(inner).length === 0 ? [] : [[key, inner]]
  })
  return Object.fromEntries([...gone, ...set])
}
