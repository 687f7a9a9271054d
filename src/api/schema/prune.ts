import {isJsonObject, type Json, type JsonObject} from '../object.js'
import type {Schema} from './schema.js'

/**
 * The value without nulls and without the fields the schema does not have. A null stands for an absent field, as Go's decoder has it;
 * in a list of structs it is an empty one. What has the wrong type stays as it is, for the type check to name.
 */
export function prune(schema: Schema, value: JsonObject): {readonly value: JsonObject; readonly unknown: readonly string[]} {
  const unknown: string[] = []
  return {value: pruneObject(schema, value, {path: '', unknown}), unknown}
}

interface Walk {
  readonly path: string
  readonly unknown: string[]
}

function pruneValue(schema: Schema, value: Json, walk: Walk): Json {
  if (schema.type === 'array' && Array.isArray(value)) return pruneItems(schema, value as readonly Json[], walk)
  if ((schema.type === 'object' || schema.type === 'map') && isJsonObject(value)) return pruneObject(schema, value, walk)
  return value
}

function pruneItems(schema: Extract<Schema, {type: 'array'}>, items: readonly Json[], {path, unknown}: Walk): Json {
  return items.map((item, index) => pruneValue(schema.items, item === null ? emptyItem(schema.items) : item, {path: `${path}[${index}]`, unknown}))
}

/** Go's zero value, for kinds that are Go structs; custom kinds keep the null and their schema refuses it. */
function emptyItem(schema: Schema): Json {
  if (schema.type === 'object') return schema.goName === undefined ? null : {}
  return null
}

function pruneObject(schema: Schema, value: JsonObject, {path, unknown}: Walk): JsonObject {
  if (schema.type !== 'object' && schema.type !== 'map') return value
  const entries: [string, Json][] = []
  for (const [key, field] of Object.entries(value)) {
    const inner = {path: path === '' ? key : `${path}.${key}`, unknown}
    const fieldSchema = schema.type === 'map' ? schema.values : schema.properties[key]
    if (fieldSchema === undefined && schema.type === 'object' && schema.keepsUnknown === true && field !== undefined) entries.push([key, field])
    else if (fieldSchema === undefined) unknown.push(inner.path)
    else if (field === null && schema.type === 'map' && fieldSchema.type === 'string') entries.push([key, ''])
    else if (field !== null && field !== undefined) entries.push([key, pruneValue(fieldSchema, field, inner)])
  }
  return Object.fromEntries(entries)
}
