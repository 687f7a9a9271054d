import type {FieldError} from '../api/field-error.js'
import type {Json, JsonObject, KubeObject} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'
import {customErrors, formatErrors} from '../api/schema/custom-errors.js'
import {goTypeError} from '../api/schema/go-type-error.js'
import {prune} from '../api/schema/prune.js'
import type {AnalyzedObject, ObjectSource} from './analyzed-object.js'
import {report, type FieldPath, type Finding} from './finding.js'

export interface Prepared {
  /** Absent where types are wrong, so that no rule could read it. */
  readonly subject?: AnalyzedObject
  readonly findings: readonly Finding[]
}

/**
 * An object of a file as the API server would store it, with what the API server would refuse. istioctl lets all of this pass: it never asks
 * the API server. `written` has its namespace already. A status stays as it is: whoever wrote it, it was no user.
 */
export function prepare(type: ResourceType, written: KubeObject, source: ObjectSource): Prepared {
  const asWritten = {object: written, source}
  const pruned = prune(type.schema, written as unknown as JsonObject)
  const {status} = written as KubeObject & {readonly status?: Json}
  const object = {...pruned.value, metadata: pruned.value['metadata'] ?? {}, ...(status === undefined ? {} : {status})} as unknown as KubeObject
  const unknown = pruned.unknown.filter((path) => !path.startsWith('status.')).map((path) => report(asWritten, 'TSHIFT0002', [path], parsePath(path)))
  const structural = structuralErrors(type, object)
  const findings = [...unknown, ...structural.map((error) => refused(asWritten, error))]
  if (structural.length > 0 && !isReadable(type, structural)) return {findings}
  const subject = {object: type.defaults(object), source}
  return {subject, findings: [...findings, ...type.validate(subject.object).map((error) => refused(asWritten, error))]}
}

/** Rules read Istio's kinds with care for what may be missing; defaults of other kinds count on their schema. */
function isReadable(type: ResourceType, errors: readonly FieldError[]): boolean {
  return type.admit !== undefined && errors.every(({reason}) => reason !== 'FieldValueTypeInvalid')
}

function structuralErrors(type: ResourceType, object: KubeObject): readonly FieldError[] {
  const value = object as unknown as JsonObject
  const decoding = goTypeError(type.builtin ? type.schema : metadataOf(type), value)
  if (decoding !== undefined) return [{field: '', reason: 'FieldValueTypeInvalid', message: decoding}]
  if (type.builtin) return []
  const violations = customErrors(type.schema, value)
  return violations.length > 0 ? violations : formatErrors(type.schema, value)
}

/** The one part of a custom object that is a Go struct. */
function metadataOf({schema}: ResourceType): ResourceType['schema'] {
  const metadata = schema.type === 'object' ? schema.properties['metadata'] : undefined
  return {type: 'object', properties: metadata === undefined ? {} : {metadata}}
}

function refused(subject: AnalyzedObject, {field, message}: FieldError): Finding {
  return report(subject, 'TSHIFT0001', [field === '' ? message : `${field}: ${message}`], parsePath(field))
}

/** `spec.tcp[0].route` as the way there; what it cannot take apart is looked for as far as it goes. */
function parsePath(path: string): FieldPath {
  return [...path.matchAll(/[^.[\]]+|\[(\d+)\]/g)].map(([name, index]) => (index === undefined ? name : Number(index)))
}
