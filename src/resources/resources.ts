import {randomUUID} from 'node:crypto'
import {matches, type Selector} from '../api/labels.js'
import {formatTime, type KubeObject} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'
import {isSameJson} from '../api/same-json.js'
import {alreadyExists, conflict, isConflict, notFound, StatusError} from '../api/status-error.js'
import {systemClock, type Clock} from '../base/clock.js'
import {RevisionConflict, RevisionExpired, type Change, type Store} from '../store/store.js'
import {admit} from './admission/admit.js'
import {decode, encode} from './codec.js'
import {generateName} from './generate-name.js'
import {keyOf, prefixOf, REGISTRY} from './keys.js'
import {Origins} from './origins.js'
import {restamp, withoutStatus, withStatusOf} from './restamp.js'
import {typeInStore} from './types-in-store.js'

/** How unknown and duplicate fields are treated: refused, warned about, or dropped in silence (kubectl `--validate`). */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore'

export interface WriteOptions {
  /** Goes through everything but the store: the object that would be, with nothing written (`--dry-run=server`). */
  readonly dryRun?: boolean
  readonly fieldValidation?: FieldValidation
}

export interface Written<T extends KubeObject = KubeObject> {
  readonly object: T
  /** False where the write would have changed nothing: then nothing was written. */
  readonly changed: boolean
  readonly warnings: readonly string[]
}

export interface ResourceList<T extends KubeObject> {
  readonly items: readonly T[]
  readonly resourceVersion: string
}

export interface WatchEvent<T extends KubeObject> {
  readonly type: 'added' | 'modified' | 'deleted'
  readonly object: T
}

export interface ListOptions {
  readonly namespace?: string | undefined
  readonly selector?: Selector | undefined
}

export interface ResourcesOptions {
  readonly store: Store
  readonly clock?: Clock
  readonly newUid?: () => string
}

const MAX_CONFLICTS = 20

/**
 * The one place where resources change: decode, default, admit, validate, stamp, compare-and-swap. The CLI and the gateway process
 * write through it and nothing else writes to the store. Refusals are StatusErrors in the API server's words.
 */
export class Resources {
  readonly clock: Clock
  /** Which files objects came from. */
  readonly origins: Origins
  readonly #store: Store
  readonly #newUid: () => string

  constructor({store, clock = systemClock, newUid = randomUUID}: ResourcesOptions) {
    this.#store = store
    this.origins = new Origins(store)
    this.clock = clock
    this.#newUid = newUid
  }

  /** The object, or undefined where there is none. */
  async find<T extends KubeObject>(type: ResourceType, namespace: string | undefined, name: string): Promise<T | undefined> {
    const entry = await this.#store.get(keyOf(type, namespace, name))
    return entry === undefined ? undefined : decode<T>(entry)
  }

  /** The object; throws NotFound. */
  async get<T extends KubeObject>(type: ResourceType, namespace: string | undefined, name: string): Promise<T> {
    const object = await this.find<T>(type, namespace, name)
    if (object === undefined) throw notFound(type, name)
    return object
  }

  /** All objects of a type, by namespace and name, and the revision to watch from. */
  async list<T extends KubeObject>(type: ResourceType, {namespace, selector}: ListOptions = {}): Promise<ResourceList<T>> {
    const {entries, revision} = await this.#store.list(prefixOf(type, namespace))
    const items = entries.map((entry) => decode<T>(entry))
    return {
      items: selector === undefined ? items : items.filter((item) => matches(selector, item.metadata.labels ?? {})),
      resourceVersion: String(revision),
    }
  }

  /** Every change after `after` (a resourceVersion), in batches. Throws Expired when the log no longer reaches back: list again. */
  watch<T extends KubeObject>(type: ResourceType, after: string, options: {namespace?: string | undefined; signal: AbortSignal}): AsyncIterable<readonly WatchEvent<T>[]> {
    return this.#watch<T>(prefixOf(type, options.namespace), after, options.signal)
  }

  /** Every object of every type, as of one revision. */
  async listAll(): Promise<ResourceList<KubeObject>> {
    const {entries, revision} = await this.#store.list(REGISTRY)
    return {items: entries.map((entry) => decode(entry)), resourceVersion: String(revision)}
  }

  /** As `watch`, over all types. */
  watchAll(after: string, signal: AbortSignal): AsyncIterable<readonly WatchEvent<KubeObject>[]> {
    return this.#watch(REGISTRY, after, signal)
  }

  async *#watch<T extends KubeObject>(prefix: string, after: string, signal: AbortSignal): AsyncIterable<readonly WatchEvent<T>[]> {
    try {
      for await (const changes of this.#store.watch(prefix, Number(after), signal)) {
        yield changes.map((change: Change) => ({type: change.type, object: decode<T>(change)}))
      }
    } catch (error) {
      if (error instanceof RevisionExpired) throw new StatusError('Expired', error.message)
      throw error
    }
  }

  /** Stores a new object. Throws AlreadyExists, Invalid, BadRequest, NotFound (its namespace) or a webhook's refusal. */
  async create<T extends KubeObject>(object: T, options: WriteOptions = {}): Promise<Written<T>> {
    const type = await typeInStore(this, object)
    const admitted = await admit(this, type, generateName(withoutStatus(object)), undefined, options)
    const stamped = this.#stamp(admitted.object)
    if (options.dryRun === true) {
      if ((await this.find(type, stamped.metadata.namespace, stamped.metadata.name)) !== undefined) throw alreadyExists(type, stamped.metadata.name)
      return {object: stamped as T, changed: true, warnings: admitted.warnings}
    }
    return {object: await this.#put<T>(type, stamped, 0), changed: true, warnings: admitted.warnings}
  }

  /**
   * Replaces an object's metadata and spec; its status stays. With `metadata.resourceVersion` set the stored object must still be at it.
   * Throws NotFound, Conflict, Invalid.
   */
  async update<T extends KubeObject>(object: T, options: WriteOptions = {}): Promise<Written<T>> {
    const type = await typeInStore(this, object)
    const {name, namespace, resourceVersion} = object.metadata
    const stored = await this.get<T>(type, namespace, name)
    if (resourceVersion !== undefined && resourceVersion !== stored.metadata.resourceVersion) throw conflict(type, name)
    const admitted = await admit(this, type, withStatusOf(stored, object), stored, options)
    const next = restamp(type, stored, admitted.object)
    if (isSameJson(next, stored)) return {object: stored, changed: false, warnings: admitted.warnings}
    if (options.dryRun === true) return {object: next as T, changed: true, warnings: admitted.warnings}
    return {object: await this.#put<T>(type, next, Number(stored.metadata.resourceVersion)), changed: true, warnings: admitted.warnings}
  }

  /** Replaces an object's status and nothing else. Throws NotFound, Conflict. */
  async updateStatus<T extends KubeObject & {readonly status?: unknown}>(object: T): Promise<T> {
    const type = await typeInStore(this, object)
    const {name, namespace, resourceVersion} = object.metadata
    const stored = await this.get<T>(type, namespace, name)
    if (resourceVersion !== undefined && resourceVersion !== stored.metadata.resourceVersion) throw conflict(type, name)
    const next = {...stored, status: object.status}
    if (isSameJson(next, stored)) return stored
    return this.#put<T>(type, next, Number(stored.metadata.resourceVersion))
  }

  /** As `mutate`, for the status alone. */
  async mutateStatus<T extends KubeObject & {readonly status?: unknown}>(type: ResourceType, ref: {namespace?: string | undefined; name: string}, change: (object: T) => T): Promise<T> {
    return this.#untilUncontested(async () => this.updateStatus<T>(change(await this.get<T>(type, ref.namespace, ref.name))))
  }

  /** Reads, changes and writes back, again if someone else wrote meanwhile. `change` may be called more than once. */
  async mutate<T extends KubeObject>(type: ResourceType, ref: {namespace?: string | undefined; name: string}, change: (object: T) => T, options: WriteOptions = {}): Promise<Written<T>> {
    return this.#untilUncontested(async () => this.update<T>(change(await this.get<T>(type, ref.namespace, ref.name)), options))
  }

  /**
   * Removes an object from the store for good, whatever was written to it meanwhile; see `deletion.ts` for what users mean by delete.
   * Throws NotFound, and Conflict where another object (another uid) has taken its name.
   */
  async remove(object: KubeObject): Promise<void> {
    const type = await typeInStore(this, object)
    const {name, namespace, uid} = object.metadata
    for (;;) {
      const entry = await this.#store.get(keyOf(type, namespace, name))
      if (entry === undefined) throw notFound(type, name)
      if (uid !== undefined && decode(entry).metadata.uid !== uid) throw conflict(type, name)
      try {
        await this.#store.delete(entry.key, entry.revision)
        await this.origins.forget(object)
        return
      } catch (error) {
        if (!(error instanceof RevisionConflict)) throw error // a controller wrote its status in between: look again
      }
    }
  }

  async #untilUncontested<R>(write: () => Promise<R>): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await write()
      } catch (error) {
        if (!isConflict(error) || attempt >= MAX_CONFLICTS) throw error
      }
    }
  }

  #stamp(object: KubeObject): KubeObject {
    const {resourceVersion: _, ...metadata} = object.metadata
    return {
      ...object,
      metadata: {...metadata, uid: this.#newUid(), creationTimestamp: formatTime(this.clock.now()), generation: 1},
    }
  }

  async #put<T extends KubeObject>(type: ResourceType, object: KubeObject, expected: number): Promise<T> {
    const {name, namespace} = object.metadata
    const value = encode(object)
    const revision = await this.#guard(type, name, () => this.#store.put(keyOf(type, namespace, name), value, expected))
    return decode<T>({value, revision})
  }

  async #guard<R>(type: ResourceType, name: string, write: () => Promise<R>): Promise<R> {
    try {
      return await write()
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error
      throw error.expected === 0 ? alreadyExists(type, name) : conflict(type, name)
    }
  }
}
