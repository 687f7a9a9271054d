import {Bell} from '../base/bell.js'
import {follow} from './change-feed.js'
import {keyBytes} from './key-bytes.js'
import {RevisionConflict, RevisionExpired, type Change, type Entry, type Listing, type Store} from './store.js'
import {decide, type Write} from './write.js'

export interface MemoryStoreOptions {
  /** How many changes `watch` can look back. */
  readonly logLimit?: number
}

/** A store that lives and dies with the process: for tests, and for what must leave nothing behind. */
export function memoryStore({logLimit = 10_000}: MemoryStoreOptions = {}): Store {
  return new MemoryStore(logLimit)
}

const BATCH = 1000

interface Row {
  readonly bytes: Buffer
  readonly entry: Entry
}

class MemoryStore implements Store {
  readonly #rows = new Map<string, Row>()
  readonly #log = new Map<number, Change>()
  readonly #bell = new Bell()
  readonly #logLimit: number
  #revision = 0
  #isClosed = false

  constructor(logLimit: number) {
    this.#logLimit = logLimit
  }

  async get(key: string): Promise<Entry | undefined> {
    this.#requireOpen()
    return this.#rows.get(key)?.entry
  }

  async list(prefix: string): Promise<Listing> {
    this.#requireOpen()
    const rows = [...this.#rows.values()].filter(({entry}) => entry.key.startsWith(prefix))
    rows.sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    return {entries: rows.map(({entry}) => entry), revision: this.#revision}
  }

  async put(key: string, value: string, expected: number): Promise<number> {
    return this.#write({key, value, expected})
  }

  async delete(key: string, expected: number): Promise<number> {
    return this.#write({key, value: undefined, expected})
  }

  watch(prefix: string, after: number, signal: AbortSignal): AsyncIterable<readonly Change[]> {
    const log = {
      changesAfter: (revision: number) => this.#changesAfter(revision),
      listen: (listener: () => void) => this.#bell.listen(listener),
      isClosed: () => this.#isClosed,
    }
    return follow(log, {prefix, after, signal})
  }

  async revision(): Promise<number> {
    this.#requireOpen()
    return this.#revision
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#bell.ring()
  }

  #write(write: Write): number {
    this.#requireOpen()
    const bytes = keyBytes(write.key)
    const outcome = decide(write, this.#rows.get(write.key)?.entry, this.#revision + 1)
    if (outcome instanceof RevisionConflict) throw outcome
    const {key, value, revision} = outcome
    if (outcome.type === 'deleted') this.#rows.delete(key)
    else this.#rows.set(key, {bytes, entry: {key, value, revision}})
    this.#revision = revision
    this.#log.set(revision, outcome)
    this.#log.delete(revision - this.#logLimit)
    this.#bell.ring()
    return revision
  }

  #changesAfter(after: number): Change[] {
    const end = Math.min(this.#revision, after + BATCH)
    const changes: Change[] = []
    for (let revision = after + 1; revision <= end; revision++) {
      const change = this.#log.get(revision)
      if (change === undefined) throw new RevisionExpired(after, Math.max(0, this.#revision - this.#logLimit))
      changes.push(change)
    }
    return changes
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new Error('the store is closed')
  }
}
