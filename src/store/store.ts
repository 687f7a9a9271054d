/**
 * A small revisioned key-value store, shaped like the part of etcd that Kubernetes uses.
 *
 * One revision counter rises by one with every write, over all keys. Readers can say what they have seen (`Listing.revision`)
 * and follow from there (`watch`). Implementations: `memory.ts`, `lmdb.ts`; both run `test/contract/store.ts`.
 */
export interface Store {
  /** The entry, or undefined where there is none. */
  get(key: string): Promise<Entry | undefined>

  /** All entries whose key starts with `prefix`, by key in byte order, as they were at one revision. */
  list(prefix: string): Promise<Listing>

  /**
   * Writes `value` if the entry's revision is still `expected` (0: there must be no entry) and returns the new revision.
   * Once the promise resolves the write survives a kill of this process. Throws RevisionConflict.
   */
  put(key: string, value: string, expected: number): Promise<number>

  /** Deletes the entry if its revision is still `expected`; returns the deletion's revision. Throws RevisionConflict. */
  delete(key: string, expected: number): Promise<number>

  /**
   * Every change to keys under `prefix` after revision `after`, in order, in batches as they come, from any process.
   * Ends quietly when `signal` aborts. Throws RevisionExpired when the change log no longer reaches back to `after`: list again.
   */
  watch(prefix: string, after: number, signal: AbortSignal): AsyncIterable<readonly Change[]>

  /** The revision of the last write; 0 in an empty store. */
  revision(): Promise<number>

  /** Releases files and timers. Watches end. Calling it twice is fine. */
  close(): Promise<void>
}

export interface Entry {
  readonly key: string
  readonly value: string
  /** Revision of the write that made the entry what it is. */
  readonly revision: number
}

export interface Listing {
  readonly entries: readonly Entry[]
  readonly revision: number
}

export interface Change {
  readonly type: 'added' | 'modified' | 'deleted'
  readonly key: string
  /** The new value; for `deleted` the last one. */
  readonly value: string
  readonly revision: number
}

/** The entry is not (or no longer) at the expected revision. `actual` is 0 where there is none. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict'
  constructor(
    readonly key: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`${key} is at revision ${actual}, not ${expected}`)
  }
}

/** The change log starts after the revision asked for; `oldest` is the first it still reaches back to. */
export class RevisionExpired extends Error {
  override readonly name = 'RevisionExpired'
  constructor(
    readonly after: number,
    readonly oldest: number,
  ) {
    super(`too old resource version: ${after} (${oldest})`)
  }
}
