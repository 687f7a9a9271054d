import {forbidden, invalid, notSupported, required, type FieldError} from '../field-error.js'
import {dns1123Label} from '../names.js'
import {isSameJson} from '../same-json.js'
import {broken, validateMeta} from './object-meta.js'
import type {StatefulSet, StatefulSetSpec, StatefulSetUpdateStrategy} from './stateful-set.js'
import {notNegative} from './validate-pod-spec.js'
import {validateCount} from './validate-rolling-update.js'
import {validateWorkload} from './workload.js'

const WORDS = {
  emptySelector: 'empty selector is invalid for statefulset',
  wrongSelector: '',
  deadline: 'activeDeadlineSeconds in StatefulSet is not Supported',
}
const POLICIES = ['Delete', 'Retain']
const ROLLING = 'spec.updateStrategy.rollingUpdate'
const FIXED =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"

/** What the API server refuses of a StatefulSet, in its order. Source: kubernetes `ValidateStatefulSet`, `ValidateStatefulSetUpdate`. */
export function validateStatefulSet(set: StatefulSet, previous?: StatefulSet): readonly FieldError[] {
  const {spec} = set
  const {podManagementPolicy = '', updateStrategy = {}, replicas = 0, minReadySeconds = 0, ordinals, serviceName = ''} = spec
  return [
    ...validateMeta(set, {namespaced: true}),
    ...validatePolicy(podManagementPolicy),
    ...validateStrategy(updateStrategy),
    ...validateRetention(spec),
    ...notNegative('spec.replicas', replicas),
    ...notNegative('spec.minReadySeconds', minReadySeconds),
    ...notNegative('spec.ordinals.start', ordinals?.start ?? 0),
    ...(serviceName === '' || serviceName === previous?.spec.serviceName ? [] : broken('spec.serviceName', serviceName, dns1123Label)),
    ...validateWorkload(set, WORDS),
    ...(previous === undefined || isSameJson(fixedPart(spec), fixedPart(previous.spec)) ? [] : [forbidden('spec', FIXED)]),
  ]
}

function validatePolicy(policy: string): readonly FieldError[] {
  if (policy === '') return [required('spec.podManagementPolicy')]
  return policy === 'OrderedReady' || policy === 'Parallel' ? [] : [invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'")]
}

function validateStrategy({type = '', rollingUpdate}: StatefulSetUpdateStrategy): readonly FieldError[] {
  if (type === '') return [required('spec.updateStrategy')]
  if (type === 'OnDelete') return rollingUpdate === undefined ? [] : [invalid(ROLLING, rollingUpdate, "only allowed for updateStrategy 'RollingUpdate'")]
  if (type !== 'RollingUpdate') return [invalid('spec.updateStrategy', {type}, "must be 'RollingUpdate' or 'OnDelete'")]
  const {partition = 0, maxUnavailable} = rollingUpdate ?? {}
  return [
    ...notNegative(`${ROLLING}.partition`, partition),
    ...validateCount(`${ROLLING}.maxUnavailable`, maxUnavailable),
    ...(maxUnavailable === 0 || maxUnavailable === '0%' ? [invalid(`${ROLLING}.maxUnavailable`, maxUnavailable, 'cannot be 0')] : []),
  ]
}

function validateRetention({persistentVolumeClaimRetentionPolicy: policy = {}}: StatefulSetSpec): readonly FieldError[] {
  return (['whenDeleted', 'whenScaled'] as const).flatMap((when) => {
    const value = policy[when]
    return value === undefined || POLICIES.includes(value) ? [] : [notSupported(`spec.persistentVolumeClaimRetentionPolicy.${when}`, value, POLICIES)]
  })
}

/** What cannot change once the pods have their names and volumes. */
function fixedPart(spec: StatefulSetSpec): object {
  const {
    replicas: _replicas,
    ordinals: _ordinals,
    template: _template,
    updateStrategy: _strategy,
    revisionHistoryLimit: _limit,
    persistentVolumeClaimRetentionPolicy: _retention,
    minReadySeconds: _ready,
    ...fixed
  } = spec
  return fixed
}
