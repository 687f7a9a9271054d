import {invalid, notSupported, required, type FieldError} from '../field-error.js'
import type {DaemonSet, DaemonSetUpdateStrategy} from './daemon-set.js'
import {validateMeta} from './object-meta.js'
import {notNegative} from './validate-pod-spec.js'
import {validateCount} from './validate-rolling-update.js'
import {validateSelectorChange, validateWorkload} from './workload.js'

const WORDS = {
  emptySelector: 'empty selector is invalid for daemonset',
  wrongSelector: '',
  deadline: 'activeDeadlineSeconds in DaemonSet is not Supported',
}
const AT = 'spec.updateStrategy.rollingUpdate'

/** What the API server refuses of a DaemonSet, in its order. Source: kubernetes `ValidateDaemonSet`, `ValidateDaemonSetUpdate`. */
export function validateDaemonSet(set: DaemonSet, previous?: DaemonSet): readonly FieldError[] {
  const {minReadySeconds = 0, revisionHistoryLimit = 0, updateStrategy = {}} = set.spec
  return [
    ...validateMeta(set, {namespaced: true}),
    ...validateWorkload(set, WORDS),
    ...notNegative('spec.minReadySeconds', minReadySeconds),
    ...validateStrategy(updateStrategy),
    ...notNegative('spec.revisionHistoryLimit', revisionHistoryLimit),
    ...validateSelectorChange(set, previous),
  ]
}

function validateStrategy({type = '', rollingUpdate}: DaemonSetUpdateStrategy): readonly FieldError[] {
  if (type === 'OnDelete') return []
  if (type !== 'RollingUpdate') return [notSupported('spec.updateStrategy.type', type, ['RollingUpdate', 'OnDelete'])]
  if (rollingUpdate === undefined) return [required(AT)]
  const {maxUnavailable = 0, maxSurge = 0} = rollingUpdate
  return [
    ...validateCount(`${AT}.maxUnavailable`, maxUnavailable),
    ...validateCount(`${AT}.maxSurge`, maxSurge),
    ...(isSome(maxUnavailable) && isSome(maxSurge) ? [invalid(`${AT}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero')] : []),
    ...(!isSome(maxUnavailable) && !isSome(maxSurge) ? [required(`${AT}.maxUnavailable`, 'cannot be 0 when maxSurge is 0')] : []),
  ]
}

function isSome(value: number | string): boolean {
  return Number.parseInt(String(value), 10) !== 0
}
