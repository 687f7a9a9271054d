import generated from './generated.json' with {type: 'json'}
import type {Schema} from './schema.js'

type Kind = keyof typeof generated.kinds

interface Definition {
  readonly goName?: string
  readonly properties: Readonly<Record<string, string>>
  readonly required?: readonly string[]
}

const definitions: Readonly<Record<string, Definition>> = generated.definitions
const resolved = new Map<string, Schema>()

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

function reference(name: string): Schema {
  const known = resolved.get(name)
  if (known !== undefined) return known
  const definition = definitions[name]
  if (definition === undefined) throw new Error(`no definition of ${name} in generated.json`)
  const schema = objectSchema(definition)
  resolved.set(name, schema)
  return schema
}

function objectSchema({goName, required, properties: written}: Definition): Schema {
  let properties: Readonly<Record<string, Schema>> | undefined
  return {
    type: 'object',
    ...(goName === undefined ? {} : {goName}),
    ...(required === undefined ? {} : {required}),
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

/** The notation of generated.json: `[]T`, `{}T`, `#definition`, `=A|B` (one of), `int32(0..10)` (range), each string with `@Go.Type`. */
function parseType(text: string): Schema {
  if (text.startsWith('[]')) return {type: 'array', items: parseType(text.slice(2))}
  if (text.startsWith('{}')) return {type: 'map', values: parseType(text.slice(2))}
  if (text.startsWith('#')) return reference(text.slice(1))
  const [word = '', goName] = text.split('@')
  const go = goName === undefined ? {} : {goName}
  if (word.startsWith('=')) return {type: 'string', enum: word.slice(1).split('|'), ...go}
  const [, name = word, minimum = '', maximum = ''] = /^(\w+)\((-?\d*)\.\.(\d*)\)$/.exec(word) ?? []
  const scalar = SCALARS[name]
  if (scalar === undefined) throw new Error(`generated.json has a type this program does not know: ${text}`)
  return {...scalar, ...go, ...(minimum === '' ? {} : {minimum: Number(minimum)}), ...(maximum === '' ? {} : {maximum: Number(maximum)})} as Schema
}
