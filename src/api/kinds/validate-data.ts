import {forbidden, invalid, type FieldError} from '../field-error.js'
import {configKey} from '../names.js'
import {isSameJson} from '../same-json.js'
import {broken} from './object-meta.js'

const MAX_BYTES = 1024 * 1024

type Data = Readonly<Record<string, string>>

/** The keys of a ConfigMap's or Secret's map. */
export function validateKeys(data: Data, field: string): readonly FieldError[] {
  return Object.keys(data).flatMap((key) => broken(`${field}[${key}]`, key, configKey))
}

/** `bytes` is what all values take together. */
export function validateSize(bytes: number, field: string): readonly FieldError[] {
  return bytes > MAX_BYTES ? [{field, reason: 'FieldValueTooLong', message: `Too long: may not be more than ${MAX_BYTES} bytes`}] : []
}

interface Freezable {
  readonly immutable?: boolean
}

/** Once `immutable` is set neither it nor the named maps can change (kubernetes `ValidateConfigMapUpdate`). */
export function validateFrozen<T extends Freezable>(next: T, previous: T | undefined, maps: readonly (keyof T & string)[]): readonly FieldError[] {
  if (previous?.immutable !== true) return []
  const text = 'field is immutable when `immutable` is set'
  const unfrozen = next.immutable === true ? [] : [forbidden('immutable', text)]
  return [...unfrozen, ...maps.flatMap((map) => (isSameJson(next[map] ?? {}, previous[map] ?? {}) ? [] : [forbidden(map, text)]))]
}

/** Keys that two maps of one object share. */
export function validateDistinct(data: Data, others: Data, field: string): readonly FieldError[] {
  return Object.keys(data)
    .filter((key) => Object.hasOwn(others, key))
    .map((key) => invalid(`${field}[${key}]`, key, 'duplicate of key present in binaryData'))
}
