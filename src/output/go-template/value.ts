import {isJsonObject, type Json} from '../../api/object.js'
import {formatGoFloat, formatGoNumber} from '../go-float.js'
import {goTypeOf} from '../go-print.js'
import {sortedKeys} from '../byte-order.js'

/** A whole number that Go holds as a float64: the constant `1.0`. */
export class WholeFloat {
  constructor(readonly value: number) {}
}

/**
 * A value of a Go template: what JSON holds (whole numbers are Go's int64, others float64), Go's `int` as a bigint, and nothing at all
 * (undefined), which a missing key gives and which is not nil.
 */
export type Value = Json | bigint | WholeFloat | undefined

/** Whether Go would hold it in a slice. */
export function isList(value: Value): value is readonly Json[] {
  return Array.isArray(value)
}

/** Whether Go would hold it in a map. */
export function isMap(value: Value): value is {readonly [key: string]: Json | undefined} {
  return isJsonObject(value) && !(value instanceof WholeFloat)
}

/** What `if`, `with`, `and`, `or` and `not` go by. Source: Go `text/template.isTrue`. */
export function isTrue(value: Value): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'bigint') return value !== 0n
  if (value instanceof WholeFloat) return value.value !== 0
  if (isList(value)) return value.length > 0
  return isMap(value) ? sortedKeys(value).length > 0 : Boolean(value)
}

/** The name of its type as `%T` prints it. */
export function typeName(value: Value): string {
  if (value === undefined || value === null) return '<nil>'
  if (typeof value === 'bigint') return 'int'
  return value instanceof WholeFloat ? 'float64' : goTypeOf(value)
}

/** Whether it is an integer to Go, of JSON or counted. */
export function isInteger(value: Value): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && goTypeOf(value) === 'int64')
}

/** Whether it is a float64 to Go. */
export function isFloat(value: Value): value is number | WholeFloat {
  return value instanceof WholeFloat || (typeof value === 'number' && goTypeOf(value) === 'float64')
}

/** The number as JavaScript has it. */
export function numberOf(value: number | bigint | WholeFloat): number {
  return value instanceof WholeFloat ? value.value : Number(value)
}

/** `%v`: as `fmt.Print` shows it. */
export function formatValue(value: Value): string {
  if (value === undefined || value === null) return '<nil>'
  if (value instanceof WholeFloat) return formatGoFloat(value.value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return formatGoNumber(value, 'int64')
  if (isList(value)) return `[${value.map(formatValue).join(' ')}]`
  if (!isMap(value)) return String(value)
  return `map[${sortedKeys(value).map((key) => `${key}:${formatValue(value[key])}`).join(' ')}]`
}
