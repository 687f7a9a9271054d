import type {PersistentVolumeClaim} from '../../../api/kinds/persistent-volume-claim.js'
import type {Pod} from '../../../api/kinds/pod.js'
import type {StatefulSet} from '../../../api/kinds/stateful-set.js'
import {objectKey, type KubeObject, type OwnerReference} from '../../../api/object.js'
import {isSameJson} from '../../../api/same-json.js'
import type {Action} from '../../action.js'
import {ordinalOf} from './ordinal.js'
import {claimName} from './pod-of.js'

const SOURCE = 'statefulset-controller'

/** The claims that there are, by `namespace/name`. */
export type Claims = ReadonlyMap<string, PersistentVolumeClaim>

/** Makes the claims that the pod of an ordinal lacks. Source: kubernetes `createPersistentVolumeClaims`. */
export function missingClaims(set: StatefulSet, ordinal: number, claims: Claims): readonly Action[] {
  const pod = `${set.metadata.name}-${ordinal}`
  return claimsOf(set, ordinal)
    .filter((claim) => !claims.has(objectKey(claim)))
    .map((object) => {
      const what = `create Claim ${object.metadata.name} Pod ${pod} in StatefulSet ${set.metadata.name}`
      const failure = `create Claim ${object.metadata.name} for Pod ${pod} in StatefulSet ${set.metadata.name} failed error: `
      return {type: 'create', object, event: {about: set, reason: 'SuccessfulCreate', message: `${what} success`, source: SOURCE, failure}}
    })
}

function claimsOf(set: StatefulSet, ordinal: number): readonly PersistentVolumeClaim[] {
  return (set.spec.volumeClaimTemplates ?? []).map(({metadata = {}, spec = {}}) => {
    const {name = '', labels, annotations} = metadata
    const own = {name: claimName(set, name, ordinal), namespace: set.metadata.namespace ?? 'default', ...(annotations !== undefined && {annotations})}
    return {apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: {...own, labels: {...labels, ...set.spec.selector?.matchLabels}}, spec}
  })
}

/**
 * Whose claims go with whom: with the set where they are not to outlive it, with a pod that scaling takes away where they are not to outlive that.
 * Source: kubernetes `updateClaimOwnerRefForSetAndPod`.
 */
export function claimOwners(set: StatefulSet, {pods, condemned}: {readonly pods: readonly Pod[]; readonly condemned: readonly Pod[]}, claims: Claims): readonly Action[] {
  const {whenDeleted = 'Retain', whenScaled = 'Retain'} = set.spec.persistentVolumeClaimRetentionPolicy ?? {}
  return pods.flatMap((pod) => {
    const ordinal = ordinalOf(set, pod)
    const own = ordinal === undefined ? [] : claimsOf(set, ordinal).flatMap((claim) => claims.get(objectKey(claim)) ?? [])
    const isScaledAway = whenScaled === 'Delete' && condemned.includes(pod)
    const owners = [...(isScaledAway ? [reference(pod)] : []), ...(whenDeleted === 'Delete' && !isScaledAway ? [reference(set)] : [])]
    return own.flatMap((claim) => withOwners(claim, {owners, ours: [set, pod]}))
  })
}

function withOwners(claim: PersistentVolumeClaim, {owners, ours}: {readonly owners: readonly OwnerReference[]; readonly ours: readonly KubeObject[]}): readonly Action[] {
  const {ownerReferences: before = [], ...metadata} = claim.metadata
  const others = before.filter(({uid}) => !ours.some((one) => one.metadata.uid === uid))
  const ownerReferences = [...others, ...owners]
  if (isSameJson(ownerReferences, before)) return []
  return [{type: 'update', object: {...claim, metadata: {...metadata, ...(ownerReferences.length > 0 && {ownerReferences})}} as PersistentVolumeClaim}]
}

function reference({apiVersion, kind, metadata}: KubeObject): OwnerReference {
  return {apiVersion, kind, name: metadata.name, uid: metadata.uid ?? ''}
}
