import {invalid, required, type FieldError} from '../field-error.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {validateMeta} from './object-meta.js'
import {validateFrozen, validateKeys, validateSize} from './validate-data.js'

export interface Secret extends KubeObject {
  readonly type?: string
  /** Values in base64. */
  readonly data?: Readonly<Record<string, string>>
  /** Plain values, for writing only: they go into `data`. */
  readonly stringData?: Readonly<Record<string, string>>
  readonly immutable?: boolean
}

/** What secrets of the well-known types must have in them. */
const REQUIRED_KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/basic-auth': ['username', 'password'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
}

const ACCOUNT = 'kubernetes.io/service-account.name'

function defaults(secret: Secret): Secret {
  const {stringData, ...rest} = secret
  const typed = {...rest, type: secret.type === undefined || secret.type === '' ? 'Opaque' : secret.type}
  if (stringData === undefined) return typed
  const encoded = Object.entries(stringData).map(([key, value]) => [key, Buffer.from(value).toString('base64')] as const)
  return {...typed, data: {...secret.data, ...Object.fromEntries(encoded)}}
}

function validate(secret: Secret, previous?: Secret): readonly FieldError[] {
  const {data = {}, type = ''} = secret
  const bytes = Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value, 'base64'), 0)
  return [
    ...validateMeta(secret, {namespaced: true}),
    ...(previous === undefined || previous.type === type ? [] : [invalid('type', type, 'field is immutable')]),
    ...validateKeys(data, 'data'),
    ...validateSize(bytes, 'data'),
    ...validateType(secret),
    ...validateFrozen(secret, previous, ['data']),
  ]
}

/** What the well-known types ask for. Nobody checks here that a certificate fits its key: that shows where it is used. */
function validateType({type = '', data = {}, metadata}: Secret): readonly FieldError[] {
  const missing = (REQUIRED_KEYS[type] ?? []).filter((key) => data[key] === undefined)
  const keys = type === 'kubernetes.io/basic-auth' && missing.length < 2 ? [] : missing // either is enough
  const lacksAccount = type === 'kubernetes.io/service-account-token' && (metadata.annotations?.[ACCOUNT] ?? '') === ''
  return [...(lacksAccount ? [required(`metadata.annotations[${ACCOUNT}]`)] : []), ...keys.map((key) => required(`data[${key}]`))]
}

export const secretType: ResourceType = {
  group: '',
  version: 'v1',
  served: [{group: '', version: 'v1'}],
  kind: 'Secret',
  plural: 'secrets',
  singular: 'secret',
  shortNames: [],
  categories: [],
  namespaced: true,
  builtin: true,
  hasGeneration: false,
  schema: schemaFor('Secret'),
  columns: [{name: 'Type', cell: ({type = ''}: Secret) => type}, {name: 'Data', cell: ({data = {}}: Secret) => String(Object.keys(data).length)}, ageColumn],
  defaults,
  validate,
}
