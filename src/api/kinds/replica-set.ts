import type {FieldError} from '../field-error.js'
import type {LabelSelector} from '../labels.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {defaultPodTemplate} from './default-pod-spec.js'
import {fill, mapField} from './fill.js'
import {validateMeta} from './object-meta.js'
import type {PodTemplate} from './pod-spec.js'
import {notNegative} from './validate-pod-spec.js'
import {templateColumns, validateSelectorChange, validateWorkload} from './workload.js'

export interface ReplicaSet extends KubeObject {
  readonly spec: {
    readonly replicas?: number
    readonly minReadySeconds?: number
    readonly selector?: LabelSelector
    readonly template?: PodTemplate
  }
  readonly status?: ReplicaSetStatus
}

export interface ReplicaSetStatus {
  readonly replicas: number
  readonly fullyLabeledReplicas?: number
  readonly readyReplicas?: number
  readonly availableReplicas?: number
  readonly observedGeneration?: number
}

function defaults(replicaSet: ReplicaSet): ReplicaSet {
  const spec = mapField(replicaSet.spec ?? {}, 'template', defaultPodTemplate)
  return fill({...replicaSet, apiVersion: 'apps/v1', spec: fill(spec, {replicas: 1})}, {status: {replicas: 0}})
}

function validate(replicaSet: ReplicaSet, previous?: ReplicaSet): readonly FieldError[] {
  const {replicas = 0, minReadySeconds = 0} = replicaSet.spec
  return [
    ...validateMeta(replicaSet, replicaSetType),
    ...notNegative('spec.replicas', replicas),
    ...notNegative('spec.minReadySeconds', minReadySeconds),
    ...validateWorkload(replicaSet),
    ...validateSelectorChange(replicaSet, previous),
  ]
}

export const replicaSetType: ResourceType = {
  group: 'apps',
  version: 'v1',
  served: [{group: 'apps', version: 'v1'}],
  kind: 'ReplicaSet',
  plural: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  categories: ['all'],
  namespaced: true,
  builtin: true,
  hasGeneration: true,
  schema: schemaFor('ReplicaSet'),
  columns: [
    {name: 'Desired', cell: ({spec}: ReplicaSet) => String(spec.replicas ?? 1)},
    {name: 'Current', cell: ({status}: ReplicaSet) => String(status?.replicas ?? 0)},
    {name: 'Ready', cell: ({status}: ReplicaSet) => String(status?.readyReplicas ?? 0)},
    ageColumn,
    ...templateColumns,
  ],
  defaults,
  validate,
}
