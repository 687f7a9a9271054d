import {isJsonObject, type Json, type JsonObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import type {Schema} from '../../api/schema/schema.js'
import {isAtomicMap, listRule, type FieldPath} from '../list-rules.js'
import {owned} from './compare.js'
import {NO_FIELDS, type FieldSet} from './field-set.js'
import {byElement} from './path-element.js'

interface Place {
  readonly type: ResourceType
  readonly path: FieldPath
  readonly schema: Schema | undefined
}

/** The fields that an applied configuration states: its leaves, and the items of its lists (structured-merge-diff `ToFieldSet`). */
export function fieldsOf(type: ResourceType, applied: JsonObject): FieldSet {
  return ofMap(owned(applied), {type, path: [], schema: type.schema})
}

function ofMap(map: JsonObject, place: Place): FieldSet {
  const result: Record<string, FieldSet> = {}
  for (const key in map) {
    const value = map[key]
    if (value === undefined) continue
    const set = ofValue(value, {type: place.type, path: [...place.path, key], schema: below(place.schema, key)})
    // maps of free keys: each key is a member, whatever is in it
    const isFree = place.schema?.type === 'map' && Object.keys(set ?? {}).length > 0
    if (set !== undefined) result[`f:${key}`] = isFree ? {'.': NO_FIELDS, ...set} : set
  }
  return result
}

function ofValue(value: Json, place: Place): FieldSet | undefined {
  if (isJsonObject(value)) return isAtomicMap(place.type, place.path) ? NO_FIELDS : ofMap(value, place)
  if (!Array.isArray(value)) return NO_FIELDS
  const items = byElement(value as readonly Json[], listRule(place.type, place.path))
  if (items === undefined) return NO_FIELDS
  const schema = place.schema?.type === 'array' ? place.schema.items : undefined
  const children = [...items].map(([element, item]) => [element, {'.': NO_FIELDS, ...ofValue(item, {...place, schema})}] as const)
  return children.length === 0 ? undefined : Object.fromEntries(children.map(([element, set]) => [element, Object.keys(set).length === 1 ? NO_FIELDS : set]))
}

function below(schema: Schema | undefined, key: string): Schema | undefined {
  if (schema?.type === 'map') return schema.values
  return schema?.type === 'object' ? schema.properties[key] : undefined
}
