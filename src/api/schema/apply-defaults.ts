import {isJsonObject, type Json, type JsonObject} from '../object.js'
import type {Schema} from './schema.js'

/** The object with everything its CustomResourceDefinition fills in; what someone wrote stays. Source: apiextensions-apiserver `defaulting.Default`. */
export function applyDefaults(schema: Schema, object: JsonObject): JsonObject {
  return fill(schema, object) as JsonObject
}

function fill(schema: Schema, value: Json): Json {
  if (schema.type === 'array' && Array.isArray(value)) return (value as readonly Json[]).map((item) => fill(schema.items, item))
  if (schema.type === 'map' && isJsonObject(value)) return mapFields(value, () => schema.values)
  if (schema.type !== 'object' || !isJsonObject(value)) return value
  return mapFields({...schema.defaults, ...value}, (key) => schema.properties[key])
}

function mapFields(object: JsonObject, schemaOf: (key: string) => Schema | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, field]) => {
      const schema = schemaOf(key)
      return [key, schema === undefined || field === undefined ? field : fill(schema, field)]
    }),
  )
}
