import {invalid, notSupported, required, tooLong, tooMany, type FieldError} from '../field-error.js'
import {isJsonObject, type Json, type JsonObject} from '../object.js'
import type {ArraySchema, IntegerSchema, MapSchema, ObjectSchema, Schema, StringSchema} from './schema.js'

/**
 * Everything that the structural schema of a custom kind refuses: wrong types, missing fields, values outside an enumeration or a range.
 * Source: kube-openapi validation and apiextensions-apiserver `ValidateCustomResource`.
 */
export function customErrors(schema: Schema, value: Json): readonly FieldError[] {
  return check(schema, value, '')
}

function check(schema: Schema, value: Json, path: string): readonly FieldError[] {
  switch (schema.type) {
    case 'object':
      return isJsonObject(value) ? checkObject(schema, value, path) : [wrongType(path, 'object', value)]
    case 'map':
      return isJsonObject(value) ? checkMap(schema, value, path) : [wrongType(path, 'object', value)]
    case 'array':
      return Array.isArray(value) ? checkArray(schema, value as readonly Json[], path) : [wrongType(path, 'array', value)]
    case 'string':
      return checkString(schema, value, path)
    case 'integer':
      return checkInteger(schema, value, path)
    case 'number':
    case 'boolean':
      return typeof value === schema.type ? [] : [wrongType(path, schema.type, value)]
    case 'int-or-string':
      return typeof value === 'string' || Number.isInteger(value) ? [] : [wrongType(path, 'integer,string', value)]
    case 'any':
      return []
    default:
      return schema satisfies never
  }
}

function checkObject(schema: ObjectSchema, value: JsonObject, path: string): readonly FieldError[] {
  const at = (key: string) => (path === '' ? key : `${path}.${key}`)
  const ofFields = Object.keys(schema.properties)
    .filter((key) => value[key] !== undefined)
    .sort()
    .flatMap((key) => check(schema.properties[key] ?? {type: 'any'}, value[key] ?? null, at(key)))
  return [...ofFields, ...(schema.required ?? []).filter((key) => value[key] === undefined).map((key) => required(at(key)))]
}

function checkMap({values, minItems = 0, maxItems = Infinity}: MapSchema, value: JsonObject, path: string): readonly FieldError[] {
  const keys = Object.keys(value).sort()
  const {length} = keys
  return [
    ...keys.flatMap((key) => check(values, value[key] ?? null, `${path}.${key}`)),
    ...(length < minItems ? [invalid(path, length, `${path} in body should have at least ${minItems} properties`)] : []),
    ...(length > maxItems ? [invalid(path, length, `${path} in body should have at most ${maxItems} properties`)] : []),
  ]
}

function checkArray({items, minItems = 0, maxItems = Infinity}: ArraySchema, value: readonly Json[], path: string): readonly FieldError[] {
  const {length} = value
  return [
    ...value.flatMap((item, index) => check(items, item, `${path}[${index}]`)),
    ...(length < minItems ? [invalid(path, length, `${path} in body should have at least ${minItems} items`)] : []),
    ...(length > maxItems ? [tooMany(path, length, maxItems)] : []),
  ]
}

/** The first thing wrong is the only one told. */
function checkString(schema: StringSchema, value: Json, path: string): readonly FieldError[] {
  if (typeof value !== 'string') return [wrongType(path, 'string', value)]
  const {enum: words, pattern, minLength = 0, maxLength = Infinity} = schema
  const length = [...value].length
  if (length > maxLength) return [tooLong(path, maxLength)]
  if (length < minLength) return [invalid(path, value, `${path} in body should be at least ${minLength} chars long`)]
  if (pattern !== undefined && !new RegExp(pattern).test(value)) return [invalid(path, value, `${path} in body should match '${pattern}'`)]
  return words === undefined || words.includes(value) ? [] : [notSupported(path, value, words)]
}

function checkInteger(schema: IntegerSchema, value: Json, path: string): readonly FieldError[] {
  if (typeof value !== 'number' || !Number.isInteger(value)) return [wrongType(path, integerName(schema, value), value, schema.format !== undefined)]
  const {minimum, maximum} = schema
  if (minimum !== undefined && value < minimum) return [invalid(path, value, `${path} in body should be greater than or equal to ${minimum}`)]
  if (maximum !== undefined && value > maximum) return [invalid(path, value, `${path} in body should be less than or equal to ${maximum}`)]
  return []
}

/** The validator names the format instead of the type, except for strings and lists. */
function integerName({format}: IntegerSchema, value: Json): string {
  return format === undefined || typeof value === 'string' || Array.isArray(value) ? 'integer' : format
}

function wrongType(path: string, wanted: string, value: Json, hasFormat = false): FieldError {
  const found = hasFormat ? formatOf(value) : jsonType(value)
  return {field: path, reason: 'FieldValueTypeInvalid', message: `Invalid value: "${found}": ${path} in body must be of type ${wanted}: "${found}"`}
}

function jsonType(value: Json): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function formatOf(value: Json): string {
  if (typeof value === 'number') return 'double'
  return typeof value === 'string' || Array.isArray(value) ? jsonType(value) : ''
}

/** Integers too large for their format. The server names no field for these, and only once nothing else is wrong. */
export function formatErrors(schema: Schema, value: Json, path = ''): readonly FieldError[] {
  if (schema.type === 'integer') return isTooLarge(schema, value) ? [outOfFormat(schema, path)] : []
  if (schema.type === 'array' && Array.isArray(value))
    return (value as readonly Json[]).flatMap((item, index) => formatErrors(schema.items, item, `${path}[${index}]`))
  if ((schema.type !== 'object' && schema.type !== 'map') || !isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, field]) => {
    const inner = schema.type === 'map' ? schema.values : schema.properties[key]
    return inner === undefined || field === undefined ? [] : formatErrors(inner, field, path === '' ? key : `${path}.${key}`)
  })
}

function isTooLarge({format}: IntegerSchema, value: Json): boolean {
  return typeof value === 'number' && Math.abs(value) > (format === 'int32' ? 2 ** 31 - 1 : Number.MAX_VALUE)
}

function outOfFormat({format}: IntegerSchema, path: string): FieldError {
  return invalid('<nil>', '', `Checked value must be of type integer with format ${format} in ${path}`)
}
