import {eventType, type Event} from '../../api/kinds/event.js'
import type {KubeObject} from '../../api/object.js'
import {findResource} from '../../api/registry.js'
import type {ResourceType} from '../../api/resource-type.js'
import {fieldsOf, type Fields} from '../../output/describe/fields.js'
import type {Neighbour, Surroundings} from '../../output/describe/surroundings.js'
import {groupBy} from '../../routing/group-by.js'
import type {Resources} from '../../resources/resources.js'

/** What is around objects, each list read once: a description of many objects asks for the same ones again and again. */
export class Vicinity {
  readonly #resources: Resources
  readonly #lists = new Map<string, Promise<readonly Fields[]>>()
  readonly #events = new Map<string, Promise<ReadonlyMap<string, readonly Event[]>>>()

  constructor(resources: Resources) {
    this.#resources = resources
  }

  /** The kinds a describer needs, from where they can concern the object. */
  async neighboursOf(type: ResourceType, object: KubeObject, needs: readonly Neighbour[]): Promise<Surroundings['neighbours']> {
    const scope = type.kind === 'Namespace' ? object.metadata.name : object.metadata.namespace
    const lists = await Promise.all(needs.map(async (plural) => [plural, await this.#list(plural, scope)] as const))
    return Object.fromEntries(lists)
  }

  /** By name, namespace, kind and uid; a Node's may have its name for a uid. Source: kubectl `searchEvents`. */
  async eventsAbout(type: ResourceType, {metadata: {name, namespace, uid}}: KubeObject): Promise<readonly Event[]> {
    const byName = await this.#eventsIn(namespace)
    const namespaces = type.namespaced ? [namespace] : [undefined, '', 'default']
    const isSame = (other: string | undefined) => other === uid || (type.kind === 'Node' && other === name)
    const isAbout = ({involvedObject: about}: Event) =>
      (type.kind === 'Pod' || about.kind === type.kind) && namespaces.includes(about.namespace) && isSame(about.uid)
    return (byName.get(name) ?? []).filter(isAbout)
  }

  #list(plural: Neighbour, namespace: string | undefined): Promise<readonly Fields[]> {
    const key = `${plural}/${namespace ?? ''}`
    const known = this.#lists.get(key)
    if (known !== undefined) return known
    const list = this.#read(plural, namespace)
    this.#lists.set(key, list)
    return list
  }

  async #read(plural: Neighbour, namespace: string | undefined): Promise<readonly Fields[]> {
    const type = findResource(plural)
    if (type === undefined) return []
    const {items} = await this.#resources.list(type, {namespace})
    return items.map(fieldsOf)
  }

  #eventsIn(namespace: string | undefined): Promise<ReadonlyMap<string, readonly Event[]>> {
    const key = namespace ?? ''
    const known = this.#events.get(key)
    if (known !== undefined) return known
    const events = this.#readEvents(namespace)
    this.#events.set(key, events)
    return events
  }

  async #readEvents(namespace: string | undefined): Promise<ReadonlyMap<string, readonly Event[]>> {
    const {items} = await this.#resources.list<Event>(eventType, {namespace})
    return groupBy(items, ({involvedObject}) => involvedObject.name ?? '')
  }
}
