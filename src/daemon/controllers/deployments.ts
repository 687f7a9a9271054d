import {isDeepStrictEqual} from 'node:util'
import type {Deployment, DeploymentStatus} from '../../api/kinds/deployment.js'
import type {ReplicaSet} from '../../api/kinds/replica-set.js'
import {formatTime} from '../../api/object.js'
import {fnv1a} from '../../base/fnv.js'
import {safeEncode} from '../../resources/generate-name.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'
import {byController, controllerReference} from './ownership.js'

const HASH = 'pod-template-hash'
const REVISION = 'deployment.kubernetes.io/revision'
const SOURCE = 'deployment-controller'

/**
 * One ReplicaSet for each Deployment's present template, none of the old ones once the new one is up, and the Deployment's status.
 * The old replicas stay until as many new ones are ready, so a change of template never lowers capacity.
 * Source of names and conditions: kubernetes deployment controller.
 */
export function planDeployments(world: World, nowMs: number): readonly Action[] {
  const owned = byController(world.replicaSets)
  return world.deployments
    .filter(({metadata}) => metadata.deletionTimestamp === undefined)
    .flatMap((deployment) => planDeployment(deployment, owned.get(deployment.metadata.uid ?? '') ?? [], nowMs))
}

function planDeployment(deployment: Deployment, owned: readonly ReplicaSet[], nowMs: number): readonly Action[] {
  const current = owned.find((replicaSet) => hasTemplateOf(replicaSet, deployment))
  const status: Action[] = planStatus(deployment, owned, current, nowMs)
  if (current === undefined) return [createReplicaSet(deployment, owned), ...status]
  return [...planRevision(deployment, current), ...planScale(deployment, owned, current), ...status]
}

function hasTemplateOf(replicaSet: ReplicaSet, deployment: Deployment): boolean {
  const {[HASH]: _, ...labels} = replicaSet.spec.template?.metadata?.labels ?? {}
  const template = {...replicaSet.spec.template, metadata: {...replicaSet.spec.template?.metadata, labels}}
  const wanted = {...deployment.spec.template, metadata: {...deployment.spec.template.metadata, labels: deployment.spec.template.metadata?.labels ?? {}}}
  return isDeepStrictEqual(template, wanted)
}

function createReplicaSet(deployment: Deployment, owned: readonly ReplicaSet[]): Action {
  const hash = safeEncode(fnv1a(JSON.stringify(deployment.spec.template)))
  const replicas = deployment.spec.replicas ?? 1
  const revision = Math.max(0, ...owned.map(revisionOf)) + 1
  const labels = {...deployment.spec.template.metadata?.labels, [HASH]: hash}
  const object: ReplicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace ?? 'default',
      labels,
      annotations: {'deployment.kubernetes.io/desired-replicas': String(replicas), [REVISION]: String(revision)},
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas,
      selector: {...deployment.spec.selector, matchLabels: {...deployment.spec.selector?.matchLabels, [HASH]: hash}},
      template: {...deployment.spec.template, metadata: {...deployment.spec.template.metadata, labels}},
    },
  }
  return {type: 'create', object, event: scaled(deployment, '%', 0, replicas)}
}

function planRevision(deployment: Deployment, current: ReplicaSet): readonly Action[] {
  const revision = String(revisionOf(current))
  if (deployment.metadata.annotations?.[REVISION] === revision) return []
  const annotations = {...deployment.metadata.annotations, [REVISION]: revision}
  return [{type: 'update', object: {...deployment, metadata: {...deployment.metadata, annotations}}}]
}

function planScale(deployment: Deployment, owned: readonly ReplicaSet[], current: ReplicaSet): readonly Action[] {
  const replicas = deployment.spec.replicas ?? 1
  const isUp = (current.status?.readyReplicas ?? 0) >= replicas
  const old = isUp ? owned.filter((replicaSet) => replicaSet !== current) : []
  return [...scaleTo(deployment, current, replicas), ...old.flatMap((replicaSet) => scaleTo(deployment, replicaSet, 0))]
}

function scaleTo(deployment: Deployment, replicaSet: ReplicaSet, replicas: number): readonly Action[] {
  const from = replicaSet.spec.replicas ?? 1
  if (from === replicas) return []
  const annotations = {...replicaSet.metadata.annotations, 'deployment.kubernetes.io/desired-replicas': String(deployment.spec.replicas ?? 1)}
  const object = {...replicaSet, metadata: {...replicaSet.metadata, annotations}, spec: {...replicaSet.spec, replicas}}
  return [{type: 'update', object, event: scaled(deployment, replicaSet.metadata.name, from, replicas)}]
}

function scaled(deployment: Deployment, name: string, from: number, to: number): NonNullable<Extract<Action, {type: 'update'}>['event']> {
  const direction = to > from ? 'up' : 'down'
  return {about: deployment, reason: 'ScalingReplicaSet', message: `Scaled ${direction} replica set ${name} from ${from} to ${to}`, source: SOURCE}
}

function revisionOf(replicaSet: ReplicaSet): number {
  return Number(replicaSet.metadata.annotations?.[REVISION] ?? 0)
}

function planStatus(deployment: Deployment, owned: readonly ReplicaSet[], current: ReplicaSet | undefined, nowMs: number): Action[] {
  const status = statusOf(deployment, owned, current, nowMs)
  return isDeepStrictEqual(status, deployment.status) ? [] : [{type: 'status', object: {...deployment, status} as Deployment}]
}

function statusOf(deployment: Deployment, owned: readonly ReplicaSet[], current: ReplicaSet | undefined, nowMs: number): DeploymentStatus {
  const sum = (count: (replicaSet: ReplicaSet) => number | undefined) => owned.reduce((total, replicaSet) => total + (count(replicaSet) ?? 0), 0)
  const available = sum(({status}) => status?.availableReplicas)
  const desired = deployment.spec.replicas ?? 1
  const counts = {
    availableReplicas: available,
    readyReplicas: sum(({status}) => status?.readyReplicas),
    replicas: sum(({status}) => status?.replicas),
    unavailableReplicas: Math.max(0, desired - available),
    updatedReplicas: current?.status?.replicas ?? 0,
  }
  return {
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    conditions: conditionsOf(deployment, current, {available, desired, updated: counts.updatedReplicas}, nowMs),
    observedGeneration: deployment.metadata.generation ?? 1,
  }
}

type Condition = NonNullable<DeploymentStatus['conditions']>[number]

function conditionsOf(
  deployment: Deployment,
  current: ReplicaSet | undefined,
  {available, desired, updated}: {available: number; desired: number; updated: number},
  nowMs: number,
): readonly Condition[] {
  const isAvailable = available >= desired
  const isComplete = isAvailable && updated >= desired && current !== undefined
  const name = current?.metadata.name ?? ''
  const facts = [
    isAvailable
      ? {type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.'}
      : {type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.'},
    isComplete
      ? {type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message: `ReplicaSet "${name}" has successfully progressed.`}
      : {type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message: `ReplicaSet "${name}" is progressing.`},
  ]
  return facts.map((fact) => withTimes(fact, deployment.status?.conditions?.find(({type}) => type === fact.type), formatTime(nowMs)))
}

/** A condition keeps its times while it stays what it was. */
function withTimes(fact: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>, before: Condition | undefined, now: string): Condition {
  if (before !== undefined && before.status === fact.status && before.reason === fact.reason && before.message === fact.message) return before
  return {lastTransitionTime: before?.status === fact.status ? (before.lastTransitionTime ?? now) : now, lastUpdateTime: now, ...fact}
}
