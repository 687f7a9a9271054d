import type {Deployment, DeploymentCondition, DeploymentStatus} from '../../../api/kinds/deployment.js'
import {withCondition, withProgress, type ConditionFact} from './conditions.js'
import {hasProgressDeadline, progressDeadline, progressingOf} from './deadline.js'
import {allOf, availableOf, desiredOf, sizeOf, total, type Rollout} from './rollout.js'

export interface StatusFacts {
  readonly nowMs: number
  /** The ReplicaSet that has just been made. */
  readonly created?: string
  readonly collisions?: number
  /** False where only the wanted number changed, or the rollout is paused: no progress is expected then. */
  readonly isRollout: boolean
}

type Counts = Required<Pick<DeploymentStatus, 'availableReplicas' | 'readyReplicas' | 'replicas' | 'unavailableReplicas' | 'updatedReplicas'>>

/** The Deployment's status as the controller writes it. Source: kubernetes deployment controller sync.go `calculateStatus`, progress.go. */
export function deploymentStatus(rollout: Rollout, facts: StatusFacts): DeploymentStatus {
  const {deployment} = rollout
  const counts = countsOf(rollout)
  const started = withStart(withPause(deployment.status?.conditions ?? [], deployment, facts.nowMs), rollout, facts)
  const available = withCondition(started, availability(counts.availableReplicas >= desiredOf(rollout) - rollout.bounds.unavailable), facts.nowMs)
  const conditions = facts.isRollout ? withOutcome(available, {rollout, counts, nowMs: facts.nowMs}) : available
  const collisionCount = facts.collisions ?? deployment.status?.collisionCount ?? 0
  return {
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    ...(collisionCount > 0 && {collisionCount}),
    conditions,
    observedGeneration: deployment.metadata.generation ?? 1,
  }
}

/** Whether all pods there are to be are there, up to date and available, and no others. */
export function isComplete(rollout: Rollout): boolean {
  return hasAll(countsOf(rollout), desiredOf(rollout))
}

function hasAll({updatedReplicas, replicas, availableReplicas}: Counts, desired: number): boolean {
  return updatedReplicas === desired && replicas === desired && availableReplicas === desired
}

function countsOf(rollout: Rollout): Counts {
  const all = allOf(rollout)
  const availableReplicas = total(all, availableOf)
  return {
    availableReplicas,
    readyReplicas: total(all, ({status}) => status?.readyReplicas ?? 0),
    replicas: total(all, ({status}) => status?.replicas ?? 0),
    unavailableReplicas: Math.max(0, total(all, sizeOf) - availableReplicas),
    updatedReplicas: rollout.newest?.status?.replicas ?? 0,
  }
}

function availability(isAvailable: boolean): ConditionFact {
  return isAvailable
    ? {type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.'}
    : {type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.'}
}

/** A pause stops the clock of the deadline, unless that has run out already. */
function withPause(conditions: readonly DeploymentCondition[], deployment: Deployment, nowMs: number): readonly DeploymentCondition[] {
  const reason = progressingOf(conditions)?.reason
  if (!hasProgressDeadline(deployment) || reason === 'ProgressDeadlineExceeded') return conditions
  const progressing = {type: 'Progressing', status: 'Unknown'}
  if (deployment.spec.paused === true) return withCondition(conditions, {...progressing, reason: 'DeploymentPaused', message: 'Deployment is paused'}, nowMs)
  if (reason !== 'DeploymentPaused') return conditions
  return withCondition(conditions, {...progressing, reason: 'DeploymentResumed', message: 'Deployment is resumed'}, nowMs)
}

function withStart(conditions: readonly DeploymentCondition[], {deployment, newest}: Rollout, {created, nowMs}: StatusFacts): readonly DeploymentCondition[] {
  if (!hasProgressDeadline(deployment)) return conditions
  const progressing = {type: 'Progressing', status: 'True'}
  if (created !== undefined) {
    return withCondition(conditions, {...progressing, reason: 'NewReplicaSetCreated', message: `Created new replica set "${created}"`}, nowMs)
  }
  if (newest === undefined || progressingOf(conditions) !== undefined) return conditions
  return withCondition(conditions, {...progressing, reason: 'FoundNewReplicaSet', message: `Found new replica set "${newest.metadata.name}"`}, nowMs)
}

interface Progress {
  readonly rollout: Rollout
  readonly counts: Counts
  readonly nowMs: number
}

function withOutcome(conditions: readonly DeploymentCondition[], {rollout, counts, nowMs}: Progress): readonly DeploymentCondition[] {
  const {deployment, newest} = rollout
  if (!hasProgressDeadline(deployment)) return conditions.filter(({type}) => type !== 'Progressing')
  const wasComplete = counts.replicas === counts.updatedReplicas && progressingOf(conditions)?.reason === 'NewReplicaSetAvailable'
  if (wasComplete) return conditions
  const subject = newest === undefined ? `Deployment "${deployment.metadata.name}"` : `ReplicaSet "${newest.metadata.name}"`
  const fact = (status: string, reason: string, what: string): ConditionFact => ({type: 'Progressing', status, reason, message: `${subject} ${what}`})
  if (hasAll(counts, desiredOf(rollout))) return withCondition(conditions, fact('True', 'NewReplicaSetAvailable', 'has successfully progressed.'), nowMs)
  if (hasProgressed(counts, deployment.status)) return withProgress(conditions, fact('True', 'ReplicaSetUpdated', 'is progressing.'), nowMs)
  const deadline = progressDeadline(deployment)
  if (deadline === undefined || nowMs <= deadline) return conditions
  return withCondition(conditions, fact('False', 'ProgressDeadlineExceeded', 'has timed out progressing.'), nowMs)
}

function hasProgressed(now: Counts, {updatedReplicas = 0, replicas = 0, readyReplicas = 0, availableReplicas = 0}: DeploymentStatus = {}): boolean {
  return (
    now.updatedReplicas > updatedReplicas ||
    now.replicas - now.updatedReplicas < replicas - updatedReplicas ||
    now.readyReplicas > readyReplicas ||
    now.availableReplicas > availableReplicas
  )
}
