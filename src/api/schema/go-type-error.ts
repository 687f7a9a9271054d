import {isJsonObject, type Json} from '../object.js'
import type {Schema} from './schema.js'

interface Place {
  /** Fields from the root, without list indexes and map keys. */
  readonly fields: readonly string[]
  /** The innermost struct's name. */
  readonly struct: string
}

const INT32_LIMIT = 2 ** 31
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const QUANTITY = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:\d{2})$/
const QUANTITY_ERROR = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

/**
 * What Go's decoder says of the first value it cannot put into its struct field, or undefined when all fit. Fields are visited in
 * alphabetical order, as clients write them. Source: sigs.k8s.io/json, and the UnmarshalJSON of Quantity, Time and IntOrString.
 */
export function goTypeError(schema: Schema, value: Json): string | undefined {
  return check(schema, value, {fields: [], struct: ''})
}

function check(schema: Schema, value: Json, place: Place): string | undefined {
  if (value === null) return undefined // a nil pointer, or the zero value
  switch (schema.type) {
    case 'object':
    case 'map':
      return isJsonObject(value) ? checkFields(schema, value, place) : mismatch(value, schema, place)
    case 'array':
      return Array.isArray(value) ? first((value as readonly Json[]).map((item) => () => check(schema.items, item, place))) : mismatch(value, schema, place)
    case 'string':
      return checkString(schema, value, place)
    case 'integer':
      return checkInteger(schema, value, place)
    case 'number':
      return typeof value === 'number' ? undefined : mismatch(value, schema, place)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : mismatch(value, schema, place)
    case 'int-or-string':
      return checkIntOrString(value)
    case 'any':
      return undefined
    default:
      return schema satisfies never
  }
}

function checkFields(schema: Extract<Schema, {type: 'object' | 'map'}>, value: Readonly<Record<string, Json | undefined>>, place: Place): string | undefined {
  return first(
    Object.keys(value)
      .sort()
      .map((key) => () => {
        const field = value[key] ?? null
        if (schema.type === 'map') return check(schema.values, field, place)
        const fieldSchema = schema.properties[key]
        return fieldSchema === undefined ? undefined : check(fieldSchema, field, {fields: [...place.fields, key], struct: schema.goName ?? ''})
      }),
  )
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const one of checks) {
    const error = one()
    if (error !== undefined) return error
  }
  return undefined
}

function checkString(schema: Extract<Schema, {type: 'string'}>, value: Json, place: Place): string | undefined {
  if (schema.format === 'quantity') return isQuantity(value) ? undefined : QUANTITY_ERROR
  if (typeof value !== 'string') return schema.format === 'date-time' ? plainMismatch(value, 'string') : mismatch(value, schema, place)
  if (schema.format === 'byte' && !BASE64.test(value)) return `illegal base64 data at input byte ${badBase64At(value)}`
  if (schema.format === 'date-time' && !RFC3339.test(value)) {
    return `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`
  }
  return undefined
}

function isQuantity(value: Json): boolean {
  return (typeof value === 'string' || typeof value === 'number') && QUANTITY.test(String(value))
}

/** Where Go's decoder stops: the first byte outside the alphabet, or the end of what is there. */
function badBase64At(text: string): number {
  const bad = text.search(/[^A-Za-z0-9+/]/)
  return bad === -1 ? text.length - (text.length % 4) : bad
}

function checkInteger(schema: Extract<Schema, {type: 'integer'}>, value: Json, place: Place): string | undefined {
  if (typeof value !== 'number') return mismatch(value, schema, place)
  const limit = schema.format === 'int32' ? INT32_LIMIT : 2 ** 63
  if (Number.isInteger(value) && value >= -limit && value < limit) return undefined
  return unmarshalError(`number ${value}`, goType(schema), place)
}

function checkIntOrString(value: Json): string | undefined {
  if (typeof value === 'string') return undefined
  if (typeof value !== 'number') return plainMismatch(value, 'int32')
  return Number.isInteger(value) && Math.abs(value) < INT32_LIMIT ? undefined : `json: cannot unmarshal number ${value} into Go value of type int32`
}

function mismatch(value: Json, schema: Schema, place: Place): string {
  return unmarshalError(jsonType(value), goType(schema), place)
}

function plainMismatch(value: Json, type: string): string {
  return `json: cannot unmarshal ${jsonType(value)} into Go value of type ${type}`
}

function unmarshalError(what: string, type: string, {fields, struct}: Place): string {
  return `json: cannot unmarshal ${what} into Go struct field ${struct}.${fields.join('.')} of type ${type}`
}

function jsonType(value: Json): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function goType(schema: Schema): string {
  switch (schema.type) {
    case 'object':
      return `v1.${schema.goName}`
    case 'map':
      return `map[string]${goType(schema.values)}`
    case 'array':
      return `[]${goType(schema.items)}`
    case 'string':
      return schema.format === 'byte' ? '[]uint8' : schema.format === 'quantity' ? 'resource.Quantity' : (schema.goName ?? 'string')
    case 'integer':
      return schema.format ?? 'int64'
    case 'number':
      return 'float64'
    case 'boolean':
      return 'bool'
    case 'int-or-string':
      return 'intstr.IntOrString'
    case 'any':
      return 'runtime.RawExtension'
    default:
      return schema satisfies never
  }
}
