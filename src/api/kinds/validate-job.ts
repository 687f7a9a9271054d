import {invalid, notSupported, required, type FieldError} from '../field-error.js'
import {fromLabelSelector, matches} from '../labels.js'
import {isSameJson} from '../same-json.js'
import type {Job, JobSpec} from './job.js'
import {validateAnnotations, validateLabels, validateMeta} from './object-meta.js'
import {notNegative, validatePodSpec} from './validate-pod-spec.js'
import {validateExpressions} from './workload.js'

const COUNTS = ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'] as const
const FIXED = ['selector', 'template', 'completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'successPolicy', 'managedBy'] as const
const MODES = ['Indexed', 'NonIndexed']
const MOST_INDEXED = 100_000

/** What the API server refuses of a Job, in its order. Source: kubernetes `ValidateJob`, `ValidateJobUpdate`. */
export function validateJob(job: Job, previous?: Job): readonly FieldError[] {
  const {spec} = job
  return [
    ...validateMeta(job, {namespaced: true}),
    ...COUNTS.flatMap((field) => notNegative(`spec.${field}`, spec[field] ?? 0)),
    ...validateMode(spec),
    ...validateSelector(spec, previous),
    ...validateTemplate(spec),
    ...(previous === undefined ? [] : validateChange(spec, previous.spec)),
  ]
}

function validateMode({completionMode = '', completions, parallelism = 0}: JobSpec): readonly FieldError[] {
  if (!MODES.includes(completionMode)) return [notSupported('spec.completionMode', completionMode, MODES)]
  if (completionMode !== 'Indexed') return []
  return [
    ...(completions === undefined ? [required('spec.completions', 'when completion mode is Indexed')] : []),
    ...(parallelism > MOST_INDEXED ? [invalid('spec.parallelism', parallelism, `must be less than or equal to ${MOST_INDEXED} when completion mode is Indexed`)] : []),
  ]
}

/** A new Job gets its selector from the server, unless it says that it brings its own. */
function validateSelector({selector, manualSelector, template}: JobSpec, previous: Job | undefined): readonly FieldError[] {
  if (selector === undefined) return manualSelector === true ? [required('spec.selector')] : []
  const errors = validateExpressions(selector)
  if (errors.length > 0) return errors
  if (previous === undefined && manualSelector !== true) return [invalid('spec.selector', selector, '`selector` not auto-generated')]
  const {labels = {}} = template.metadata ?? {}
  return matches(fromLabelSelector(selector), labels) ? [] : [invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')]
}

function validateTemplate({template}: JobSpec): readonly FieldError[] {
  const {labels = {}, annotations = {}} = template.metadata ?? {}
  const {restartPolicy = ''} = template.spec ?? {}
  const field = 'spec.template.spec.restartPolicy'
  return [
    ...validateLabels(labels, 'spec.template.labels'),
    ...validateAnnotations(annotations, 'spec.template.annotations'),
    ...validatePodSpec(template.spec ?? {}, 'spec.template.spec'),
    ...(restartPolicy === 'Always' ? [required(field, 'valid values: "OnFailure", "Never"')] : []),
  ]
}

/** What a Job does cannot change; how much of it at once can. */
function validateChange(spec: JobSpec, previous: JobSpec): readonly FieldError[] {
  const fixed = FIXED.filter((field) => !isSameJson(spec[field], previous[field])).map((field) => invalid(`spec.${field}`, spec[field] ?? null, 'field is immutable'))
  return [...validateCompletions(spec, previous), ...fixed]
}

function validateCompletions({completions, completionMode, parallelism}: JobSpec, previous: JobSpec): readonly FieldError[] {
  if (completions === previous.completions) return []
  if (completionMode !== 'Indexed') return [invalid('spec.completions', completions ?? null, 'field is immutable')]
  const isInTandem = completions === parallelism && previous.completions === previous.parallelism
  return isInTandem ? [] : [invalid('spec.completions', completions ?? null, 'can only be modified in tandem with spec.parallelism')]
}
