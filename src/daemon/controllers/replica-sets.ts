import {isDeepStrictEqual} from 'node:util'
import type {Pod} from '../../api/kinds/pod.js'
import type {ReplicaSet} from '../../api/kinds/replica-set.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'
import {byController, controllerReference} from './ownership.js'
import {isReady} from './pod-readiness.js'

const SOURCE = 'replicaset-controller'

/** As many pods as each ReplicaSet asks for, and its status. Surplus pods go in the order kubernetes takes them: not ready first, then youngest. */
export function planReplicaSets(world: World): readonly Action[] {
  const owned = byController(world.pods)
  return world.replicaSets
    .filter(({metadata}) => metadata.deletionTimestamp === undefined)
    .flatMap((replicaSet) => planReplicaSet(replicaSet, owned.get(replicaSet.metadata.uid ?? '') ?? []))
}

function planReplicaSet(replicaSet: ReplicaSet, owned: readonly Pod[]): readonly Action[] {
  const alive = owned.filter((pod) => pod.metadata.deletionTimestamp === undefined && pod.status?.phase !== 'Failed' && pod.status?.phase !== 'Succeeded')
  const missing = (replicaSet.spec.replicas ?? 1) - alive.length
  const created = Array.from({length: Math.max(0, missing)}, () => createPod(replicaSet))
  const surplus = missing < 0 ? [...alive].sort(byExpendability).slice(0, -missing) : []
  return [...created, ...surplus.map((pod) => deletePod(replicaSet, pod)), ...planStatus(replicaSet, alive)]
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

function byExpendability(a: Pod, b: Pod): number {
  const readiness = Number(isReady(a)) - Number(isReady(b))
  if (readiness !== 0) return readiness
  return (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? '') || b.metadata.name.localeCompare(a.metadata.name)
}

function planStatus(replicaSet: ReplicaSet, alive: readonly Pod[]): readonly Action[] {
  const ready = alive.filter(isReady).length
  const status = {
    ...(ready === 0 ? {} : {availableReplicas: ready}),
    ...(alive.length === 0 ? {} : {fullyLabeledReplicas: alive.length}),
    observedGeneration: replicaSet.metadata.generation ?? 1,
    ...(ready === 0 ? {} : {readyReplicas: ready}),
    replicas: alive.length,
  }
  return isDeepStrictEqual(status, replicaSet.status) ? [] : [{type: 'status', object: {...replicaSet, status} as ReplicaSet}]
}
