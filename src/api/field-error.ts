import {StatusError, type StatusCause} from './status-error.js'
import type {ResourceType} from './resource-type.js'

/** One thing wrong with one field. `message` is the API server's `<Type>: <bad value>: <detail>`, without the path. */
export interface FieldError {
  /** e.g. `spec.tcp[0].route[0].weight` */
  readonly field: string
  readonly reason:
    | 'FieldValueInvalid'
    | 'FieldValueRequired'
    | 'FieldValueNotSupported'
    | 'FieldValueDuplicate'
    | 'FieldValueForbidden'
    | 'FieldValueTypeInvalid'
    | 'FieldValueTooLong'
    | 'FieldValueTooMany'
  readonly message: string
}

/** Strings quoted as Go's %q, numbers and booleans plain, everything else as JSON. */
function show(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)
}

export const required = (field: string, detail = ''): FieldError => ({
  field,
  reason: 'FieldValueRequired',
  message: detail === '' ? 'Required value' : `Required value: ${detail}`,
})

export const invalid = (field: string, value: unknown, detail: string): FieldError => ({
  field,
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${show(value)}: ${detail}`,
})

export const notSupported = (field: string, value: unknown, supported: readonly string[]): FieldError => ({
  field,
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: ${show(value)}: supported values: ${supported.map((one) => JSON.stringify(one)).join(', ')}`,
})

export const duplicate = (field: string, value: unknown): FieldError => ({
  field,
  reason: 'FieldValueDuplicate',
  message: `Duplicate value: ${show(value)}`,
})

export const forbidden = (field: string, detail: string): FieldError => ({
  field,
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${detail}`,
})

/** A rule of a CustomResourceDefinition over an object or a list: their values are left out. */
export const ruleBroken = (field: string, message: string): FieldError => ({
  field,
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${message}`,
})

export const tooLong = (field: string, maxBytes: number): FieldError => ({
  field,
  reason: 'FieldValueTooLong',
  message: `Too long: may not be more than ${maxBytes} bytes`,
})

export const tooMany = (field: string, count: number, most: number): FieldError => ({
  field,
  reason: 'FieldValueTooMany',
  message: `Too many: ${count}: must have at most ${most} item${most === 1 ? '' : 's'}`,
})

/** The `Invalid` Status for a list of field errors: `Deployment.apps "x" is invalid: [f: m, f: m]`. */
export function invalidObject(type: Pick<ResourceType, 'group' | 'kind'>, name: string, errors: readonly FieldError[]): StatusError {
  const qualifiedKind = type.group === '' ? type.kind : `${type.kind}.${type.group}`
  const list = errors.map((error) => `${error.field}: ${error.message}`)
  const text = list.length === 1 ? list[0] : `[${list.join(', ')}]`
  const causes: StatusCause[] = errors.map(({field, reason, message}) => ({field, reason, message}))
  return new StatusError('Invalid', `${qualifiedKind} "${name}" is invalid: ${text}`, {name, group: type.group, kind: type.kind, causes})
}
