import {fromLabelSelector, matches, type LabelSelector} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'
import {groupBy} from '../../routing/group-by.js'
import type {Action} from '../action.js'
import {byController, controllerReference} from './ownership.js'

/** What owners may lay hands on: what is theirs, and what is nobody's. */
export interface Claimable<T extends KubeObject> {
  readonly owned: ReadonlyMap<string, readonly T[]>
  /** By namespace, without a controller and not on their way out. */
  readonly orphans: ReadonlyMap<string, readonly T[]>
}

/** What there is to claim: objects by the controller they name, and by namespace those that name none and are not going. */
export function claimable<T extends KubeObject>(objects: readonly T[]): Claimable<T> {
  const isOwned = ({metadata}: T) => metadata.ownerReferences?.some(({controller}) => controller === true) ?? false
  const free = objects.filter((object) => object.metadata.deletionTimestamp === undefined && !isOwned(object))
  return {owned: byController(objects), orphans: groupBy(free, ({metadata}) => metadata.namespace ?? '')}
}

export interface Claim<T extends KubeObject> {
  readonly owned: readonly T[]
  /** Objects to adopt or to let go; while there are any, what is owned is about to change. */
  readonly actions: readonly Action[]
}

type Owner = KubeObject & {readonly spec: {readonly selector?: LabelSelector}}

/**
 * An owner has what its selector selects: it adopts what has no controller, and lets go what no longer fits.
 * Source: kubernetes controller_ref_manager.go.
 */
export function claim<T extends KubeObject>(owner: Owner, {owned: all, orphans}: Claimable<T>): Claim<T> {
  const owned = all.get(owner.metadata.uid ?? '') ?? []
  const {selector = {}} = owner.spec
  const wanted = fromLabelSelector(selector)
  if (wanted.length === 0) return {owned, actions: []}
  const fits = ({metadata}: KubeObject) => matches(wanted, metadata.labels ?? {})
  const adopted = (orphans.get(owner.metadata.namespace ?? '') ?? []).filter(fits)
  const released = owned.filter((object) => object.metadata.deletionTimestamp === undefined && !fits(object))
  return {owned, actions: [...adopted.map((object) => adopt(object, owner)), ...released.map((object) => release(object, owner))]}
}

function adopt(object: KubeObject, owner: KubeObject): Action {
  const ownerReferences = [...(object.metadata.ownerReferences ?? []), controllerReference(owner)]
  return {type: 'update', object: {...object, metadata: {...object.metadata, ownerReferences}}}
}

function release(object: KubeObject, owner: KubeObject): Action {
  const {ownerReferences = [], ...metadata} = object.metadata
  const rest = ownerReferences.filter(({uid}) => uid !== owner.metadata.uid)
  return {type: 'update', object: {...object, metadata: {...metadata, ...(rest.length > 0 && {ownerReferences: rest})}}}
}
