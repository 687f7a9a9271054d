import type {KubeObject} from '../api/object.js'
import {fieldOf, uidsOf, worldOf, type World} from './world.js'

/** Objects of one kind. */
interface Kind {
  readonly field: keyof World | undefined
  readonly objects: Map<string, KubeObject>
  /** `objects` as a list; undefined where they have changed since. */
  list: readonly KubeObject[] | undefined
}

/**
 * The objects of a store as they change. Each look gives a World that stays as it is; lists of kinds without a change are the very same as in the
 * World before, and so are objects without a change and the set of uids where no object came or went, which is how others tell what there is to do.
 */
export class LiveWorld {
  readonly #kinds = new Map<string, Kind>()
  #world: World = worldOf([])
  #hasChanged = false
  /** Of all objects; undefined where some have come or gone since. */
  #uids: World['uids'] | undefined

  get world(): World {
    if (this.#hasChanged) this.#world = this.#look()
    this.#hasChanged = false
    return this.#world
  }

  put(object: KubeObject): void {
    const {objects} = this.#changed(object)
    if (objects.get(keyOf(object))?.metadata.uid !== object.metadata.uid) this.#uids = undefined
    objects.set(keyOf(object), object)
  }

  delete(object: KubeObject): void {
    this.#changed(object).objects.delete(keyOf(object))
    this.#uids = undefined
  }

  /** There are these and no others. */
  replace(objects: readonly KubeObject[]): void {
    this.#kinds.clear()
    this.#uids = undefined
    this.#hasChanged = true
    for (const object of objects) this.put(object)
  }

  #changed({apiVersion, kind}: KubeObject): Kind {
    const name = `${apiVersion}/${kind}`
    const known = this.#kinds.get(name) ?? {field: fieldOf({apiVersion, kind}), objects: new Map<string, KubeObject>(), list: undefined}
    this.#kinds.set(name, known)
    known.list = undefined
    this.#hasChanged = true
    return known
  }

  #look(): World {
    const kinds = [...this.#kinds.values()]
    const lists = kinds.map((kind) => (kind.list ??= [...kind.objects.values()]))
    this.#uids ??= uidsOf(lists)
    const byField = kinds.flatMap(({field}, i) => (field === undefined ? [] : [[field, lists[i]]]))
    return {...NOTHING, ...Object.fromEntries(byField), kinds: lists, uids: this.#uids}
  }
}

const NOTHING = worldOf([])

function keyOf({metadata}: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}
