import type {KubeObject} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'
import {alreadyExists, conflict, notFound, StatusError} from '../api/status-error.js'
import {RevisionConflict, RevisionExpired, type Change, type Entry, type Listing, type Store} from '../store/store.js'
import {decode, encode} from './codec.js'
import type {ManagedFieldsEntry} from './fields/managed-fields.js'
import {keyOf} from './keys.js'
import {read, type ReadOptions, type WatchEvent} from './reading.js'
import type {ObjectRef} from './write-options.js'

/** The store with objects for values, and the API server's refusals for its conflicts. Which write is allowed is for `Resources` to say. */
export class ObjectStore {
  constructor(private readonly store: Store) {}

  async find(type: ResourceType, {namespace, name}: ObjectRef): Promise<Entry | undefined> {
    return this.store.get(keyOf(type, namespace, name))
  }

  /** Throws NotFound. */
  async entry(type: ResourceType, ref: ObjectRef): Promise<Entry> {
    const entry = await this.find(type, ref)
    if (entry === undefined) throw notFound(type, ref.name)
    return entry
  }

  async list(prefix: string): Promise<Listing> {
    return this.store.list(prefix)
  }

  /** Writes over the revision `expected`, 0 for a new object. Throws AlreadyExists and Conflict. */
  async put<T extends KubeObject>(
    type: ResourceType,
    object: KubeObject,
    {owners, expected}: {owners: readonly ManagedFieldsEntry[]; expected: number},
  ): Promise<T> {
    const {name, namespace} = object.metadata
    const value = encode(object, owners)
    const revision = await guarded(type, name, () => this.store.put(keyOf(type, namespace, name), value, expected))
    return decode<T>({value, revision})
  }

  /** Throws Conflict where the entry is not what is stored any more. */
  async delete(type: ResourceType, name: string, entry: Entry): Promise<void> {
    await guarded(type, name, () => this.store.delete(entry.key, entry.revision))
  }

  /** Every change under `prefix` after `after`, a resourceVersion. Throws Expired. */
  async *watch<T extends KubeObject>(
    prefix: string,
    after: string,
    {signal, ...options}: {signal: AbortSignal} & ReadOptions,
  ): AsyncIterable<readonly WatchEvent<T>[]> {
    try {
      for await (const changes of this.store.watch(prefix, Number(after), signal)) {
        yield changes.map((change: Change) => ({type: change.type, object: read<T>(change, options)}))
      }
    } catch (error) {
      if (error instanceof RevisionExpired) throw new StatusError('Expired', error.message)
      throw error
    }
  }
}

async function guarded<R>(type: ResourceType, name: string, write: () => Promise<R>): Promise<R> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof RevisionConflict)) throw error
    throw error.expected === 0 ? alreadyExists(type, name) : conflict(type, name)
  }
}
