import type {LabelSelector} from '../labels.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {defaultStatefulSet} from './default-stateful-set.js'
import type {ClaimTemplate} from './persistent-volume-claim.js'
import type {PodTemplate} from './pod-spec.js'
import {validateStatefulSet} from './validate-stateful-set.js'
import {containerColumns} from './workload.js'

export interface StatefulSet extends KubeObject {
  readonly spec: StatefulSetSpec
  readonly status?: StatefulSetStatus
}

export interface StatefulSetSpec {
  readonly replicas?: number
  readonly selector?: LabelSelector
  readonly template: PodTemplate
  readonly serviceName?: string
  readonly podManagementPolicy?: string
  readonly updateStrategy?: StatefulSetUpdateStrategy
  readonly minReadySeconds?: number
  readonly revisionHistoryLimit?: number
  readonly ordinals?: {readonly start?: number}
  readonly persistentVolumeClaimRetentionPolicy?: {readonly whenDeleted?: string; readonly whenScaled?: string}
  readonly volumeClaimTemplates?: readonly ClaimTemplate[]
}

export interface StatefulSetUpdateStrategy {
  readonly type?: string
  readonly rollingUpdate?: {readonly partition?: number; readonly maxUnavailable?: number | string}
}

export interface StatefulSetStatus {
  readonly observedGeneration?: number
  readonly replicas: number
  readonly readyReplicas?: number
  readonly currentReplicas?: number
  readonly updatedReplicas?: number
  readonly availableReplicas?: number
  /** The names of ControllerRevisions. */
  readonly currentRevision?: string
  readonly updateRevision?: string
  readonly collisionCount?: number
}

export const statefulSetType: ResourceType = {
  group: 'apps',
  version: 'v1',
  served: [{group: 'apps', version: 'v1'}],
  kind: 'StatefulSet',
  plural: 'statefulsets',
  singular: 'statefulset',
  shortNames: ['sts'],
  categories: ['all'],
  namespaced: true,
  builtin: true,
  hasGeneration: true,
  schema: schemaFor('StatefulSet'),
  columns: [
    {name: 'Ready', cell: ({spec, status}: StatefulSet) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 1}`},
    ageColumn,
    ...containerColumns,
  ],
  defaults: defaultStatefulSet,
  validate: (set: StatefulSet, previous?: StatefulSet) => validateStatefulSet(set, previous),
}
