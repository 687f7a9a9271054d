import {formatDuration} from '../age.js'
import type {LabelSelector} from '../labels.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {defaultJob, withGeneratedSelector} from './default-job.js'
import type {PodTemplate} from './pod-spec.js'
import {validateJob} from './validate-job.js'
import {templateColumns} from './workload.js'

export interface Job extends KubeObject {
  readonly spec: JobSpec
  readonly status?: JobStatus
}

export interface JobSpec {
  readonly template: PodTemplate
  readonly selector?: LabelSelector
  readonly manualSelector?: boolean
  readonly parallelism?: number
  readonly completions?: number
  readonly completionMode?: string
  readonly backoffLimit?: number
  readonly activeDeadlineSeconds?: number
  readonly ttlSecondsAfterFinished?: number
  readonly suspend?: boolean
  readonly podReplacementPolicy?: string
  /** These have no effect here. */
  readonly backoffLimitPerIndex?: number
  readonly maxFailedIndexes?: number
  readonly podFailurePolicy?: object
  readonly successPolicy?: object
  readonly managedBy?: string
}

export interface JobStatus {
  readonly active?: number
  readonly completedIndexes?: string
  readonly completionTime?: string
  readonly conditions?: readonly JobCondition[]
  readonly failed?: number
  readonly ready?: number
  readonly startTime?: string
  readonly succeeded?: number
  readonly terminating?: number
  /** Pods that have ended and are not counted yet, by uid: they are once nothing holds them any more. */
  readonly uncountedTerminatedPods?: {readonly failed?: readonly string[]; readonly succeeded?: readonly string[]}
}

export interface JobCondition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
  readonly lastProbeTime?: string
  readonly lastTransitionTime?: string
}

export function hasCondition({status}: Job, type: string): boolean {
  return status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false
}

export function isFinished(job: Job): boolean {
  return hasCondition(job, 'Complete') || hasCondition(job, 'Failed')
}

/** Source: kubernetes printers.go `printJob`. */
function stateOf(job: Job): string {
  if (isFinished(job)) return hasCondition(job, 'Complete') ? 'Complete' : 'Failed'
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating'
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find((type) => hasCondition(job, type)) ?? 'Running'
}

function completionsOf({spec, status}: Job): string {
  const {completions, parallelism = 0} = spec
  const wanted = completions === undefined ? (parallelism > 1 ? `1 of ${parallelism}` : '1') : String(completions)
  return `${status?.succeeded ?? 0}/${wanted}`
}

function durationOf({status}: Job, nowMs: number): string {
  const {startTime, completionTime} = status ?? {}
  if (startTime === undefined) return ''
  return formatDuration((completionTime === undefined ? nowMs : Date.parse(completionTime)) - Date.parse(startTime))
}

const UNKNOWN_HERE = ['backoffLimitPerIndex', 'maxFailedIndexes', 'podFailurePolicy', 'successPolicy', 'managedBy'] as const

function withoutEffect({spec}: Job): readonly string[] {
  return UNKNOWN_HERE.filter((field) => spec[field] !== undefined).map((field) => `spec.${field} of a Job has no effect here, it is only stored`)
}

export const jobType: ResourceType = {
  group: 'batch',
  version: 'v1',
  served: [{group: 'batch', version: 'v1'}],
  kind: 'Job',
  plural: 'jobs',
  singular: 'job',
  shortNames: [],
  categories: ['all'],
  namespaced: true,
  builtin: true,
  hasGeneration: true,
  schema: schemaFor('Job'),
  columns: [
    {name: 'Status', cell: stateOf},
    {name: 'Completions', cell: completionsOf},
    {name: 'Duration', cell: durationOf},
    ageColumn,
    ...templateColumns,
  ],
  defaults: defaultJob,
  withUid: withGeneratedSelector,
  validate: (job: Job, previous?: Job) => validateJob(job, previous),
  withoutEffect,
}
