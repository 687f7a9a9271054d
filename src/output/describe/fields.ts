import {isJsonObject, type Json} from '../../api/object.js'
import {sortedKeys} from '../byte-order.js'
import {formatGoValue} from '../go-print.js'

/**
 * A way through an object that anyone may have written: every question has an answer, that of Go's zero value where the field is not there.
 * Paths are field names joined by dots.
 */
export interface Fields {
  readonly value: Json
  at(path: string): Fields
  has(path: string): boolean
  text(path: string): string
  number(path: string): number
  flag(path: string): boolean
  items(path: string): readonly Fields[]
  texts(path: string): readonly string[]
  /** The entries of a map, by key. */
  pairs(path: string): readonly Pair[]
}

export type Pair = readonly [key: string, value: string]

/** `object` is JSON: what was stored, or a part of it. */
export function fieldsOf(object: unknown): Fields {
  const value = object as Json
  const find = (path: string): Json => path.split('.').reduce<Json>(memberOf, value)
  return {
    value,
    at: (path) => fieldsOf(find(path)),
    has: (path) => find(path) !== null,
    text: (path) => textOf(find(path)),
    number: (path) => numberOf(find(path)),
    flag: (path) => find(path) === true,
    items: (path) => listOf(find(path)).map(fieldsOf),
    texts: (path) => listOf(find(path)).map(textOf),
    pairs: (path) => pairsOf(find(path)),
  }
}

function memberOf(value: Json, key: string): Json {
  return isJsonObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null
}

/** A value as Go's `%v` prints it; nothing for what is not there. */
function textOf(value: Json): string {
  return value === null ? '' : formatGoValue(value)
}

function numberOf(value: Json): number {
  return typeof value === 'number' ? value : 0
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

function pairsOf(value: Json): readonly Pair[] {
  return isJsonObject(value) ? sortedKeys(value).map((key) => [key, textOf(value[key] ?? null)]) : []
}
