import {lookup as systemLookup} from 'node:dns/promises'
import {systemClock, type Clock} from '../../base/clock.js'

/** What a name stands for now, in the order of the answer. Rejects where the name has no address. */
export type Lookup = (name: string) => Promise<Answer>

export interface Answer {
  readonly addresses: readonly string[]
  /** How long the answer holds, where the source says. */
  readonly ttlMs?: number
}

export interface ResolverOptions {
  /** Called when the addresses of a name, or the reason why it has none, changed. */
  readonly changed: () => void
  readonly lookup?: Lookup
  readonly clock?: Clock
}

/** Envoy's dns_refresh_rate, and the least that a time to live counts for. */
const REFRESH_MS = 5000
const TIMEOUT_MS = 5000
/** The system's resolver takes a thread of libuv's four for each name; files are read by the same threads. */
const CONCURRENCY = 2

/** The system's resolver, which also reads /etc/hosts. IPv4 where there is any, as gateways in an IPv4 cluster have it (V4_PREFERRED). */
export const lookupInSystem: Lookup = async (name) => {
  const found = await systemLookup(name, {all: true})
  const v4 = found.filter(({family}) => family === 4)
  return {addresses: (v4.length > 0 ? v4 : found).map(({address}) => address)}
}

interface Entry {
  readonly name: string
  addresses?: readonly string[]
  /** Why the last attempt failed. */
  problem?: string
  /** When it is to be looked up next; undefined while it is. */
  dueMs?: number
}

/**
 * Follows the addresses of host names: looks each up again before its answer is too old, and keeps the last addresses when that fails, as Envoy's
 * DNS clusters do. At most two look-ups run at once; one that takes longer than 5 s counts as failed.
 */
export class Resolver {
  readonly #changed: () => void
  readonly #lookup: Lookup
  readonly #clock: Clock
  readonly #entries = new Map<string, Entry>()
  readonly #waiting = new Set<() => void>()
  #running = 0
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor({changed, lookup = lookupInSystem, clock = systemClock}: ResolverOptions) {
    this.#changed = changed
    this.#lookup = lookup
    this.#clock = clock
  }

  /** By name, for those that ever had an address. */
  get resolved(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries([...this.#entries.values()].flatMap(({name, addresses}) => (addresses === undefined ? [] : [[name, addresses]])))
  }

  /** Why a name could not be looked up the last time. */
  get problems(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#entries.values()].flatMap(({name, problem}) => (problem === undefined ? [] : [[name, problem]])))
  }

  /** From now on these names are followed, and no others. */
  follow(names: readonly string[]): void {
    const wanted = new Set(names)
    for (const name of this.#entries.keys()) if (!wanted.has(name)) this.#entries.delete(name)
    for (const name of wanted) if (!this.#entries.has(name)) this.#entries.set(name, {name, dueMs: this.#clock.now()})
    this.#work()
  }

  /** Resolves when every name has been answered for once, well or badly, or after this time. */
  async answered(patienceMs: number): Promise<void> {
    if (this.#isAnswered()) return
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(done)
        resolve()
      }
      const timer = setTimeout(done, patienceMs)
      this.#waiting.add(done)
    })
  }

  /** No further look-up is started, and nobody is called any more. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    for (const done of this.#waiting) done()
  }

  #isAnswered(): boolean {
    return [...this.#entries.values()].every(({addresses, problem}) => addresses !== undefined || problem !== undefined)
  }

  /** Starts what is due, as far as there is room, and sets the clock for what comes next. */
  #work(): void {
    if (this.#isClosed) return
    const nowMs = this.#clock.now()
    const queue = [...this.#entries.values()].filter(({dueMs}) => dueMs !== undefined).sort((a, b) => (a.dueMs ?? 0) - (b.dueMs ?? 0))
    for (const entry of queue) {
      if (this.#running >= CONCURRENCY || (entry.dueMs ?? 0) > nowMs) break
      void this.#resolve(entry)
    }
    clearTimeout(this.#timer)
    const next = queue.find(({dueMs}) => dueMs !== undefined)
    if (next !== undefined && this.#running < CONCURRENCY) this.#timer = setTimeout(() => this.#work(), Math.max(0, (next.dueMs ?? 0) - nowMs))
  }

  async #resolve(entry: Entry): Promise<void> {
    delete entry.dueMs
    this.#running++
    const looking = this.#lookup(entry.name)
    // a name that takes too long keeps its thread until the system gives up, and so its place here
    void looking.catch(() => undefined).finally(() => {
      this.#running--
      this.#work()
    })
    const {hasChanged, ttlMs = 0} = await this.#take(entry, looking)
    entry.dueMs = this.#clock.now() + Math.max(REFRESH_MS, ttlMs)
    if (this.#isClosed || this.#entries.get(entry.name) !== entry) return
    if (this.#isAnswered()) for (const done of this.#waiting) done()
    if (hasChanged) this.#changed()
    this.#work()
  }

  async #take(entry: Entry, looking: Promise<Answer>): Promise<{hasChanged: boolean; ttlMs?: number}> {
    const {problem, addresses} = entry
    try {
      const answer = await within(TIMEOUT_MS, looking)
      delete entry.problem
      const isSame = addresses !== undefined && sameSet(addresses, answer.addresses)
      if (!isSame) entry.addresses = answer.addresses
      return {hasChanged: !isSame || problem !== undefined, ...(answer.ttlMs !== undefined && {ttlMs: answer.ttlMs})}
    } catch (error) {
      entry.problem = reasonOf(error)
      return {hasChanged: problem !== entry.problem}
    }
  }
}

/** Servers rotate their answers; only who is in them counts. */
function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort())
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms).unref() // nothing ends later because of it
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOTFOUND') return 'the name is not known'
  if (code === 'EAI_AGAIN') return 'the name server does not answer'
  return code ?? (error instanceof Error ? error.message : String(error))
}
