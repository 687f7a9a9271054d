import type {ControllerRevision} from '../../api/kinds/controller-revision.js'
import type {Pod} from '../../api/kinds/pod.js'
import type {StatefulSet} from '../../api/kinds/stateful-set.js'
import {objectKey} from '../../api/object.js'
import {isSameJson} from '../../api/same-json.js'
import type {Action, ObjectEvent} from '../action.js'
import type {World} from '../world.js'
import {claim, claimable, type Claimable} from './claim.js'
import {chooseRevision, POD_REVISION} from './revisions/choose-revision.js'
import {beyondLimit, byRevision} from './revisions/history.js'
import {templateOf} from './revisions/revision-data.js'
import {claimOwners, missingClaims, type Claims} from './stateful-sets/claims.js'
import {membersOf, type Moment} from './stateful-sets/members.js'
import {nextSteps, type Step} from './stateful-sets/next-steps.js'
import {ordinalOf, startOf} from './stateful-sets/ordinal.js'
import {podOf, withIdentity} from './stateful-sets/pod-of.js'
import {statefulSetStatus} from './stateful-sets/status.js'

const SOURCE = 'statefulset-controller'

/** The next step of every StatefulSet: its revisions, claims and pods, and its status. Source: kubernetes statefulset controller `UpdateStatefulSet`. */
export function planStatefulSets(world: World, nowMs: number): readonly Action[] {
  if (world.statefulSets.length === 0) return []
  const pods = claimable(world.pods)
  const revisions = claimable(world.controllerRevisions)
  const names = new Set(world.controllerRevisions.map(objectKey))
  const claims = new Map(world.volumeClaims.map((one) => [objectKey(one), one]))
  return world.statefulSets.flatMap((set) => {
    const own = {pods: claim(set, withNamesOf(set, pods)), revisions: claim(set, revisions)}
    const actions = [...own.pods.actions, ...own.revisions.actions]
    return actions.length > 0 ? actions : planSet(set, {pods: own.pods.owned, revisions: byRevision(own.revisions.owned), names, claims, nowMs})
  })
}

/** A set has the pods of its own names alone. */
function withNamesOf(set: StatefulSet, {owned, orphans}: Claimable<Pod>): Claimable<Pod> {
  const {namespace = '', uid = ''} = set.metadata
  const isMember = (pod: Pod) => ordinalOf(set, pod) !== undefined
  return {
    owned: new Map([[uid, (owned.get(uid) ?? []).filter(isMember)]]),
    orphans: new Map([[namespace, set.metadata.deletionTimestamp === undefined ? (orphans.get(namespace) ?? []).filter(isMember) : []]]),
  }
}

interface Look {
  /** The set's own. */
  readonly pods: readonly Pod[]
  readonly claims: Claims
  /** The set's own, lowest first. */
  readonly revisions: readonly ControllerRevision[]
  /** `namespace/name` of all revisions. */
  readonly names: ReadonlySet<string>
  readonly nowMs: number
}

/** A revision comes before its pods: their labels name it. */
function planSet(set: StatefulSet, {pods, claims, revisions, names, nowMs}: Look): readonly Action[] {
  const choice = chooseRevision(set, {revisions, names, labels: set.spec.template.metadata?.labels ?? {}})
  if (choice.type === 'missing') return [choice.action, ...planCollisions(set, choice.collisions)]
  const current = revisions.find(({metadata}) => metadata.name === set.status?.currentRevision) ?? choice.revision
  const moment: Moment = {minReadySeconds: set.spec.minReadySeconds ?? 0, nowMs}
  const rollout: Rollout = {set, pods, current, update: choice.revision}
  const live = new Set([current.metadata.name, choice.revision.metadata.name, ...pods.map(({metadata}) => metadata.labels?.[POD_REVISION] ?? '')])
  return [
    ...(set.metadata.deletionTimestamp === undefined ? planPods(rollout, claims, moment) : []),
    ...planStatus(rollout, moment),
    ...beyondLimit(revisions, live, set.spec.revisionHistoryLimit ?? 10).map((object): Action => ({type: 'delete', object})),
  ]
}

interface Rollout {
  readonly set: StatefulSet
  readonly pods: readonly Pod[]
  readonly current: ControllerRevision
  readonly update: ControllerRevision
}

function planPods(rollout: Rollout, claims: Claims, moment: Moment): readonly Action[] {
  const {set, pods, update} = rollout
  const members = membersOf(set, pods)
  const steps = nextSteps({...members, set, revision: update.metadata.name, moment})
  const adopted = pods.flatMap((pod) => withIdentity(pod, ordinalOf(set, pod) ?? 0) ?? [])
  return [
    ...claimOwners(set, {pods, condemned: members.condemned}, claims),
    ...adopted.map((object): Action => ({type: 'update', object, event: told(set, 'update', object.metadata.name)})),
    ...steps.flatMap((step) => planStep(step, rollout, claims)),
  ]
}

/** The volumes of a pod come before it. */
function planStep(step: Step, rollout: Rollout, claims: Claims): readonly Action[] {
  const {set} = rollout
  if (step.type === 'delete') return [{type: 'delete', object: step.pod, event: told(set, 'delete', step.pod.metadata.name)}]
  const missing = missingClaims(set, step.ordinal, claims)
  if (missing.length > 0) return missing
  const revision = isOfCurrent(rollout, step.ordinal) ? rollout.current : rollout.update
  const object = podOf(set, {ordinal: step.ordinal, revision: revision.metadata.name, template: templateOf(revision)})
  return [{type: 'create', object, event: told(set, 'create', object.metadata.name)}]
}

/** Below the partition a pod comes back as it was. Source: kubernetes `newVersionedStatefulSetPod`. */
function isOfCurrent({set}: Rollout, ordinal: number): boolean {
  const {type, rollingUpdate} = set.spec.updateStrategy ?? {}
  if (type !== 'RollingUpdate') return false
  return ordinal < startOf(set) + (rollingUpdate === undefined ? (set.status?.currentReplicas ?? 0) : (rollingUpdate.partition ?? 0))
}

function told(set: StatefulSet, verb: 'create' | 'delete' | 'update', pod: string): ObjectEvent {
  const what = `${verb} Pod ${pod} in StatefulSet ${set.metadata.name}`
  const reason = `Successful${verb.charAt(0).toUpperCase()}${verb.slice(1)}`
  return {about: set, reason, message: `${what} successful`, source: SOURCE, failure: `${what} failed error: `}
}

function planStatus({set, pods, current, update}: Rollout, moment: Moment): readonly Action[] {
  const status = statefulSetStatus(set, {pods, current: current.metadata.name, update: update.metadata.name, moment})
  return isSameJson(status, set.status) ? [] : [{type: 'status', object: {...set, status} as StatefulSet}]
}

function planCollisions(set: StatefulSet, collisionCount: number): readonly Action[] {
  if (collisionCount === (set.status?.collisionCount ?? 0)) return []
  return [{type: 'status', object: {...set, status: {replicas: 0, ...set.status, collisionCount}} as StatefulSet}]
}
