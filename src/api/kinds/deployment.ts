import {forbidden, invalid, notSupported, type FieldError} from '../field-error.js'
import type {LabelSelector} from '../labels.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {defaultDeployment} from './default-deployment.js'
import {validateMeta} from './object-meta.js'
import {validateRollingUpdate} from './validate-rolling-update.js'
import type {PodTemplate} from './pod-spec.js'
import {notNegative} from './validate-pod-spec.js'
import {templateColumns, validateSelectorChange, validateWorkload} from './workload.js'

export interface Deployment extends KubeObject {
  readonly spec: DeploymentSpec
  readonly status?: DeploymentStatus
}

export interface DeploymentSpec {
  readonly replicas?: number
  readonly selector?: LabelSelector
  readonly template: PodTemplate
  readonly strategy?: DeploymentStrategy
  readonly minReadySeconds?: number
  readonly revisionHistoryLimit?: number
  readonly progressDeadlineSeconds?: number
  readonly paused?: boolean
}

export interface DeploymentStrategy {
  readonly type?: string
  readonly rollingUpdate?: {readonly maxSurge?: number | string; readonly maxUnavailable?: number | string}
}

export interface DeploymentStatus {
  readonly observedGeneration?: number
  readonly replicas?: number
  readonly updatedReplicas?: number
  readonly readyReplicas?: number
  readonly availableReplicas?: number
  readonly unavailableReplicas?: number
  /** How often the name of a new ReplicaSet was taken. */
  readonly collisionCount?: number
  readonly conditions?: readonly DeploymentCondition[]
}

export interface DeploymentCondition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
  readonly lastUpdateTime?: string
  readonly lastTransitionTime?: string
}

/** In the order of kubernetes `ValidateDeploymentSpec`. */
function validate(deployment: Deployment, previous?: Deployment): readonly FieldError[] {
  const {replicas = 0, strategy = {}, minReadySeconds = 0, revisionHistoryLimit = 0, progressDeadlineSeconds} = deployment.spec
  return [
    ...validateMeta(deployment, deploymentType),
    ...notNegative('spec.replicas', replicas),
    ...validateWorkload(deployment),
    ...validateStrategy(strategy),
    ...notNegative('spec.minReadySeconds', minReadySeconds),
    ...notNegative('spec.revisionHistoryLimit', revisionHistoryLimit),
    ...validateDeadline(progressDeadlineSeconds, minReadySeconds),
    ...validateSelectorChange(deployment, previous),
  ]
}

function validateStrategy({type = '', rollingUpdate}: DeploymentStrategy): readonly FieldError[] {
  if (type === 'RollingUpdate') return validateRollingUpdate(rollingUpdate ?? {})
  if (type !== 'Recreate') return [notSupported('spec.strategy.type', type, ['Recreate', 'RollingUpdate'])]
  return rollingUpdate === undefined ? [] : [forbidden('spec.strategy.rollingUpdate', "may not be specified when strategy `type` is 'Recreate'")]
}

function validateDeadline(seconds: number | undefined, minReadySeconds: number): readonly FieldError[] {
  if (seconds === undefined) return []
  const field = 'spec.progressDeadlineSeconds'
  return [...notNegative(field, seconds), ...(seconds <= minReadySeconds ? [invalid(field, seconds, 'must be greater than minReadySeconds')] : [])]
}

export const deploymentType: ResourceType = {
  group: 'apps',
  version: 'v1',
  served: [
    {group: 'apps', version: 'v1'},
    {group: 'apps', version: 'v1beta2'},
    {group: 'apps', version: 'v1beta1'},
    {group: 'extensions', version: 'v1beta1'},
  ],
  kind: 'Deployment',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  namespaced: true,
  builtin: true,
  hasGeneration: true,
  schema: schemaFor('Deployment'),
  columns: [
    {name: 'Ready', cell: ({spec, status}: Deployment) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 1}`},
    {name: 'Up-to-date', cell: ({status}: Deployment) => String(status?.updatedReplicas ?? 0)},
    {name: 'Available', cell: ({status}: Deployment) => String(status?.availableReplicas ?? 0)},
    ageColumn,
    ...templateColumns,
  ],
  defaults: defaultDeployment,
  validate,
}
