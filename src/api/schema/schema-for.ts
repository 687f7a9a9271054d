import generated from './generated.json' with {type: 'json'}
import type {JsonObject} from '../object.js'
import type {Schema, Size} from './schema.js'

type Kind = keyof typeof generated.kinds

interface Definition {
  readonly goName?: string
  readonly properties: Readonly<Record<string, string>>
  readonly required?: readonly string[]
  readonly defaults?: JsonObject
}

const definitions: Readonly<Record<string, Definition>> = generated.definitions
const resolved = new Map<string, Schema>()
const names = new WeakMap<Schema, string>()

const SCALARS: Readonly<Record<string, Schema>> = {
  'any': {type: 'any'},
  'boolean': {type: 'boolean'},
  'byte': {type: 'string', format: 'byte'},
  'date-time': {type: 'string', format: 'date-time'},
  'int-or-string': {type: 'int-or-string'},
  'int32': {type: 'integer', format: 'int32'},
  'int64': {type: 'integer', format: 'int64'},
  'integer': {type: 'integer'},
  'number': {type: 'number'},
  'quantity': {type: 'string', format: 'quantity'},
  'string': {type: 'string'},
}

/** The schema of a kind. Definitions are built when they are first looked at: a verb pays for the kinds it meets. */
export function schemaFor(kind: Kind): Schema {
  return reference(generated.kinds[kind])
}

/** The name under which a schema's descriptions are kept; undefined for one that was not generated. */
export function definitionOf(schema: Schema): string | undefined {
  return names.get(schema)
}

function reference(name: string): Schema {
  const known = resolved.get(name)
  if (known !== undefined) return known
  const definition = definitions[name]
  if (definition === undefined) throw new Error(`no definition of ${name} in generated.json`)
  const schema = objectSchema(definition)
  resolved.set(name, schema)
  names.set(schema, name)
  return schema
}

function objectSchema({goName, required, defaults, properties: written}: Definition): Schema {
  let properties: Readonly<Record<string, Schema>> | undefined
  return {
    type: 'object',
    ...(goName === undefined ? {} : {goName}),
    ...(required === undefined ? {} : {required}),
    ...(defaults === undefined ? {} : {defaults}),
    get properties() {
      // without a prototype: a field called toString is an unknown one
      properties ??= Object.assign(Object.create(null), Object.fromEntries(Object.entries(written).map(([name, text]) => [name, parseType(text)]))) as Record<
        string,
        Schema
      >
      return properties
    },
  }
}

const COLLECTION = /^(?:\[(?<items>[^\]]*)\]|\{(?<values>[^}]*)\})(?<rest>.*)$/
const SCALAR = /^(?<name>[\w-]+)(?:\((?<minimum>-?\d*)\.\.(?<maximum>\d*)\))?(?:\/(?<pattern>.*)\/)?(?:@(?<goName>.*))?$/

/**
 * The notation of generated.json: `[]T`, `{}T`, `[1..16]T` (limited in size), `#definition`, `=A|B` (one of), `int32(0..10)` (range),
 * `string(1..253)/^pattern$/` (length), each string with `@Go.Type`.
 */
function parseType(text: string): Schema {
  const {items, values, rest = ''} = COLLECTION.exec(text)?.groups ?? {}
  if (items !== undefined) return {type: 'array', items: parseType(rest), ...parseSize(items)}
  if (values !== undefined) return {type: 'map', values: parseType(rest), ...parseSize(values)}
  if (text.startsWith('#')) return reference(text.slice(1))
  return text.startsWith('=') ? parseEnum(text.slice(1)) : parseScalar(text)
}

function parseSize(text: string): Size {
  const [minimum = '', maximum = ''] = text.split('..')
  return {...(minimum === '' ? {} : {minItems: Number(minimum)}), ...(maximum === '' ? {} : {maxItems: Number(maximum)})}
}

function parseEnum(text: string): Schema {
  const [words = '', goName] = text.split('@')
  return {type: 'string', enum: words.split('|'), ...(goName === undefined ? {} : {goName})}
}

function parseScalar(text: string): Schema {
  const {name = '', minimum = '', maximum = '', pattern, goName} = SCALAR.exec(text)?.groups ?? {}
  const scalar = SCALARS[name]
  if (scalar === undefined) throw new Error(`generated.json has a type this program does not know: ${text}`)
  const [low, high] = scalar.type === 'string' ? ['minLength', 'maxLength'] : ['minimum', 'maximum']
  return {
    ...scalar,
    ...(goName === undefined ? {} : {goName}),
    ...(minimum === '' ? {} : {[low]: Number(minimum)}),
    ...(maximum === '' ? {} : {[high]: Number(maximum)}),
    ...(pattern === undefined ? {} : {pattern}),
  }
}
