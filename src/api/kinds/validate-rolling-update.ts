import {invalid, type FieldError} from '../field-error.js'
import type {DeploymentStrategy} from './deployment.js'
import {NOT_NEGATIVE} from './validate-pod-spec.js'

const AT = 'spec.strategy.rollingUpdate'
const NO_PERCENT = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"

/** Counts or percentages that leave a rollout some room. Source: kubernetes `ValidateRollingUpdateDeployment`. */
export function validateRollingUpdate({maxUnavailable, maxSurge}: NonNullable<DeploymentStrategy['rollingUpdate']>): readonly FieldError[] {
  return [
    ...validateCount(`${AT}.maxUnavailable`, maxUnavailable),
    ...validateCount(`${AT}.maxSurge`, maxSurge),
    ...(isZero(maxUnavailable) && isZero(maxSurge) ? [invalid(`${AT}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...(typeof maxUnavailable === 'string' && Number.parseInt(maxUnavailable, 10) > 100
      ? [invalid(`${AT}.maxUnavailable`, maxUnavailable, 'must not be greater than 100%')]
      : []),
  ]
}

/** A number of pods, or a share of them. */
export function validateCount(field: string, value: number | string | undefined): readonly FieldError[] {
  if (typeof value === 'number') return value < 0 ? [invalid(field, value, NOT_NEGATIVE)] : []
  return value === undefined || /^[0-9]+%$/.test(value) ? [] : [invalid(field, value, NO_PERCENT)]
}

function isZero(value: number | string | undefined): boolean {
  return value === 0 || (typeof value === 'string' && /^0+%$/.test(value))
}
