import type {KubeObject} from '../../api/object.js'
import type {ManifestDocument} from '../../api/manifest/manifest.js'
import {groupBy} from '../../routing/group-by.js'
import {readDocuments} from './find-document.js'
import type {Resources} from '../../resources/resources.js'

/** A field of an object. */
export interface FieldPlace {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly path: readonly (string | number)[]
}

export interface SourceLine {
  readonly file: string
  readonly line: number
}

/**
 * Where fields are written, as far as that is known: in the file the object was last applied from, if that is still there and still has it.
 * The file may have been changed since; its lines are those of now.
 */
export class SourceLines {
  /** A trace may ask for thousands of places. */
  readonly #objects: ByName<KubeObject>
  readonly #resources: Resources
  /** By file: many places are in few, and to parse one costs a second where it is large. */
  readonly #documents = new Map<string, Promise<ByName<ManifestDocument>>>()

  constructor(objects: readonly KubeObject[], resources: Resources) {
    this.#objects = groupBy(objects, nameOf)
    this.#resources = resources
  }

  async find({path, ...place}: FieldPlace): Promise<SourceLine | undefined> {
    const named = this.#objects.get(nameOf({kind: place.kind, metadata: place})) ?? []
    const object = named.find((candidate) => (candidate.metadata.namespace ?? '') === place.namespace && hasField(candidate, path[1]))
    const origin = object && (await this.#resources.origins.find(object))
    if (object === undefined || origin === undefined) return undefined
    const group = groupOf(object)
    const isMeant = ({apiVersion = '', metadata}: Partial<KubeObject>) =>
      groupOf({apiVersion}) === group && (metadata?.namespace ?? place.namespace) === place.namespace
    const documents = (await this.#documentsOf(origin.file)).get(nameOf(object)) ?? []
    const document = documents.find(({object}) => isMeant(object as Partial<KubeObject>))
    return document && {file: origin.file, line: document.lineOf(path)}
  }

  #documentsOf(file: string): Promise<ByName<ManifestDocument>> {
    const read = () => readDocuments(file).catch(() => []) // moved or removed: the object's name has to do
    const known = this.#documents.get(file) ?? read().then((documents) => groupBy(documents, ({object}) => nameOf(object as Partial<KubeObject>)))
    this.#documents.set(file, known)
    return known
  }
}

type ByName<T> = ReadonlyMap<string, readonly T[]>

function nameOf({kind = '', metadata}: {readonly kind?: string; readonly metadata?: {readonly name?: string}}): string {
  return `${kind} ${metadata?.name ?? ''}`
}

/** Gateways of Istio and of the Gateway API may have one name: `servers` or `listeners` tell which is meant. */
function hasField(object: KubeObject, field: string | number | undefined): boolean {
  const {spec = {}} = object as KubeObject & {readonly spec?: object}
  return object.kind !== 'Gateway' || field === undefined || field in spec
}

function groupOf({apiVersion}: Pick<KubeObject, 'apiVersion'>): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}
