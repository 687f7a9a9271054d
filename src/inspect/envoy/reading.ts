import {isJsonObject, type Json} from '../../api/object.js'

/** Total look-ups in JSON that came from anywhere (`--file`): what is not there, or is something else, reads as nothing. */

export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let current = value
  for (const part of path) {
    if (Array.isArray(current)) current = typeof part === 'number' ? (current[part] as Json | undefined) : undefined
    else current = isJsonObject(current) ? current[part] : undefined
  }
  return current
}

/** The list there; empty where there is none. */
export function listAt(value: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? (found as readonly Json[]) : []
}

/** The text there; empty where there is none. */
export function textAt(value: Json | undefined, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : ''
}

/** protobuf's JSON writes 64-bit numbers as text. */
export function numberAt(value: Json | undefined, ...path: readonly (string | number)[]): number {
  const found = Number(at(value, ...path) ?? 0)
  return Number.isFinite(found) ? found : 0
}

/** The texts in the list there, without what else is in it. */
export function textsAt(value: Json | undefined, ...path: readonly (string | number)[]): readonly string[] {
  return listAt(value, ...path).filter((item) => typeof item === 'string')
}
