import {isJsonObject, type Json, type KubeObject} from './object.js'
import type {ResourceType} from './resource-type.js'
import {StatusError} from './status-error.js'

/** Whether an object has the fields that were asked for. */
export type FieldSelector = (object: KubeObject) => boolean

interface Term {
  readonly field: string
  readonly isNegated: boolean
  readonly value: string
}

/** What besides name and namespace can be asked for, by kind. Source: Kubernetes' field label conversions and registry strategies. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    ...['spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName', 'spec.hostNetwork'],
    ...['status.phase', 'status.podIP', 'status.podIPs', 'status.nominatedNodeName'],
  ],
  Event: [
    ...['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map((field) => `involvedObject.${field}`),
    ...['reason', 'reportingComponent', 'source', 'type'],
  ],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  Secret: ['type'],
  Service: ['spec.clusterIP', 'spec.type'],
  ReplicaSet: ['status.replicas'],
  ReplicationController: ['status.replicas'],
  Job: ['status.successful'],
}

/**
 * Reads `--field-selector` for one type: `status.phase=Running,metadata.name!=x`.
 * Throws a BadRequest in the API server's words for what cannot be read and for fields the type cannot be asked for.
 */
export function parseFieldSelector(text: string, type: ResourceType): FieldSelector {
  const terms = text.split(/(?<!\\),/).flatMap((part) => (part === '' ? [] : [parseTerm(part, text)]))
  const unknown = terms.find(({field}) => !fieldsOf(type).includes(field))
  if (unknown !== undefined) throw new StatusError('BadRequest', notSupported(unknown.field, type))
  return (object) => terms.every(({field, isNegated, value}) => (valueOf(object, field) === value) !== isNegated)
}

/** Source: apimachinery `fields.splitTerm`. */
function parseTerm(part: string, whole: string): Term {
  const [, field, operator, value] = /^((?:\\.|[^\\!=])*?)(!=|==|=)(.*)$/s.exec(part) ?? []
  if (field === undefined || value === undefined) throw new StatusError('BadRequest', `invalid selector: '${whole}'; can't understand '${part}'`)
  return {field, isNegated: operator === '!=', value: value.replace(/\\([\\,=])/g, '$1')}
}

function fieldsOf(type: ResourceType): readonly string[] {
  return ['metadata.name', ...(type.namespaced || type.builtin ? ['metadata.namespace'] : []), ...(type.builtin ? (FIELDS[type.kind] ?? []) : [])]
}

function notSupported(field: string, type: ResourceType): string {
  const hasOwnWords = !type.builtin || type.kind in FIELDS
  return hasOwnWords
    ? `field label not supported: ${field}`
    : `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`
}

/** A field that is not there is the empty text, or the zero of its type. */
function valueOf(object: KubeObject, field: string): string {
  if (object.kind === 'Event' && field === 'source') return textAt(object, 'source.component') || textAt(object, 'reportingComponent')
  if (field === 'status.podIPs') return textAt(object, 'status.podIP')
  if (field === 'status.successful') return textAt(object, 'status.succeeded') || '0' // kubernetes batch/v1 JobToSelectableFields
  const text = textAt(object, field)
  if (text !== '') return text
  if (field === 'spec.unschedulable' || field === 'spec.hostNetwork') return 'false'
  return field === 'status.replicas' ? '0' : ''
}

function textAt(object: KubeObject, path: string): string {
  const value = path.split('.').reduce<Json | undefined>((inside, key) => (isJsonObject(inside) ? inside[key] : undefined), object as unknown as Json)
  return value === undefined || value === null ? '' : String(value)
}
