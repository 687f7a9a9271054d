import {randomUUID} from 'node:crypto'
import {matches} from '../api/labels.js'
import {formatTime, type KubeObject} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'
import {isSameJson} from '../api/same-json.js'
import {alreadyExists, conflict} from '../api/status-error.js'
import {systemClock, type Clock} from '../base/clock.js'
import type {Entry, Store} from '../store/store.js'
import {AddressBook} from './admission/address-book.js'
import {admit} from './admission/admit.js'
import {decode, managedFieldsOf} from './codec.js'
import {afterUpdate, type Writer} from './fields/managed-fields.js'
import {hasSameOwners, splitManagedFields} from './fields/written-managed-fields.js'
import {generateName} from './generate-name.js'
import {prefixOf, REGISTRY} from './keys.js'
import {markedAsDeleted} from './marked-as-deleted.js'
import {ObjectStore} from './object-store.js'
import {Origins} from './origins.js'
import {patchObject, pinsVersion, type Patch} from './patch/patch-object.js'
import {isLastHoldGone, requireNoNewFinalizers, requirePreconditions} from './preconditions.js'
import {read, shown, type ListOptions, type ReadOptions, type ResourceList, type WatchEvent} from './reading.js'
import {restamp, withoutServersOwn, withoutStatus, withStatusOf} from './restamp.js'
import {typeInStore} from './types-in-store.js'
import {untilUncontested} from './until-uncontested.js'
import type {DeletionMark, ObjectRef, Replacement, WriteOptions, Written} from './write-options.js'

export interface ResourcesOptions {
  readonly store: Store
  readonly clock?: Clock
  readonly newUid?: () => string
  /** Who writes where nobody is named. */
  readonly fieldManager?: string
  /** Shared by all that write to the store from this process. */
  readonly addresses?: AddressBook
}

/**
 * The one place where resources change: decode, default, admit, validate, stamp, compare-and-swap. The CLI and the gateway process
 * write through it and nothing else writes to the store. Refusals are StatusErrors in the API server's words.
 */
export class Resources {
  readonly clock: Clock
  /** Which files objects came from. */
  readonly origins: Origins
  /** Which Service has which address. */
  readonly addresses: AddressBook
  readonly #store: Store
  readonly #objects: ObjectStore
  readonly #newUid: () => string
  readonly #fieldManager: string

  constructor({store, clock = systemClock, newUid = () => randomUUID(), fieldManager = 'tshift', addresses = new AddressBook(store)}: ResourcesOptions) {
    this.#store = store
    this.#objects = new ObjectStore(store)
    this.origins = new Origins(store)
    this.addresses = addresses
    this.clock = clock
    this.#newUid = newUid
    this.#fieldManager = fieldManager
  }

  /** The same resources, written to by someone else: a controller, a verb. */
  as(fieldManager: string): Resources {
    return new Resources({store: this.#store, clock: this.clock, newUid: this.#newUid, fieldManager, addresses: this.addresses})
  }

  /** The object, or undefined where there is none. */
  async find<T extends KubeObject>(type: ResourceType, namespace: string | undefined, name: string, options: ReadOptions = {}): Promise<T | undefined> {
    const entry = await this.#objects.find(type, {namespace, name})
    return entry === undefined ? undefined : read<T>(entry, options)
  }

  /** The object; throws NotFound. */
  async get<T extends KubeObject>(type: ResourceType, namespace: string | undefined, name: string, options: ReadOptions = {}): Promise<T> {
    return read<T>(await this.#objects.entry(type, {namespace, name}), options)
  }

  /** All objects of a type, by namespace and name, and the revision to watch from. */
  async list<T extends KubeObject>(type: ResourceType, {namespace, selector, ...options}: ListOptions = {}): Promise<ResourceList<T>> {
    const {entries, revision} = await this.#objects.list(prefixOf(type, namespace))
    const items = entries.map((entry) => read<T>(entry, options))
    return {
      items: selector === undefined ? items : items.filter((item) => matches(selector, item.metadata.labels ?? {})),
      resourceVersion: String(revision),
    }
  }

  /** Every change after `after` (a resourceVersion), in batches. Throws Expired when the log no longer reaches back: list again. */
  watch<T extends KubeObject>(
    type: ResourceType,
    after: string,
    options: {namespace?: string | undefined; signal: AbortSignal} & ReadOptions,
  ): AsyncIterable<readonly WatchEvent<T>[]> {
    return this.#objects.watch<T>(prefixOf(type, options.namespace), after, options)
  }

  /** Every object of every type, as of one revision. */
  async listAll(): Promise<ResourceList<KubeObject>> {
    const {entries, revision} = await this.#objects.list(REGISTRY)
    return {items: entries.map((entry) => decode(entry)), resourceVersion: String(revision)}
  }

  /** As `watch`, over all types. */
  watchAll(after: string, signal: AbortSignal): AsyncIterable<readonly WatchEvent<KubeObject>[]> {
    return this.#objects.watch(REGISTRY, after, {signal})
  }

  /** Stores a new object. Throws AlreadyExists, Invalid, BadRequest, NotFound (its namespace) or a webhook's refusal. */
  async create<T extends KubeObject>(object: T, options: WriteOptions = {}): Promise<Written<T>> {
    const type = await typeInStore(this, object)
    const admitted = await admit(this, type, generateName(withoutStatus(splitManagedFields(object).bare)), undefined, options)
    const identified = this.#stamp(type, admitted.object)
    const stamped = type.withUid?.(identified) ?? identified
    const owners = options.owners ?? afterUpdate([], {type, before: undefined, after: stamped, writer: this.#writer(object, options), nowMs: this.clock.now()})
    const {warnings} = admitted
    if (options.dryRun === true) {
      if ((await this.find(type, stamped.metadata.namespace, stamped.metadata.name)) !== undefined) throw alreadyExists(type, stamped.metadata.name)
      return {object: shown(stamped as T, owners, options), changed: true, warnings}
    }
    return {object: shown(await this.#objects.put<T>(type, stamped, {owners, expected: 0}), owners, options), changed: true, warnings}
  }

  /**
   * Replaces an object's metadata and spec; its status stays. With `metadata.resourceVersion` or `uid` set the stored object must still have them.
   * An object that is being deleted goes with its last finalizer. Throws NotFound, Conflict, Invalid.
   */
  async update<T extends KubeObject>(object: T, options: WriteOptions = {}): Promise<Written<T>> {
    const type = await typeInStore(this, object)
    const entry = await this.#objects.entry(type, object.metadata)
    const stored = decode<T>(entry)
    requirePreconditions(type, stored, object.metadata)
    const {bare, given} = splitManagedFields(object)
    const admitted = await admit(this, type, withStatusOf(stored, bare), stored, options)
    const next = withStatusOf(stored, restamp(type, stored, admitted.object, options) as T) // admission drops nulls, and a status has them: lastProbeTime
    requireNoNewFinalizers(type, stored, next)
    return this.#replace(type, entry, {stored, next, given, object, options, warnings: admitted.warnings})
  }

  /** Replaces an object's status and nothing else. Throws NotFound, Conflict. */
  async updateStatus<T extends KubeObject & {readonly status?: unknown}>(object: T, options: WriteOptions = {}): Promise<T> {
    const type = await typeInStore(this, object)
    const entry = await this.#objects.entry(type, object.metadata)
    const stored = decode<T>(entry)
    requirePreconditions(type, stored, object.metadata)
    const next = {...stored, status: object.status}
    const status = {...options, subresource: 'status'} as const
    return (await this.#replace(type, entry, {stored, next, given: undefined, object, options: status, warnings: []})).object
  }

  async #replace<T extends KubeObject>(type: ResourceType, entry: Entry, write: Replacement<T>): Promise<Written<T>> {
    const {stored, next, given, object, options, warnings} = write
    const isSame = isSameJson(next, stored)
    const before = isSame && given === undefined && options.owners === undefined && options.managedFields !== true ? [] : managedFieldsOf(entry)
    const update = {type, before: stored, after: next, writer: this.#writer(object, options), nowMs: this.clock.now()}
    const owners = options.owners ?? (isSame ? (given ?? before) : afterUpdate(given ?? before, update))
    if (isSame && hasSameOwners(owners, before)) return {object: shown(stored, owners, options), changed: false, warnings}
    if (options.dryRun === true) return {object: shown(next, owners, options), changed: true, warnings}
    if (isLastHoldGone(stored, next)) {
      await this.#erase(type, entry, stored)
      return {object: next, changed: true, warnings}
    }
    return {object: shown(await this.#objects.put<T>(type, next, {owners, expected: entry.revision}), owners, options), changed: true, warnings}
  }

  /** Changes an object as a JSON, merge or strategic merge patch says. Throws as `update` does, UnsupportedMediaType, Invalid or BadRequest. */
  async patch<T extends KubeObject>(type: ResourceType, ref: ObjectRef, patch: Patch, options: WriteOptions = {}): Promise<Written<T>> {
    return untilUncontested(() => patchObject<T>(this, type, {ref, patch, options}), () => !pinsVersion(patch))
  }

  /** As `mutate`, for the status alone. */
  async mutateStatus<T extends KubeObject & {readonly status?: unknown}>(type: ResourceType, ref: ObjectRef, change: (object: T) => T): Promise<T> {
    return untilUncontested(async () => this.updateStatus<T>(change(await this.get<T>(type, ref.namespace, ref.name))))
  }

  /** Reads, changes and writes back, again if someone else wrote meanwhile. `change` may be called more than once. */
  async mutate<T extends KubeObject>(type: ResourceType, ref: ObjectRef, change: (object: T) => T, options: WriteOptions = {}): Promise<Written<T>> {
    return untilUncontested(async () => this.update<T>(change(await this.get<T>(type, ref.namespace, ref.name)), options))
  }

  /**
   * Removes an object from the store, whatever was written to it meanwhile; one that finalizers hold is marked as deleted and stays until they
   * are gone. See `deletion.ts` for what users mean by delete. Throws NotFound, and Conflict where another object (another uid) has taken its name.
   */
  async remove(object: KubeObject): Promise<void> {
    const type = await typeInStore(this, object)
    await untilUncontested(async () => {
      const entry = await this.#objects.entry(type, object.metadata)
      const stored = decode(entry)
      if (object.metadata.uid !== undefined && stored.metadata.uid !== object.metadata.uid) throw conflict(type, object.metadata.name)
      if ((stored.metadata.finalizers ?? []).length > 0) return this.#mark(type, entry, {graceSeconds: 0})
      return this.#erase(type, entry, stored)
    })
  }

  /** Marks an object as being deleted, due in `graceSeconds`; finalizers given are put on it, so that it stays until they are taken off. */
  async markDeleted(object: KubeObject, mark: DeletionMark): Promise<void> {
    const type = await typeInStore(this, object)
    await untilUncontested(async () => this.#mark(type, await this.#objects.entry(type, object.metadata), mark))
  }

  async #mark(type: ResourceType, entry: Entry, mark: DeletionMark): Promise<void> {
    const stored = decode(entry)
    const next = markedAsDeleted(stored, mark, this.clock.now())
    if (!isSameJson(next, stored)) await this.#objects.put(type, next, {owners: managedFieldsOf(entry), expected: entry.revision})
  }

  async #erase(type: ResourceType, entry: Entry, object: KubeObject): Promise<void> {
    await this.#objects.delete(type, object.metadata.name, entry)
    await this.origins.forget(object)
  }

  #writer({apiVersion}: KubeObject, {fieldManager, subresource}: WriteOptions): Writer {
    return {manager: fieldManager ?? this.#fieldManager, operation: 'Update', apiVersion, ...(subresource === undefined ? {} : {subresource})}
  }

  #stamp({hasGeneration}: ResourceType, object: KubeObject): KubeObject {
    const own = {uid: this.#newUid(), creationTimestamp: formatTime(this.clock.now()), ...(hasGeneration ? {generation: 1} : {})}
    return {...object, metadata: {...withoutServersOwn(object.metadata), ...own}}
  }
}
