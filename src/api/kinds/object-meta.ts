import {invalid, required, forbidden, type FieldError} from '../field-error.js'
import type {KubeObject} from '../object.js'
import {dns1123Label, dns1123Subdomain, labelKey, labelValue, qualifiedName, type NameRule} from '../names.js'

const MAX_ANNOTATION_BYTES = 256 * 1024

export interface MetaRules {
  readonly namespaced: boolean
  /** What names of this kind must look like. */
  readonly name?: NameRule
}

/** What is wrong with an object's metadata, in the order of apimachinery `ValidateObjectMetaAccessor`. */
export function validateMeta({metadata}: KubeObject, {namespaced, name: rule = dns1123Subdomain}: MetaRules): readonly FieldError[] {
  const {name, generateName, namespace, labels = {}, annotations = {}, finalizers = []} = metadata
  return [
    ...(generateName === undefined || generateName === '' ? [] : broken('metadata.generateName', generateName, rule, generateName.replace(/-$/, ''))),
    ...(name === undefined || name === '' ? [required('metadata.name', 'name or generateName is required')] : broken('metadata.name', name, rule)),
    ...(namespaced ? validateNamespace(namespace) : namespace === undefined ? [] : [forbidden('metadata.namespace', 'not allowed on this type')]),
    ...validateLabels(labels, 'metadata.labels'),
    ...validateAnnotations(annotations, 'metadata.annotations'),
    ...finalizers.flatMap((finalizer) => broken('metadata.finalizers', finalizer, qualifiedName)),
  ]
}

function validateNamespace(namespace: string | undefined): readonly FieldError[] {
  return namespace === undefined || namespace === '' ? [required('metadata.namespace')] : broken('metadata.namespace', namespace, dns1123Label)
}

/** Every complaint of a rule about a value, as errors of the field; `checked` where the rule looks at a part of the value. */
export function broken(field: string, value: string, rule: NameRule, checked = value): readonly FieldError[] {
  return rule(checked).map((text) => invalid(field, value, text))
}

export function validateLabels(labels: Readonly<Record<string, string>>, field: string): readonly FieldError[] {
  return Object.entries(labels).flatMap(([key, value]) => [...broken(field, key, labelKey), ...broken(field, value, labelValue)])
}

/** What the API server refuses of annotations: keys, and more than 256 KiB of all together (apimachinery ValidateAnnotations). */
export function validateAnnotations(annotations: Readonly<Record<string, string>>, field: string): readonly FieldError[] {
  const entries = Object.entries(annotations)
  const bytes = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0)
  const tooLong: FieldError = {field, reason: 'FieldValueTooLong', message: `Too long: may not be more than ${MAX_ANNOTATION_BYTES} bytes`}
  return [...entries.flatMap(([key]) => broken(field, key, qualifiedName, key.toLowerCase())), ...(bytes > MAX_ANNOTATION_BYTES ? [tooLong] : [])]
}
