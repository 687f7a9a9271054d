import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {admitWorkloadEntry} from './istio/admit-workload-entry.js'
import {istioVersions} from './istio/versions.js'
import {validateWorkload} from './istio/workload-rules.js'
import {validateMeta} from './object-meta.js'

export interface WorkloadEntry extends KubeObject {
  readonly spec: Workload
}

/** A server outside the cluster: an object of its own, an endpoint of a ServiceEntry, or the template of a WorkloadGroup. */
export interface Workload {
  /** An IP address, a host name, or `unix:///path`. */
  readonly address?: string
  readonly ports?: Readonly<Record<string, number>>
  readonly labels?: Readonly<Record<string, string>>
  readonly network?: string
  readonly locality?: string
  readonly weight?: number
  readonly serviceAccount?: string
}

export const workloadEntryType: ResourceType = {
  ...istioVersions,
  kind: 'WorkloadEntry',
  plural: 'workloadentries',
  singular: 'workloadentry',
  shortNames: ['we'],
  schema: schemaFor('WorkloadEntry'),
  columns: [ageColumn, {name: 'Address', cell: ({spec}: WorkloadEntry) => spec?.address ?? ''}],
  validate: (entry: WorkloadEntry) => [...validateMeta(entry, {namespaced: true}), ...validateWorkload(entry.spec, 'spec', {needsAddress: true})],
  admit: admitWorkloadEntry,
}
