import {isJsonObject, type Json} from '../../api/object.js'

/** Fields whose content is free form: protobuf Structs keep their keys as they are. */
const FREE_FORM = new Set(['filterMetadata', 'filter_metadata'])

/**
 * A message with its fields in the other of the two spellings that protobuf's JSON has: istioctl writes `filterChains`, Envoy's admin
 * `filter_chains`. Readers of protobuf JSON take both.
 */
export function toSnakeCase(message: Json): Json {
  return rename(message, (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
}

export function toCamelCase(message: Json): Json {
  return rename(message, (key) => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()))
}

function rename(value: Json, change: (key: string) => string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => rename(item, change))
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).map(([key, field]) => [
    key.startsWith('@') ? key : change(key),
    FREE_FORM.has(key) ? field : rename(field ?? null, change),
  ])
  return Object.fromEntries(entries) as Json
}
