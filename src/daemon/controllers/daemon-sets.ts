import type {ControllerRevision} from '../../api/kinds/controller-revision.js'
import type {DaemonSet, DaemonSetStatus} from '../../api/kinds/daemon-set.js'
import type {Pod} from '../../api/kinds/pod.js'
import {objectKey, type KubeObject} from '../../api/object.js'
import {isSameJson} from '../../api/same-json.js'
import type {Action, ObjectEvent} from '../action.js'
import type {World} from '../world.js'
import {claim, claimable} from './claim.js'
import {fitsNode} from './daemon-sets/fits-node.js'
import {nextSteps, type Look} from './daemon-sets/next-steps.js'
import {podOf} from './daemon-sets/pod-of.js'
import {daemonSetStatus} from './daemon-sets/status.js'
import {chooseRevision, POD_REVISION, REVISION_HASH} from './revisions/choose-revision.js'
import {beyondLimit, byRevision} from './revisions/history.js'

const SOURCE = 'daemonset-controller'

/** The next step of every DaemonSet: its revisions, its pod on the one node, and its status. Source: kubernetes daemon controller `syncDaemonSet`. */
export function planDaemonSets(world: World, nowMs: number): readonly Action[] {
  const sets = world.daemonSets.filter(({metadata}) => metadata.deletionTimestamp === undefined)
  if (sets.length === 0) return []
  const pods = claimable(world.pods)
  const revisions = claimable(world.controllerRevisions)
  const names = new Set(world.controllerRevisions.map(objectKey))
  return sets.flatMap((set) => {
    const own = {pods: claim(set, pods), revisions: claim(set, revisions)}
    const actions = [...own.pods.actions, ...own.revisions.actions]
    return actions.length > 0 ? actions : planSet(set, {pods: own.pods.owned, revisions: byRevision(own.revisions.owned), names, nodes: world.nodes, nowMs})
  })
}

interface Own {
  readonly pods: readonly Pod[]
  /** Lowest first. */
  readonly revisions: readonly ControllerRevision[]
  /** `namespace/name` of all revisions. */
  readonly names: ReadonlySet<string>
  readonly nodes: readonly KubeObject[]
  readonly nowMs: number
}

/** A revision comes before its pods: their labels carry its hash. */
function planSet(set: DaemonSet, {pods, revisions, names, nodes, nowMs}: Own): readonly Action[] {
  const choice = chooseRevision(set, {revisions, names, labels: set.spec.template.metadata?.labels ?? {}})
  if (choice.type === 'missing') return [choice.action, ...planCollisions(set, choice.collisions)]
  const hash = choice.revision.metadata.labels?.[REVISION_HASH] ?? ''
  const look: Look = {set, pods, hash, isWanted: nodes.some((node) => fitsNode(set, node)), nowMs}
  const {isMade, deleted} = nextSteps(look)
  const status = daemonSetStatus(look)
  const hashes = new Set(pods.map(({metadata}) => metadata.labels?.[POD_REVISION]))
  const used = revisions.filter((revision) => revision === choice.revision || hashes.has(revision.metadata.labels?.[REVISION_HASH]))
  const live = new Set(used.map(({metadata}) => metadata.name))
  return [
    ...(isMade ? [{type: 'create', object: podOf(set, hash), event: told(set, 'SuccessfulCreate', 'Created pod: %')} as const] : []),
    ...deleted.map((object): Action => ({type: 'delete', object, event: told(set, 'SuccessfulDelete', 'Deleted pod: %')})),
    ...(isSameJson(status, set.status) ? [] : [withStatus(set, status)]),
    ...beyondLimit(revisions, live, set.spec.revisionHistoryLimit ?? 10).map((object): Action => ({type: 'delete', object})),
  ]
}

function told(about: DaemonSet, reason: string, message: string): ObjectEvent {
  return {about, reason, message, source: SOURCE}
}

function withStatus(set: DaemonSet, status: DaemonSetStatus): Action {
  const object: DaemonSet = {...set, status}
  return {type: 'status', object}
}

function planCollisions(set: DaemonSet, collisionCount: number): readonly Action[] {
  if (collisionCount === (set.status?.collisionCount ?? 0)) return []
  const none = {currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0}
  return [withStatus(set, {...none, ...set.status, collisionCount})]
}
