import {defaultPodTemplate} from './default-pod-spec.js'
import {fill} from './fill.js'
import type {Job, JobSpec} from './job.js'

/** A Job with what the API server adds. Source: kubernetes batch/v1 `SetDefaults_Job`. */
export function defaultJob(written: Job): Job {
  return fill({...written, spec: defaultSpec(written.spec ?? {template: {}})}, {status: {}})
}

/** Completions stay open where there is a parallelism alone: the first success is the Job's then. */
function defaultSpec(spec: JobSpec): JobSpec {
  const counts = spec.parallelism === undefined && spec.completions === undefined ? {completions: 1, parallelism: 1} : {parallelism: 1}
  return {
    ...fill(spec, {
      ...counts,
      backoffLimit: spec.backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1,
      completionMode: 'NonIndexed',
      manualSelector: false,
      podReplacementPolicy: spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
      suspend: false,
    }),
    template: defaultPodTemplate(spec.template ?? {}),
  }
}

/** The selector and the labels by which a Job knows its pods, of its own uid. Source: kubernetes job strategy `generateSelector`. */
export function withGeneratedSelector(job: Job): Job {
  return withTemplateLabels(job.spec.manualSelector === true ? job : withSelector(job))
}

function withSelector(job: Job): Job {
  const {uid = '', name} = job.metadata
  const own = {'batch.kubernetes.io/controller-uid': uid, 'batch.kubernetes.io/job-name': name, 'controller-uid': uid, 'job-name': name}
  const {template} = job.spec
  const labels = {...template.metadata?.labels, ...own}
  const selector = {matchLabels: {'batch.kubernetes.io/controller-uid': uid}}
  return {...job, spec: {...job.spec, selector, template: {...template, metadata: {...template.metadata, labels}}}}
}

/** A Job without labels has its template's. */
function withTemplateLabels(job: Job): Job {
  const {labels} = job.spec.template.metadata ?? {}
  return labels === undefined || Object.keys(job.metadata.labels ?? {}).length > 0 ? job : {...job, metadata: {...job.metadata, labels}}
}
