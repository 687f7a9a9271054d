import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {istioVersions} from './istio/versions.js'
import {validateMeta} from './object-meta.js'
import type {Workload} from './workload-entry.js'

/** A template of WorkloadEntries for machines that register themselves. None does here: it is stored. */
export interface WorkloadGroup extends KubeObject {
  readonly spec: {
    readonly metadata?: {readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>>}
    readonly template: Workload
    readonly probe?: WorkloadProbe
  }
}

export interface WorkloadProbe {
  readonly initialDelaySeconds?: number
  readonly timeoutSeconds?: number
  readonly periodSeconds?: number
  readonly successThreshold?: number
  readonly failureThreshold?: number
  readonly httpGet?: HttpProbe
  readonly tcpSocket?: {readonly host?: string; readonly port?: number}
  readonly exec?: {readonly command?: readonly string[]}
  readonly grpc?: {readonly port?: number; readonly service?: string}
}

export interface HttpProbe {
  readonly path?: string
  readonly port?: number
  readonly host?: string
  readonly scheme?: string
  readonly httpHeaders?: readonly {readonly name?: string; readonly value?: string}[]
}

export const workloadGroupType: ResourceType = {
  ...istioVersions,
  kind: 'WorkloadGroup',
  plural: 'workloadgroups',
  singular: 'workloadgroup',
  shortNames: ['wg'],
  schema: schemaFor('WorkloadGroup'),
  columns: [ageColumn],
  validate: (group) => validateMeta(group, {namespaced: true}),
}
