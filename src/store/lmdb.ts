import {existsSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import type {Database, RootDatabase} from 'lmdb'
import {Doorbell} from '../base/doorbell.js'
import {makePrivateDirectory} from '../base/private-directory.js'
import {follow} from './change-feed.js'
import {keyBytes} from './key-bytes.js'
import {findFileDamage} from './lmdb-file.js'
import {damagedStore, toStoreFailure} from './lmdb-failure.js'
import {RevisionConflict, RevisionExpired, type Change, type Entry, type Listing, type Store} from './store.js'
import {decide, type Write} from './write.js'

export interface LmdbStoreOptions {
  /** Where the files are; created, with its parents, for its owner only. */
  readonly directory: string
  /** How many changes `watch` can look back. */
  readonly logLimit?: number
  /** How often a watch looks although nobody rang: a writer may be killed between its write and the ring. */
  readonly pollMs?: number
}

/**
 * The store on disk, for any number of processes at once. A write is acknowledged after its transaction is on the disk (fsync): it survives a kill of the
 * process and a loss of power. That takes 0.45 ms on our SSD, against 0.04 ms for a transaction that survives only the kill and may leave a broken file when
 * the power goes; writes of one turn of the event loop share a transaction, so many at once cost little more than one.
 * Watchers in other processes are woken through a file they all watch. Throws UserError where the directory or the file cannot be used.
 */
export async function openLmdbStore({directory, logLimit = 10_000, pollMs = 1000}: LmdbStoreOptions): Promise<Store> {
  try {
    makePrivateDirectory(directory)
    const dataFile = path.join(directory, 'data.mdb')
    const damage = existsSync(dataFile) ? findFileDamage(dataFile) : undefined
    if (damage !== undefined) throw damagedStore(directory, damage)
    const doorbell = new Doorbell(path.join(directory, 'doorbell'), {pollMs})
    return new LmdbStore({directory, logLimit, doorbell, tables: openTables(directory)})
  } catch (error) {
    throw toStoreFailure('open', directory, error)
  }
}

/** One transaction covers all three. */
interface Tables {
  readonly root: RootDatabase
  /** Key bytes to value, with the revision as LMDB entry version. */
  readonly entries: Database<string, Buffer>
  /** Revision to change. Without gaps, so that one look tells whether it still reaches back. */
  readonly changes: Database<readonly [Change['type'], string, string], number>
  readonly counters: Database<number, 'revision'>
}

function openTables(directory: string): Tables {
  // Loaded here because commands that need no store should not pay for it, and as CommonJS because that takes 20 ms where its ES modules take 35.
  const {open} = createRequire(import.meta.url)('lmdb') as typeof import('lmdb')
  const options = {
    path: directory,
    noSubdir: false,
    permissionsMode: 0o600,
    maxDbs: 3,
    maxReaders: 1024,
    // Plain LMDB commits: the variant that flushes later took as long here and needs the machine's boot id to open safely after a kill.
    overlappingSync: false,
  }
  const root = open<unknown, string>(options)
  return {
    root,
    entries: root.openDB<string, Buffer>('entries', {keyEncoding: 'binary', encoding: 'string', useVersions: true}),
    changes: root.openDB<readonly [Change['type'], string, string], number>('changes', {encoding: 'msgpack'}),
    counters: root.openDB<number, 'revision'>('counters', {encoding: 'msgpack'}),
  }
}

/** How many changes a watch takes from the log at once, and how many a write trims from it at most. */
const WATCH_BATCH = 1000
const TRIM_BATCH = 16

interface Waiting extends Write {
  readonly resolve: (revision: number) => void
  readonly reject: (error: unknown) => void
}

interface LmdbParts {
  readonly directory: string
  readonly logLimit: number
  readonly doorbell: Doorbell
  readonly tables: Tables
}

class LmdbStore implements Store {
  readonly #directory: string
  readonly #logLimit: number
  readonly #doorbell: Doorbell
  readonly #tables: Tables
  #waiting: Waiting[] = []
  #closing: Promise<void> | undefined

  constructor({directory, logLimit, doorbell, tables}: LmdbParts) {
    this.#directory = directory
    this.#logLimit = logLimit
    this.#doorbell = doorbell
    this.#tables = tables
  }

  async get(key: string): Promise<Entry | undefined> {
    return this.#read(() => this.#entry(key))
  }

  async list(prefix: string): Promise<Listing> {
    return this.#read(() => {
      const rows = this.#tables.entries.getRange({...prefixRange(prefix), versions: true})
      const entries = Array.from(rows, ({key, value, version = 0}) => ({key: key.toString(), value, revision: version}))
      return {entries, revision: this.#revision()}
    })
  }

  async put(key: string, value: string, expected: number): Promise<number> {
    return this.#write({key, value, expected})
  }

  async delete(key: string, expected: number): Promise<number> {
    return this.#write({key, value: undefined, expected})
  }

  watch(prefix: string, after: number, signal: AbortSignal): AsyncIterable<readonly Change[]> {
    const log = {
      changesAfter: (revision: number) => this.#read(() => this.#changesAfter(revision)),
      listen: (listener: () => void) => this.#doorbell.listen(listener),
      isClosed: () => this.#closing !== undefined,
    }
    return follow(log, {prefix, after, signal})
  }

  async revision(): Promise<number> {
    return this.#read(() => this.#revision())
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#commit()
    this.#doorbell.close()
    await this.#tables.root.close()
  }

  /** Reads one and the newest state: the binding keeps a snapshot open between reads, which may be older than another process's last write. */
  #read<T>(look: () => T): T {
    this.#requireOpen()
    try {
      this.#tables.root.resetReadTxn()
      return look()
    } catch (error) {
      throw toStoreFailure('read', this.#directory, error)
    }
  }

  #entry(key: string): Entry | undefined {
    const row = this.#tables.entries.getEntry(keyBytes(key))
    return row && {key, value: row.value, revision: row.version ?? 0}
  }

  #revision(): number {
    return this.#tables.counters.get('revision') ?? 0
  }

  #changesAfter(after: number): Change[] {
    const rows = Array.from(this.#tables.changes.getRange({start: after + 1, limit: WATCH_BATCH}))
    const first = rows[0]?.key
    if (first !== undefined && first !== after + 1) throw new RevisionExpired(after, first - 1)
    return rows.map(({key: revision, value: [type, key, value]}) => ({type, key, value, revision}))
  }

  #write(write: Write): Promise<number> {
    this.#requireOpen()
    keyBytes(write.key)
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#commit())
      this.#waiting.push({...write, resolve, reject})
    })
  }

  /** One transaction for all writes that wait; a refused one does not touch the others. */
  #commit(): void {
    const writes = this.#waiting
    if (writes.length === 0) return
    this.#waiting = []
    try {
      const outcomes = this.#tables.root.transactionSync(() => this.#applyAll(writes))
      if (outcomes.some((outcome) => typeof outcome === 'number')) this.#doorbell.ring()
      outcomes.forEach((outcome, i) => (typeof outcome === 'number' ? writes[i]?.resolve(outcome) : writes[i]?.reject(outcome)))
    } catch (error) {
      const failure = toStoreFailure('write', this.#directory, error)
      for (const {reject} of writes) reject(failure)
    }
  }

  #applyAll(writes: readonly Write[]): (number | RevisionConflict)[] {
    const start = this.#revision()
    let revision = start
    const outcomes = writes.map((write) => {
      const outcome = decide(write, this.#entry(write.key), revision + 1)
      if (outcome instanceof RevisionConflict) return outcome
      this.#apply(outcome)
      return (revision = outcome.revision)
    })
    if (revision > start) this.#tables.counters.putSync('revision', revision)
    return outcomes
  }

  #apply({type, key, value, revision}: Change): void {
    const {entries, changes} = this.#tables
    if (type === 'deleted') entries.removeSync(keyBytes(key))
    else entries.putSync(keyBytes(key), value, revision)
    changes.putSync(revision, [type, key, value])
    const expired = Array.from(changes.getKeys({start: 0, end: revision - this.#logLimit + 1, limit: TRIM_BATCH}))
    for (const old of expired) changes.removeSync(old)
  }

  #requireOpen(): void {
    if (this.#closing !== undefined) throw new Error('the store is closed')
  }
}

/** The bytes of all keys that start with `prefix`. No UTF-8 text has a byte 0xff, so the last byte can be counted up. */
function prefixRange(prefix: string): {start?: Buffer; end?: Buffer} {
  if (prefix === '') return {}
  const start = Buffer.from(prefix)
  const end = Buffer.from(start)
  end.writeUInt8(end.readUInt8(end.length - 1) + 1, end.length - 1)
  return {start, end}
}
