import type {KubeObject} from '../../api/object.js'
import {memoizeByIdentity} from '../../base/memoize.js'
import {FOREGROUND, isBlocking, withoutFinalizer} from '../../resources/dependents.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'

const EVENT_LIFETIME_MS = 60 * 60 * 1000

/** What nobody owns any more goes: objects whose owners are all gone, and events an hour old (kube-apiserver --event-ttl). */
export function planGarbage(world: World, nowMs: number): readonly Action[] {
  const orphans = world.kinds.flatMap((list) => orphansIn(list, world.uids))
  const stale = timesOf(world.events).flatMap(({object, atMs}) => (nowMs - atMs > EVENT_LIFETIME_MS ? [object] : []))
  const gone = [...orphans, ...stale].map((object): Action => ({type: 'delete', object}))
  return [...gone, ...world.kinds.flatMap(waitingIn).flatMap((owner) => planForeground(owner, world))]
}

/** Most changes leave most kinds as they are, and make no owner come or go. */
const orphansIn = memoizeByIdentity((list: readonly KubeObject[], alive: World['uids']): readonly KubeObject[] =>
  list.filter(({metadata: {ownerReferences = [], deletionTimestamp}}) => {
    return ownerReferences.length > 0 && deletionTimestamp === undefined && ownerReferences.every(({uid}) => !alive.has(uid))
  }),
)

const timesOf = memoizeByIdentity((events: World['events']) =>
  events.map((object) => ({object, atMs: Date.parse(object.lastTimestamp ?? object.metadata.creationTimestamp ?? '')})),
)

const waitingIn = memoizeByIdentity((list: readonly KubeObject[]): readonly KubeObject[] =>
  list.filter(({metadata: {deletionTimestamp, finalizers}}) => deletionTimestamp !== undefined && (finalizers?.includes(FOREGROUND) ?? false)),
)

/** An owner that is deleted in the foreground goes after the dependants that block it. */
function planForeground(owner: KubeObject, world: World): readonly Action[] {
  const dependents = world.kinds.flatMap((list) => list.filter(({metadata}) => metadata.ownerReferences?.some(({uid}) => uid === owner.metadata.uid)))
  const left = dependents.filter(({metadata}) => metadata.deletionTimestamp === undefined).map((object): Action => ({type: 'delete', object}))
  return dependents.some((dependent) => isBlocking(dependent, owner)) ? left : [...left, {type: 'update', object: withoutFinalizer(owner, FOREGROUND)}]
}
