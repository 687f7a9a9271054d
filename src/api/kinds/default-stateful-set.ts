import {defaultPodTemplate} from './default-pod-spec.js'
import {fill, mapField} from './fill.js'
import {defaultClaimTemplate} from './persistent-volume-claim.js'
import type {StatefulSet, StatefulSetSpec, StatefulSetUpdateStrategy} from './stateful-set.js'

/** A StatefulSet with what the API server adds. Source: kubernetes apps/v1 `SetDefaults_StatefulSet`. */
export function defaultStatefulSet(written: StatefulSet): StatefulSet {
  return fill({...written, spec: defaultSpec(written.spec ?? {template: {}})}, {status: {availableReplicas: 0, replicas: 0}})
}

function defaultSpec(spec: StatefulSetSpec): StatefulSetSpec {
  const filled = fill(spec, {podManagementPolicy: 'OrderedReady', replicas: 1, revisionHistoryLimit: 10, serviceName: ''})
  const withClaims = mapField(filled, 'volumeClaimTemplates', (claims) => claims.map(defaultClaimTemplate))
  return {
    ...withClaims,
    persistentVolumeClaimRetentionPolicy: fill(spec.persistentVolumeClaimRetentionPolicy ?? {}, {whenDeleted: 'Retain', whenScaled: 'Retain'}),
    template: defaultPodTemplate(spec.template ?? {}),
    updateStrategy: defaultStrategy(spec.updateStrategy ?? {}),
  }
}

/** Where the type is written and the rest is not, the rest stays open. */
function defaultStrategy({type, rollingUpdate}: StatefulSetUpdateStrategy): StatefulSetUpdateStrategy {
  const rolling = rollingUpdate ?? (type === undefined ? {} : undefined)
  if ((type ?? 'RollingUpdate') !== 'RollingUpdate' || rolling === undefined) return {...(rollingUpdate && {rollingUpdate}), type: type ?? 'RollingUpdate'}
  return {rollingUpdate: fill(rolling, {maxUnavailable: 1, partition: 0}), type: 'RollingUpdate'}
}
