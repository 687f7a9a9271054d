import {isJsonObject, type Json} from './object.js'

/** Compact JSON as Go writes it: keys sorted, what HTML could misread escaped. */
export function goJson(value: Json): string {
  return JSON.stringify(sortKeys(value)).replace(/[<>&\u2028\u2029]/g, escapeAsGo)
}

function escapeAsGo(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => sortKeys(item))
  if (!isJsonObject(value)) return value
  const sorted = Object.keys(value).sort().flatMap((key) => {
    const item = value[key]
    return item === undefined ? [] : [[key, sortKeys(item)] as const]
  })
  return Object.fromEntries(sorted)
}
