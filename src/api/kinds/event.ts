import {formatAge} from '../age.js'
import {invalid, type FieldError} from '../field-error.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {validateMeta} from './object-meta.js'

export interface Event extends KubeObject {
  readonly involvedObject: {
    readonly apiVersion?: string
    readonly kind?: string
    readonly name?: string
    readonly namespace?: string
    readonly uid?: string
    readonly fieldPath?: string
    readonly resourceVersion?: string
  }
  readonly type?: string
  readonly reason?: string
  readonly message?: string
  readonly source?: {readonly component?: string; readonly host?: string}
  readonly reportingComponent?: string
  readonly reportingInstance?: string
  readonly count?: number
  readonly eventTime?: string | null
  readonly firstTimestamp?: string
  readonly lastTimestamp?: string
  readonly series?: {readonly count?: number; readonly lastObservedTime?: string}
}

function validate(event: Event): readonly FieldError[] {
  const {namespace = ''} = event.involvedObject ?? {}
  const own = event.metadata.namespace ?? ''
  const belongs = namespace === own || (namespace === '' && own === 'default')
  return [...validateMeta(event, {namespaced: true}), ...(belongs ? [] : [invalid('involvedObject.namespace', namespace, 'does not match event.namespace')])]
}

function firstSeen({firstTimestamp, eventTime}: Event): string | undefined {
  return firstTimestamp ?? eventTime ?? undefined
}

function lastSeen(event: Event): string | undefined {
  return event.series?.lastObservedTime ?? event.lastTimestamp ?? firstSeen(event)
}

function formatObject({involvedObject: {kind = '', name = ''}}: Event): string {
  return name === '' ? kind.toLowerCase() : `${kind.toLowerCase()}/${name}`
}

function formatSource({source, reportingComponent = '', reportingInstance = ''}: Event): string {
  const component = source?.component || reportingComponent
  const host = source?.host || reportingInstance
  return [component, host].filter((part) => part !== '').join(', ')
}

/** Kubernetes prints the name last, and only in wide tables. */
export const eventType: ResourceType = {
  group: '',
  version: 'v1',
  served: [{group: '', version: 'v1'}],
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  categories: [],
  namespaced: true,
  builtin: true,
  hasGeneration: false,
  schema: schemaFor('Event'),
  columns: [
    {name: 'Last Seen', cell: (event: Event, nowMs) => formatAge(lastSeen(event), nowMs)},
    {name: 'Type', cell: ({type = ''}: Event) => type},
    {name: 'Reason', cell: ({reason = ''}: Event) => reason},
    {name: 'Object', cell: formatObject},
    {name: 'Subobject', wide: true, cell: ({involvedObject}: Event) => involvedObject.fieldPath ?? ''},
    {name: 'Source', wide: true, cell: formatSource},
    {name: 'Message', cell: ({message = ''}: Event) => message.trim()},
    {name: 'First Seen', wide: true, cell: (event: Event, nowMs) => formatAge(firstSeen(event), nowMs)},
    {name: 'Count', wide: true, cell: ({series, count}: Event) => String(series?.count ?? (count || 1))},
    {name: 'Name', wide: true, cell: ({metadata}) => metadata.name},
  ],
  defaults: (event) => event,
  validate,
}
