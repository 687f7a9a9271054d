import {formatSelector, selectorFromMap, type LabelSelector} from '../labels.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {defaultPodTemplate} from './default-pod-spec.js'
import {fill} from './fill.js'
import type {PodTemplate} from './pod-spec.js'
import {validateDaemonSet} from './validate-daemon-set.js'
import {templateColumns} from './workload.js'

export interface DaemonSet extends KubeObject {
  readonly spec: DaemonSetSpec
  readonly status?: DaemonSetStatus
}

export interface DaemonSetSpec {
  readonly selector?: LabelSelector
  readonly template: PodTemplate
  readonly updateStrategy?: DaemonSetUpdateStrategy
  readonly minReadySeconds?: number
  readonly revisionHistoryLimit?: number
}

export interface DaemonSetUpdateStrategy {
  readonly type?: string
  readonly rollingUpdate?: {readonly maxSurge?: number | string; readonly maxUnavailable?: number | string}
}

/** Numbers of nodes: here there is one. */
export interface DaemonSetStatus {
  readonly currentNumberScheduled: number
  readonly desiredNumberScheduled: number
  readonly numberMisscheduled: number
  readonly numberReady: number
  readonly updatedNumberScheduled?: number
  readonly numberAvailable?: number
  readonly numberUnavailable?: number
  readonly observedGeneration?: number
  readonly collisionCount?: number
}

const NONE: DaemonSetStatus = {currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0}

/** Source: kubernetes apps/v1 `SetDefaults_DaemonSet`. */
function defaults(written: DaemonSet): DaemonSet {
  const spec = written.spec ?? {template: {}}
  const filled = {...fill(spec, {revisionHistoryLimit: 10}), template: defaultPodTemplate(spec.template ?? {}), updateStrategy: defaultStrategy(spec.updateStrategy ?? {})}
  return fill({...written, spec: filled}, {status: NONE})
}

function defaultStrategy({type = 'RollingUpdate', rollingUpdate}: DaemonSetUpdateStrategy): DaemonSetUpdateStrategy {
  if (type !== 'RollingUpdate') return {...(rollingUpdate && {rollingUpdate}), type}
  return {rollingUpdate: fill(rollingUpdate ?? {}, {maxSurge: 0, maxUnavailable: 1}), type}
}

function count(name: string, field: keyof DaemonSetStatus) {
  return {name, cell: ({status}: DaemonSet) => String(status?.[field] ?? 0)}
}

export const daemonSetType: ResourceType = {
  group: 'apps',
  version: 'v1',
  served: [{group: 'apps', version: 'v1'}],
  kind: 'DaemonSet',
  plural: 'daemonsets',
  singular: 'daemonset',
  shortNames: ['ds'],
  categories: ['all'],
  namespaced: true,
  builtin: true,
  hasGeneration: true,
  schema: schemaFor('DaemonSet'),
  columns: [
    count('Desired', 'desiredNumberScheduled'),
    count('Current', 'currentNumberScheduled'),
    count('Ready', 'numberReady'),
    count('Up-to-date', 'updatedNumberScheduled'),
    count('Available', 'numberAvailable'),
    {name: 'Node Selector', cell: ({spec}: DaemonSet) => formatSelector(selectorFromMap(spec.template.spec?.nodeSelector ?? {})) || '<none>'},
    ageColumn,
    ...templateColumns,
  ],
  defaults,
  validate: (set: DaemonSet, previous?: DaemonSet) => validateDaemonSet(set, previous),
}
