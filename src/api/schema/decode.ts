import {invalid, invalidObject, type FieldError} from '../field-error.js'
import {isJsonObject, type JsonObject, type KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {StatusError} from '../status-error.js'
import {customErrors, formatErrors} from './custom-errors.js'
import {goTypeError} from './go-type-error.js'
import {prune} from './prune.js'
import type {Schema} from './schema.js'

/** Violations after which the server does not look at the rules of a CRD (apiextensions-apiserver `hasBlockingErr`). */
const BLOCKING: ReadonlySet<FieldError['reason']> = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
])
const UNCHECKED = invalid(
  '<nil>',
  null,
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
)

/** What becomes of fields that do not exist: the object is refused, the user is told, or they are dropped in silence. */
export type UnknownFields = 'Strict' | 'Warn' | 'Ignore'

export interface Decoded {
  /** Without nulls and unknown fields. */
  readonly object: KubeObject
  readonly warnings: readonly string[]
}

/**
 * Takes an object as someone wrote it to one that fits its kind's schema. Throws BadRequest for unknown fields (Strict) and for values
 * Go could not decode; for custom kinds Invalid with every violation of their schema. The version in messages is the one written.
 */
export function decodeObject(type: ResourceType, written: KubeObject, unknownFields: UnknownFields = 'Strict'): Decoded {
  const schema = type.olderSchemas?.[versionOf(written)] ?? type.schema
  const typeError = goTypeError(type.builtin ? schema : metadataOnly(schema), written as unknown as JsonObject)
  if (typeError !== undefined) throw badRequest(type, written, typeError)
  const {value, unknown} = prune(schema, written as unknown as JsonObject)
  const warnings = [...unknown].sort().map((path) => `unknown field ${JSON.stringify(path)}`)
  if (unknownFields === 'Strict' && warnings.length > 0) throw badRequest(type, written, `strict decoding error: ${warnings.join(', ')}`)
  const object = {...value, metadata: isJsonObject(value['metadata']) ? value['metadata'] : {}} as unknown as KubeObject
  if (!type.builtin) checkCustom(type, schema, object)
  return {object, warnings: unknownFields === 'Warn' ? warnings : []}
}

/** The one part of a custom object that is a Go struct. */
function metadataOnly(schema: Schema): Schema {
  const metadata = schema.type === 'object' ? schema.properties['metadata'] : undefined
  return {type: 'object', properties: metadata === undefined ? {} : {metadata}}
}

function checkCustom(type: ResourceType, schema: Schema, object: KubeObject): void {
  const value = object as unknown as JsonObject
  const violations = customErrors(schema, value)
  const unchecked = type.hasRules === true && violations.some(({reason}) => BLOCKING.has(reason)) ? [UNCHECKED] : []
  const errors = violations.length > 0 ? [...violations, ...unchecked] : formatErrors(schema, value)
  if (errors.length > 0) throw invalidObject(type, object.metadata.name ?? '', errors)
}

function badRequest(type: ResourceType, written: KubeObject, reason: string): StatusError {
  return new StatusError('BadRequest', `${type.kind} in version "${versionOf(written)}" cannot be handled as a ${type.kind}: ${reason}`)
}

function versionOf({apiVersion}: KubeObject): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1)
}
