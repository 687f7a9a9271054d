import type {KubeObject} from '../../api/object.js'
import type {Fields} from './fields.js'

/** The kinds whose objects a description may look at besides the described one, by their plural. */
export type Neighbour = 'endpointslices' | 'leases' | 'limitranges' | 'pods' | 'replicasets' | 'resourcequotas' | 'services'

/** What there is around an object, as of the moment it is described. */
export interface Surroundings {
  /** Unix epoch, for ages. */
  readonly nowMs: number
  /** The events about the object; undefined where none are to be shown. */
  readonly events: readonly KubeObject[] | undefined
  /** Those the describer asked for, in the object's namespace; a Node's pods are of all namespaces. */
  readonly neighbours: Readonly<Partial<Record<Neighbour, readonly Fields[]>>>
}

/** How objects of one kind are described: pure and total. */
export interface Describer {
  readonly needs?: readonly Neighbour[]
  /** Lines whose cells are ended by tabs. */
  describe(object: Fields, surroundings: Surroundings): readonly string[]
}
