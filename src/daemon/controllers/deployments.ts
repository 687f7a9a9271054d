import {REVISION, revisionOf} from '../../api/kinds/deployment-revision.js'
import type {Deployment, DeploymentStatus} from '../../api/kinds/deployment.js'
import type {ReplicaSet} from '../../api/kinds/replica-set.js'
import {objectKey} from '../../api/object.js'
import {isSameJson} from '../../api/same-json.js'
import type {Action, ObjectEvent} from '../action.js'
import type {World} from '../world.js'
import {claim, claimable} from './claim.js'
import {rolloutBounds} from './deployments/bounds.js'
import {beyondHistory} from './deployments/history-limit.js'
import {hasTemplateOf, newReplicaSet, type NewReplicaSet} from './deployments/new-replica-set.js'
import {isScalingEvent, scaleStep} from './deployments/proportions.js'
import {recreateStep} from './deployments/recreate.js'
import {asRevision, latestRevision, sizeAnnotations} from './deployments/revision.js'
import {rollingStep} from './deployments/rolling-update.js'
import {desiredOf, sizeOf, type Resize, type Rollout} from './deployments/rollout.js'
import {deploymentStatus, isComplete} from './deployments/status.js'

const SOURCE = 'deployment-controller'

/**
 * One step of every Deployment's rollout: its ReplicaSets made, sized and forgotten, and its status. The steps follow one another as their
 * results are seen. Source: kubernetes deployment controller `syncDeployment`.
 */
export function planDeployments(world: World, nowMs: number): readonly Action[] {
  const replicaSets = claimable(world.replicaSets)
  const names = new Set(world.replicaSets.map(objectKey))
  return world.deployments
    .filter(({metadata}) => metadata.deletionTimestamp === undefined)
    .flatMap((deployment) => {
      const {owned, actions} = claim(deployment, replicaSets)
      if (actions.length > 0) return actions
      const isTaken = (name: string) => names.has(`${deployment.metadata.namespace ?? 'default'}/${name}`)
      return planRollout(rolloutOf(deployment, owned), {world, nowMs, isTaken})
    })
}

interface Surroundings {
  readonly world: World
  readonly nowMs: number
  readonly isTaken: (name: string) => boolean
}

function rolloutOf(deployment: Deployment, owned: readonly ReplicaSet[]): Rollout {
  const byAge = [...owned].sort((a, b) => (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''))
  const newest = byAge.find((replicaSet) => hasTemplateOf(replicaSet, deployment))
  return {deployment, bounds: rolloutBounds(deployment), newest, old: byAge.filter((replicaSet) => replicaSet !== newest)}
}

/** What is to be done now, before it is made of actions. */
interface Step {
  readonly sizes: readonly Resize[]
  readonly creates: boolean
  readonly isRollout: boolean
}

function planRollout(rollout: Rollout, {world, nowMs, isTaken}: Surroundings): readonly Action[] {
  const step = nextStep(rollout, world)
  const made = step.creates ? newReplicaSet(rollout, isTaken) : undefined
  const resized = [...rollout.old, ...(rollout.newest === undefined ? [] : [rollout.newest])].flatMap((replicaSet) => planReplicaSet(replicaSet, rollout, step))
  const isDone = rollout.deployment.spec.paused !== true && (!step.isRollout || isComplete(rollout))
  return [
    ...(made === undefined ? [] : [create(rollout, made)]),
    ...resized,
    ...(isDone ? beyondHistory(rollout).map((object): Action => ({type: 'delete', object})) : []),
    ...planDeployment(rollout, {made, isRollout: step.isRollout, nowMs}),
  ]
}

function nextStep(rollout: Rollout, world: World): Step {
  const {deployment, newest} = rollout
  if (deployment.spec.paused === true || isScalingEvent(rollout)) return {sizes: scaleStep(rollout), creates: false, isRollout: false}
  if (deployment.spec.strategy?.type !== 'Recreate') return {sizes: rollingStep(rollout), creates: newest === undefined, isRollout: true}
  const step = recreateStep(rollout, world.pods)
  return {sizes: step.type === 'resize' ? step.sizes : [], creates: step.type === 'create', isRollout: true}
}

function create({deployment}: Rollout, {replicaSet}: NewReplicaSet): Action {
  return {type: 'create', object: replicaSet, ...(sizeOf(replicaSet) > 0 && {event: scaled(deployment, replicaSet.metadata.name, [0, sizeOf(replicaSet)])})}
}

function planReplicaSet(replicaSet: ReplicaSet, rollout: Rollout, {sizes}: Step): readonly Action[] {
  const {deployment, newest, old, bounds} = rollout
  const current = replicaSet === newest ? asRevision(replicaSet, deployment, latestRevision(old) + 1) : replicaSet
  const size = sizes.find((candidate) => candidate.replicaSet === replicaSet)?.replicas
  const object = size === undefined ? current : withSize(current, size, sizeAnnotations(desiredOf(rollout), bounds))
  if (isSameJson(object, replicaSet)) return []
  if (size === undefined || size === sizeOf(replicaSet)) return [{type: 'update', object}]
  return [{type: 'update', object, event: scaled(deployment, replicaSet.metadata.name, [sizeOf(replicaSet), size])}]
}

function withSize(replicaSet: ReplicaSet, replicas: number, sizes: Readonly<Record<string, string>>): ReplicaSet {
  const annotations = {...replicaSet.metadata.annotations, ...sizes}
  return {...replicaSet, metadata: {...replicaSet.metadata, annotations}, spec: {...replicaSet.spec, replicas}}
}

function scaled(deployment: Deployment, name: string, [from, to]: readonly [number, number]): ObjectEvent {
  const direction = to > from ? 'up' : 'down'
  return {about: deployment, reason: 'ScalingReplicaSet', message: `Scaled ${direction} replica set ${name} from ${from} to ${to}`, source: SOURCE}
}

interface Outcome {
  readonly made: NewReplicaSet | undefined
  readonly isRollout: boolean
  readonly nowMs: number
}

/** Where the revision changes as well, the status is written on whatever the Deployment is by then. */
function planDeployment(rollout: Rollout, {made, isRollout, nowMs}: Outcome): readonly Action[] {
  const {deployment, newest, old} = rollout
  const current = made?.replicaSet ?? (newest === undefined ? undefined : asRevision(newest, deployment, latestRevision(old) + 1))
  const revision = String(current === undefined ? '' : revisionOf(current))
  const isRevised = current !== undefined && deployment.metadata.annotations?.[REVISION] !== revision
  const status = deploymentStatus(rollout, {nowMs, isRollout, ...(made !== undefined && {created: made.replicaSet.metadata.name, collisions: made.collisions})})
  const {resourceVersion: _, ...unversioned} = deployment.metadata
  return [
    ...(isRevised ? [withRevision(deployment, revision)] : []),
    ...(isSameJson(status, deployment.status) ? [] : [withStatus({...deployment, metadata: isRevised ? unversioned : deployment.metadata}, status)]),
  ]
}

function withRevision(deployment: Deployment, revision: string): Action {
  const annotations = {...deployment.metadata.annotations, [REVISION]: revision}
  return {type: 'update', object: {...deployment, metadata: {...deployment.metadata, annotations}}}
}

function withStatus(deployment: Deployment, status: DeploymentStatus): Action {
  const object: Deployment = {...deployment, status}
  return {type: 'status', object}
}
