import {invalid, notSupported, required, type FieldError} from '../field-error.js'
import {dns1123Subdomain} from '../names.js'
import {broken, validateLabels} from './object-meta.js'
import type {PodSpec} from './pod-spec.js'
import {validateContainers} from './validate-container.js'

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']
export const NOT_NEGATIVE = 'must be greater than or equal to 0'

/** What is wrong with a pod spec at `field` (kubernetes `ValidatePodSpec`). */
export function validatePodSpec(spec: Partial<PodSpec>, field: string): readonly FieldError[] {
  const {
    containers = [],
    initContainers = [],
    restartPolicy = '',
    dnsPolicy = '',
    nodeSelector = {},
    serviceAccountName = '',
    terminationGracePeriodSeconds = 0,
  } = spec
  const names = new Set(containers.map(({name}) => name))
  return [
    ...(containers.length === 0 ? [required(`${field}.containers`)] : validateContainers(containers, `${field}.containers`)),
    ...validateContainers(initContainers, `${field}.initContainers`, names),
    ...oneOf(`${field}.restartPolicy`, restartPolicy, RESTART_POLICIES),
    ...oneOf(`${field}.dnsPolicy`, dnsPolicy, DNS_POLICIES),
    ...(terminationGracePeriodSeconds < 0 ? [invalid(`${field}.terminationGracePeriodSeconds`, terminationGracePeriodSeconds, NOT_NEGATIVE)] : []),
    ...validateLabels(nodeSelector, `${field}.nodeSelector`),
    ...(serviceAccountName === '' ? [] : broken(`${field}.serviceAccountName`, serviceAccountName, dns1123Subdomain)),
  ]
}

/** kubernetes `ValidateNonnegativeField`. */
export function notNegative(field: string, value: number): readonly FieldError[] {
  return value < 0 ? [invalid(field, value, NOT_NEGATIVE)] : []
}

/** A required field with a fixed set of values. */
export function oneOf(field: string, value: string, values: readonly string[]): readonly FieldError[] {
  if (value === '') return [required(field)]
  return values.includes(value) ? [] : [notSupported(field, value, values)]
}
