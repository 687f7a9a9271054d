import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {admitServiceEntry} from './istio/admit-service-entry.js'
import {listCell} from './list-cell.js'
import {validateServiceEntry} from './istio/service-entry-rules.js'
import {istioVersions} from './istio/versions.js'
import {validateMeta} from './object-meta.js'
import type {Workload} from './workload-entry.js'

export interface ServiceEntry extends KubeObject {
  readonly spec: {
    readonly hosts: readonly string[]
    readonly addresses?: readonly string[]
    readonly ports?: readonly ServiceEntryPort[]
    readonly location?: string
    /** NONE where none is given. */
    readonly resolution?: string
    readonly endpoints?: readonly Workload[]
    readonly workloadSelector?: {readonly labels?: Readonly<Record<string, string>>}
    readonly exportTo?: readonly string[]
    readonly subjectAltNames?: readonly string[]
  }
}

export interface ServiceEntryPort {
  readonly number: number
  readonly name: string
  readonly protocol?: string
  readonly targetPort?: number
}

export const serviceEntryType: ResourceType = {
  ...istioVersions,
  kind: 'ServiceEntry',
  plural: 'serviceentries',
  singular: 'serviceentry',
  shortNames: ['se'],
  schema: schemaFor('ServiceEntry'),
  columns: [
    {name: 'Hosts', cell: ({spec}: ServiceEntry) => listCell(spec?.hosts)},
    {name: 'Location', cell: ({spec}: ServiceEntry) => spec?.location ?? ''},
    {name: 'Resolution', cell: ({spec}: ServiceEntry) => spec?.resolution ?? ''},
    ageColumn,
  ],
  validate: (entry: ServiceEntry) => [...validateMeta(entry, {namespaced: true}), ...validateServiceEntry(entry)],
  admit: admitServiceEntry,
}
