import {forbidden, invalid, notSupported, required, type FieldError} from '../field-error.js'
import {formatSelector, fromLabelSelector, matches, type LabelSelector, type Selector} from '../labels.js'
import type {KubeObject} from '../object.js'
import type {Column} from '../resource-type.js'
import {isSameJson} from '../same-json.js'
import {validateAnnotations, validateLabels} from './object-meta.js'
import type {PodTemplate} from './pod-spec.js'
import {validatePodSpec} from './validate-pod-spec.js'

/** What kinds that make pods have in common: pods by a selector and a template. */

export interface Workload extends KubeObject {
  readonly spec: {readonly selector?: LabelSelector; readonly template?: PodTemplate}
}

const OPERATORS = ['DoesNotExist', 'Exists', 'In', 'NotIn']

/** How the API server words its refusals for one kind. */
export interface WorkloadWords {
  readonly emptySelector: string
  readonly wrongSelector: string
  readonly deadline: string
}

const REPLICA_SET: WorkloadWords = {
  emptySelector: 'empty selector is invalid for deployment',
  wrongSelector: 'invalid label selector',
  deadline: 'activeDeadlineSeconds in ReplicaSet is not Supported',
}

/** Selector and template, and that they fit each other (kubernetes `ValidateDeploymentSpec`, `ValidatePodTemplateSpecForReplicaSet`). */
export function validateWorkload({spec}: Workload, words: WorkloadWords = REPLICA_SET): readonly FieldError[] {
  const {selector, template = {}} = spec ?? {}
  if (selector === undefined) return [required('spec.selector')]
  const expressionErrors = validateExpressions(selector)
  const isEmpty = Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0
  return [
    ...expressionErrors,
    ...(isEmpty ? [invalid('spec.selector', selector, words.emptySelector)] : []),
    ...(expressionErrors.length > 0
      ? [invalid('spec.selector', selector, words.wrongSelector)]
      : validateTemplate(template, fromLabelSelector(selector), words)),
  ]
}

/** A selector's labels and expressions (kubernetes `ValidateLabelSelector`). */
export function validateExpressions({matchLabels = {}, matchExpressions = []}: LabelSelector): readonly FieldError[] {
  return [
    ...validateLabels(matchLabels, 'spec.selector.matchLabels'),
    ...matchExpressions.flatMap(({key, operator, values = []}, index) => {
      const at = `spec.selector.matchExpressions[${index}]`
      const needsValues = operator === 'In' || operator === 'NotIn'
      return [
        ...(needsValues && values.length === 0 ? [required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'")] : []),
        ...(!needsValues && values.length > 0 ? [forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")] : []),
        ...(OPERATORS.includes(operator) ? [] : [invalid(`${at}.operator`, operator, 'not a valid selector operator')]),
        ...validateLabels({[key]: ''}, `${at}.key`),
        ...values.flatMap((value, place) => validateLabels({key: value}, `${at}.values[${place}]`)),
      ]
    }),
  ]
}

function validateTemplate({metadata = {}, spec = {containers: []}}: PodTemplate, selector: Selector, {deadline}: WorkloadWords): readonly FieldError[] {
  const {labels = {}, annotations = {}} = metadata
  const {restartPolicy = 'Always', activeDeadlineSeconds} = spec
  return [
    ...(selector.length > 0 && !matches(selector, labels)
      ? [invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')]
      : []),
    ...validateLabels(labels, 'spec.template.labels'),
    ...validateAnnotations(annotations, 'spec.template.annotations'),
    ...validatePodSpec(spec, 'spec.template.spec'),
    ...(restartPolicy === 'Always' ? [] : [notSupported('spec.template.spec.restartPolicy', restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined ? [] : [forbidden('spec.template.spec.activeDeadlineSeconds', deadline)]),
  ]
}

/** The selector of a workload cannot change: its pods would be orphaned. */
export function validateSelectorChange(next: Workload, previous: Workload | undefined): readonly FieldError[] {
  if (previous === undefined || isSameJson(next.spec.selector, previous.spec.selector)) return []
  return [invalid('spec.selector', next.spec.selector, 'field is immutable')]
}

export const containerColumns: readonly Column[] = [
  {
    name: 'Containers',
    wide: true,
    cell: (workload: Workload) =>
      containersOf(workload)
        .map(({name}) => name)
        .join(','),
  },
  {
    name: 'Images',
    wide: true,
    cell: (workload: Workload) =>
      containersOf(workload)
        .map(({image = ''}) => image)
        .join(','),
  },
]

export const templateColumns: readonly Column[] = [
  ...containerColumns,
  {name: 'Selector', wide: true, cell: ({spec}: Workload) => formatSelector(fromLabelSelector(spec.selector ?? {})) || '<none>'},
]

function containersOf({spec}: Workload) {
  return spec.template?.spec?.containers ?? []
}
