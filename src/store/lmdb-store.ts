import {setImmediate as nextTurn} from 'node:timers/promises'
import type {Doorbell} from '../base/doorbell.js'
import type {Gate} from '../base/gate.js'
import {follow} from './change-feed.js'
import {keyBytes} from './key-bytes.js'
import {toStoreFailure} from './lmdb-failure.js'
import {RevisionConflict, type Change, type Entry, type Listing, type Store} from './store.js'
import {decide, type Write} from './write.js'

/** The tables on disk. `look` and `change` open a transaction over all of them; the other methods work inside one. */
export interface Tables {
  /** Runs `read` on the newest state, whichever process wrote it. */
  look<T>(read: () => T): T
  /** Runs `write` alone among all processes; what it did is on the disk when this returns, or none of it where it throws. */
  change<T>(write: () => T): T
  entry(key: string): Entry | undefined
  /** In byte order. */
  entries(prefix: string): Entry[]
  /** Of the last change; 0 in an empty store. */
  revision(): number
  /** Some of the changes after that revision, without a gap. Throws RevisionExpired. */
  changesAfter(revision: number): Change[]
  /** Puts one change into effect and into the log. */
  record(change: Change): void
  close(): Promise<void>
}

export interface LmdbStoreParts {
  readonly directory: string
  readonly tables: Tables
  readonly doorbell: Doorbell
  readonly gate: Gate
}

interface Waiting extends Write {
  readonly resolve: (revision: number) => void
  readonly reject: (error: unknown) => void
}

/** A store over tables that several processes share. Writes that wait together go into one transaction, then the doorbell rings. */
export class LmdbStore implements Store {
  readonly #directory: string
  readonly #tables: Tables
  readonly #doorbell: Doorbell
  readonly #gate: Gate
  #waiting: Waiting[] = []
  #committing: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor({directory, tables, doorbell, gate}: LmdbStoreParts) {
    this.#directory = directory
    this.#tables = tables
    this.#doorbell = doorbell
    this.#gate = gate
  }

  async get(key: string): Promise<Entry | undefined> {
    return this.#look(() => this.#tables.entry(key))
  }

  async list(prefix: string): Promise<Listing> {
    return this.#look(() => ({entries: this.#tables.entries(prefix), revision: this.#tables.revision()}))
  }

  async put(key: string, value: string, expected: number): Promise<number> {
    return this.#write({key, value, expected})
  }

  async delete(key: string, expected: number): Promise<number> {
    return this.#write({key, value: undefined, expected})
  }

  watch(prefix: string, after: number, signal: AbortSignal): AsyncIterable<readonly Change[]> {
    const log = {
      changesAfter: (revision: number) => this.#look(() => this.#tables.changesAfter(revision)),
      listen: (listener: () => void) => this.#doorbell.listen(listener),
      isClosed: () => this.#closing !== undefined,
    }
    return follow(log, {prefix, after, signal})
  }

  async revision(): Promise<number> {
    return this.#look(() => this.#tables.revision())
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await this.#committing
    this.#doorbell.close()
    await this.#tables.close()
  }

  #look<T>(read: () => T): T {
    this.#requireOpen()
    try {
      return this.#tables.look(read)
    } catch (error) {
      throw toStoreFailure('read from', this.#directory, error)
    }
  }

  #write(write: Write): Promise<number> {
    this.#requireOpen()
    keyBytes(write.key)
    return new Promise((resolve, reject) => {
      this.#waiting.push({...write, resolve, reject})
      this.#committing ??= this.#commitWaiting()
    })
  }

  async #commitWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      await nextTurn()
      await this.#gate.pass(() => this.#commit())
    }
    this.#committing = undefined
  }

  /** One transaction for all writes that wait; a refused one does not touch the others. */
  #commit(): void {
    const writes = this.#waiting
    this.#waiting = []
    try {
      const outcomes = this.#tables.change(() => writes.map((write) => this.#apply(write)))
      if (outcomes.some((outcome) => !(outcome instanceof RevisionConflict))) this.#doorbell.ring()
      outcomes.forEach((outcome, i) => (outcome instanceof RevisionConflict ? writes[i]?.reject(outcome) : writes[i]?.resolve(outcome.revision)))
    } catch (error) {
      const failure = toStoreFailure('write to', this.#directory, error)
      for (const {reject} of writes) reject(failure)
    }
  }

  #apply(write: Write): Change | RevisionConflict {
    const outcome = decide(write, this.#tables.entry(write.key), this.#tables.revision() + 1)
    if (!(outcome instanceof RevisionConflict)) this.#tables.record(outcome)
    return outcome
  }

  #requireOpen(): void {
    if (this.#closing !== undefined) throw new Error('the store is closed')
  }
}
