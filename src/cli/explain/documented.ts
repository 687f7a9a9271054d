import {sortedKeys} from '../../output/byte-order.js'
import type {Descriptions} from '../../api/schema/descriptions.js'
import {definitionOf} from '../../api/schema/schema-for.js'
import type {Schema} from '../../api/schema/schema.js'

/** A schema and what is said of it: where it is a field of something, of the field. */
export interface Documented {
  readonly schema: Schema
  readonly description: string
  /** Within a kind of Kubernetes itself structs have names; within others they are all `Object`, but for the metadata. */
  readonly namesStructs: boolean
}

export interface DocumentedField extends Documented {
  readonly name: string
  readonly isRequired: boolean
}

/** The fields of an object, or of what a list or map holds; in the order of their names. */
export function fieldsWithin(place: Documented, descriptions: Descriptions): readonly DocumentedField[] {
  const schema = elementOf(place.schema)
  if (schema.type !== 'object') return []
  const texts = descriptions[definitionOf(schema) ?? ''] ?? {}
  return sortedKeys(schema.properties).flatMap((name) => {
    const inner = schema.properties[name]
    if (inner === undefined) return []
    const isMetadata = name === 'metadata' && definitionOf(inner) === 'meta/ObjectMeta'
    const namesStructs = place.namesStructs || isMetadata
    return [{name, schema: inner, description: texts[name] ?? commonText(name), isRequired: schema.required?.includes(name) ?? false, namesStructs}]
  })
}

/** What is said of a place: of the field, then of the struct it holds. */
export function descriptionOf({schema, description}: Documented, descriptions: Descriptions): string {
  const struct = elementOf(schema)
  const ofStruct = descriptions[definitionOf(struct) ?? '']?.[''] ?? ''
  return [description, ofStruct].filter((text) => text !== '').map((text) => `${text}\n`).join('')
}

/** What a list, a map, or a list of lists holds in the end. */
export function elementOf(schema: Schema): Schema {
  if (schema.type === 'array') return elementOf(schema.items)
  return schema.type === 'map' ? elementOf(schema.values) : schema
}

const SCALARS = {'string': 'string', 'integer': 'integer', 'number': 'number', 'boolean': 'boolean'} as const

/** `string`, `[]Container`, `map[string]Quantity`: as kubectl guesses types from an OpenAPI document. */
export function typeName({schema, namesStructs}: Pick<Documented, 'schema' | 'namesStructs'>): string {
  switch (schema.type) {
    case 'array':
      return `[]${typeName({schema: schema.items, namesStructs})}`
    case 'map':
      return `map[string]${typeName({schema: schema.values, namesStructs})}`
    case 'object':
      return structName(schema, namesStructs)
    case 'int-or-string':
      return namesStructs ? 'IntOrString' : 'Object'
    case 'any':
      return 'Object'
    case 'string':
      return namesStructs && schema.format === 'quantity' ? 'Quantity' : 'string'
    default:
      return SCALARS[schema.type]
  }
}

function structName(schema: Schema & {readonly type: 'object'}, namesStructs: boolean): string {
  return (namesStructs ? schema.goName : undefined) ?? (definitionOf(schema) === 'meta/ObjectMeta' ? 'ObjectMeta' : 'Object')
}

/** What the API server says of the fields that every object has. */
function commonText(name: string): string {
  return COMMON[name] ?? ''
}

const CONVENTIONS = 'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md'
const COMMON: Readonly<Record<string, string>> = {
  apiVersion: `The group and version of the API the object is written in, or the version alone for the core group. More info: ${CONVENTIONS}#resources`,
  kind: `The kind of object this is, in CamelCase; it cannot be changed. More info: ${CONVENTIONS}#types-kinds`,
  metadata: `The object's name, namespace, labels and annotations, and what the system keeps about it. More info: ${CONVENTIONS}#metadata`,
}
