import {matches, selectorFromMap} from '../../api/labels.js'
import type {Pod} from '../../api/kinds/pod.js'
import type {ReplicaSet, ReplicaSetStatus} from '../../api/kinds/replica-set.js'
import {isSameJson} from '../../api/same-json.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'
import {claim, claimable} from './claim.js'
import {controllerReference} from './ownership.js'
import {byExpendability} from './pod-ranking.js'
import {availableAt, isReady} from './pod-readiness.js'

const SOURCE = 'replicaset-controller'

/** As many pods as each ReplicaSet asks for, and its status. Source: kubernetes replica_set.go `syncReplicaSet`. */
export function planReplicaSets(world: World, nowMs: number): readonly Action[] {
  const pods = claimable(world.pods.filter(isActive))
  return world.replicaSets
    .filter(({metadata}) => metadata.deletionTimestamp === undefined)
    .flatMap((replicaSet) => {
      const {owned, actions} = claim(replicaSet, pods)
      return actions.length > 0 ? actions : planReplicaSet(replicaSet, owned, nowMs)
    })
}

/** Pods that have failed or are on their way out are replaced. */
function isActive({metadata, status}: Pod): boolean {
  return metadata.deletionTimestamp === undefined && status?.phase !== 'Failed' && status?.phase !== 'Succeeded'
}

function planReplicaSet(replicaSet: ReplicaSet, active: readonly Pod[], nowMs: number): readonly Action[] {
  const missing = (replicaSet.spec.replicas ?? 1) - active.length
  const created = Array.from({length: Math.max(0, missing)}, () => createPod(replicaSet))
  const surplus = missing < 0 ? [...active].sort(byExpendability).slice(0, -missing) : []
  return [...created, ...surplus.map((pod) => deletePod(replicaSet, pod)), ...planStatus(replicaSet, active, nowMs)]
}

function createPod(replicaSet: ReplicaSet): Action {
  const {template} = replicaSet.spec
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(template?.metadata?.labels === undefined ? {} : {labels: template.metadata.labels}),
      ...(template?.metadata?.annotations === undefined ? {} : {annotations: template.metadata.annotations}),
      generateName: `${replicaSet.metadata.name}-`,
      namespace: replicaSet.metadata.namespace ?? 'default',
      ownerReferences: [controllerReference(replicaSet)],
    },
    spec: template?.spec,
  }
  return {
    type: 'create',
    object: object as unknown as Pod,
    event: {about: replicaSet, reason: 'SuccessfulCreate', message: 'Created pod: %', source: SOURCE},
  }
}

function deletePod(replicaSet: ReplicaSet, pod: Pod): Action {
  return {type: 'delete', object: pod, event: {about: replicaSet, reason: 'SuccessfulDelete', message: 'Deleted pod: %', source: SOURCE}}
}

function planStatus(replicaSet: ReplicaSet, active: readonly Pod[], nowMs: number): readonly Action[] {
  const status = statusOf(replicaSet, active, nowMs)
  return isSameJson(status, replicaSet.status) ? [] : [{type: 'status', object: {...replicaSet, status} as ReplicaSet}]
}

function statusOf({spec, metadata}: ReplicaSet, active: readonly Pod[], nowMs: number): ReplicaSetStatus {
  const labels = selectorFromMap(spec.template?.metadata?.labels ?? {})
  const ready = active.filter(isReady)
  const counts = {
    availableReplicas: ready.filter((pod) => availableAt(pod, spec.minReadySeconds ?? 0) <= nowMs).length,
    fullyLabeledReplicas: active.filter((pod) => matches(labels, pod.metadata.labels ?? {})).length,
    readyReplicas: ready.length,
  }
  const shown = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
  return {...shown, observedGeneration: metadata.generation ?? 1, replicas: active.length}
}
