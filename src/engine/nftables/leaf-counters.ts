import type {Routing} from '../../routing/routing.js'
import type {EngineStats} from '../engine.js'
import {mergeStats, NO_STATS, withoutActive} from '../merge-stats.js'
import {familyOf} from './address.js'
import {type TrackedConnection, trackedConnections} from './conntrack.js'
import {type Counted, countsOf, type LeafCounts, parseCounted} from './leaf-counts.js'
import {remembered, statsOf} from './leaf-stats.js'
import type {Leaves, NumberedLeaf} from './leaves.js'
import {markOf, tagOf} from './mark.js'
import {runTool} from './run-tool.js'
import {runScript} from './table.js'
import {COUNTING_SETS, forgetEndpoint} from './transaction.js'

const NO_COUNTS: LeafCounts = {opened: 0, connected: 0, refused: 0, bytesFromClients: 0, bytesToClients: 0}
const IPV4_HEADER = 20
const IPV6_HEADER = 40

/** What the kernel has counted in a table, and what it had counted of leaves that it knows no more. Its methods must not run at the same time. */
export class LeafCounters {
  readonly #table: string
  readonly #tag: number
  /** Of the leaves that are there, when the kernel was last asked. */
  #counts: ReadonlyMap<number, LeafCounts> = new Map()
  #tracked: readonly TrackedConnection[] = []
  #retired: EngineStats = NO_STATS

  constructor(
    table: string,
    private readonly leaves: Leaves,
  ) {
    this.#table = table
    this.#tag = tagOf(table)
  }

  /** Asks the kernel, and lets go of leaves that are gone and whose last connection is forgotten: for them nothing more is counted. */
  async look(): Promise<void> {
    const tracked = await trackedConnections(this.#tag) // before the counters: what is open has then been counted as opened
    // each by itself: nft would read all rules to list all sets
    const sets = await Promise.all(Object.keys(COUNTING_SETS).map((set) => runTool('nft', ['-j', 'list', 'set', 'inet', this.#table, set])))
    const counted = sets.flatMap((json) => parseCounted(json, this.#tag))
    this.#counts = countsOf(counted, (number) => this.#ipHeaderOf(number))
    this.#tracked = tracked
    const alive = new Set(tracked.map(({leaf}) => leaf))
    const gone = this.leaves.gone().filter(({number}) => !alive.has(number))
    if (gone.length > 0) await this.#retire(gone, counted)
  }

  /** Since the beginning, as of the last look; `routing` says what need not be forgotten. */
  stats(routing: Routing): EngineStats {
    this.#retired = remembered(this.#retired, routing)
    return mergeStats([this.#retired, statsOf(this.#counted(this.#tracked))])
  }

  /** The kernel's counters are gone, and begin anew. */
  startOver(): void {
    this.#retired = withoutActive(mergeStats([this.#retired, statsOf(this.#counted([]))]))
    this.#counts = new Map()
    this.#tracked = []
  }

  /** Nothing is open any more. */
  close(): void {
    this.#tracked = []
  }

  async #retire(gone: readonly NumberedLeaf[], counted: readonly Counted[]): Promise<void> {
    const numbers = new Set(gone.map(({number}) => number))
    const elements = counted.filter(({leaf}) => numbers.has(leaf)).map(({set, key}) => `delete element inet ${this.#table} ${set} { ${key} }\n`)
    await runScript([...elements, ...gone.map(({leaf, number}) => forgetEndpoint(this.#table, leaf, markOf(this.#tag, number)))].join(''))
    const last = gone.map(({leaf, number}) => ({leaf, counts: this.#counts.get(number) ?? NO_COUNTS, open: 0}))
    this.#retired = mergeStats([this.#retired, statsOf(last)])
    for (const leaf of gone) this.leaves.forget(leaf)
  }

  #counted(tracked: readonly TrackedConnection[]): Parameters<typeof statsOf>[0] {
    const open = new Map<number, number>()
    for (const {leaf, isOpen} of tracked) if (isOpen) open.set(leaf, (open.get(leaf) ?? 0) + 1)
    return this.leaves.all().map(({leaf, number}) => ({leaf, counts: this.#counts.get(number) ?? NO_COUNTS, open: open.get(number) ?? 0}))
  }

  #ipHeaderOf(number: number): number {
    const target = this.leaves.get(number)?.leaf.target
    return target?.type === 'endpoint' && familyOf(target.address) === 6 ? IPV6_HEADER : IPV4_HEADER
  }
}
