import type {KubeObject} from '../../api/object.js'
import {FOREGROUND, isBlocking, withoutFinalizer} from '../../resources/dependents.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'

const EVENT_LIFETIME_MS = 60 * 60 * 1000

/** What nobody owns any more goes: objects whose owners are all gone, and events an hour old (kube-apiserver --event-ttl). */
export function planGarbage(world: World, nowMs: number): readonly Action[] {
  const alive = new Set(world.all.map(({metadata}) => metadata.uid))
  const isOrphan = ({metadata: {ownerReferences = [], deletionTimestamp}}: KubeObject) =>
    deletionTimestamp === undefined && ownerReferences.length > 0 && ownerReferences.every(({uid}) => !alive.has(uid))
  const isStale = (event: World['events'][number]) => nowMs - Date.parse(event.lastTimestamp ?? event.metadata.creationTimestamp ?? '') > EVENT_LIFETIME_MS
  const gone = [...world.all.filter(isOrphan), ...world.events.filter(isStale)].map((object): Action => ({type: 'delete', object}))
  return [...gone, ...world.all.filter(isWaiting).flatMap((owner) => planForeground(owner, world))]
}

function isWaiting({metadata: {deletionTimestamp, finalizers}}: KubeObject): boolean {
  return deletionTimestamp !== undefined && (finalizers?.includes(FOREGROUND) ?? false)
}

/** An owner that is deleted in the foreground goes after the dependants that block it. */
function planForeground(owner: KubeObject, world: World): readonly Action[] {
  const dependents = world.all.filter(({metadata}) => metadata.ownerReferences?.some(({uid}) => uid === owner.metadata.uid))
  const left = dependents.filter(({metadata}) => metadata.deletionTimestamp === undefined).map((object): Action => ({type: 'delete', object}))
  return dependents.some((dependent) => isBlocking(dependent, owner)) ? left : [...left, {type: 'update', object: withoutFinalizer(owner, FOREGROUND)}]
}
