import type {Routing} from '../../routing/routing.js'
import type {EngineStats} from '../engine.js'
import {mergeStats, NO_STATS, withoutActive} from '../merge-stats.js'
import {familyOf} from './address.js'
import {type TrackedConnection, trackedConnections} from './conntrack.js'
import {cutConnections} from './cut-connections.js'
import {type KernelListener, leavesOf} from './kernel-plan.js'
import {type Counted, countsOf, type LeafCounts, parseCounted} from './leaf-counts.js'
import {remembered, statsOf} from './leaf-stats.js'
import {Leaves, type NumberedLeaf} from './leaves.js'
import {tagOf} from './mark.js'
import {routeLocalnet, switchRouteLocalnet} from './route-localnet.js'
import {type Ruleset, rulesetOf} from './ruleset.js'
import {runTool} from './run-tool.js'
import {hasTable, removeTable, runScript} from './table.js'
import {COUNTING_SETS, transactionOf} from './transaction.js'

const NO_COUNTS: LeafCounts = {opened: 0, connected: 0, refused: 0, bytesFromClients: 0, bytesToClients: 0}
const IPV4_HEADER = 20
const IPV6_HEADER = 40
/** So many leaves that are gone are looked through together. */
const MANY_GONE = 1000

/** One table in the kernel, and what it has counted. Its methods must not run at the same time. */
export class KernelRules {
  readonly #table: string
  readonly #tag: number
  readonly #leaves = new Leaves()
  #plan: readonly KernelListener[] = []
  #inForce: Ruleset | undefined
  #guardsLocalnet = false
  /** Of the leaves that are there, when it was last asked for. */
  #counts: ReadonlyMap<number, LeafCounts> = new Map()
  #hasEnded = false
  #retired: EngineStats = NO_STATS

  constructor(private readonly options: {readonly table: string; readonly log: (line: string) => void}) {
    this.#table = options.table
    this.#tag = tagOf(options.table)
  }

  /** Removes what was left of the table, and makes it anew, without a listener. */
  async begin(): Promise<void> {
    if (await removeTable(this.#table)) this.options.log(`removed the nftables table ${this.#table} that a killed gateway had left`)
    await this.install([], {needsLocalnet: false})
  }

  /** Puts a plan in force in one transaction. Returns the numbers of the leaves whose connections must drain. */
  async install(plan: readonly KernelListener[], {needsLocalnet}: {readonly needsLocalnet: boolean}): Promise<ReadonlySet<number>> {
    if (needsLocalnet && routeLocalnet() === 'off') this.#guardsLocalnet = true // for as long as the table is there
    const left = this.#leaves.renew(leavesOf(plan))
    this.#plan = plan
    await this.#putInForce()
    if (this.#leaves.all().filter(({isInForce}) => !isInForce).length > MANY_GONE) await this.#count()
    return new Set(left.map(({number}) => number))
  }

  /** Looks whether the rules are still there, and makes them anew where they are not. */
  async restore(routing: Routing): Promise<void> {
    if (this.#hasEnded || (await hasTable(this.#table))) return
    this.options.log(`the nftables table ${this.#table} was gone, with all it had counted since the last look: it is made anew`)
    this.#retired = remembered(withoutActive(mergeStats([this.#retired, statsOf(this.#counted([]))])), routing)
    this.#counts = new Map()
    this.#inForce = undefined
    await this.#putInForce()
  }

  /** Counters since the beginning; `routing` says what need not be forgotten. */
  async stats(routing: Routing): Promise<EngineStats> {
    await this.restore(routing)
    const open = this.#hasEnded ? [] : await this.#count()
    this.#retired = remembered(this.#retired, routing)
    return mergeStats([this.#retired, statsOf(this.#counted(open))])
  }

  /** Ends the connections of these leaves. */
  async cut(leaves: ReadonlySet<number>): Promise<void> {
    if (leaves.size === 0) return
    const tracked = await trackedConnections(this.#tag)
    await cutConnections(tracked.filter(({leaf, isOpen}) => isOpen && leaves.has(leaf)))
  }

  /** Ends every connection and takes the table away, unless somebody else did. */
  async end(): Promise<void> {
    try {
      if (!(await hasTable(this.#table))) return
      await this.install([], {needsLocalnet: false})
      await this.cut(new Set(this.#leaves.all().map(({number}) => number)))
      await this.#count()
    } finally {
      this.#hasEnded = true
      await removeTable(this.#table)
    }
  }

  async #putInForce(): Promise<void> {
    const next = rulesetOf(this.#plan, {tag: this.#tag, numberOf: (leaf) => this.#leaves.numberOf(leaf), guardsLocalnet: this.#guardsLocalnet})
    await this.#run(next)
    this.#inForce = next
    if (this.#guardsLocalnet && routeLocalnet() === 'off') switchRouteLocalnet('on')
  }

  async #run(next: Ruleset): Promise<void> {
    try {
      const script = transactionOf(this.#table, this.#inForce, next)
      if (script !== '') await runScript(script)
    } catch (error) {
      if (this.#inForce === undefined) throw error
      this.options.log(`the nftables table ${this.#table} is not as it was left, and is made anew: ${String(error)}`)
      await runScript(transactionOf(this.#table, undefined, next))
    }
  }

  /** Asks the kernel, and lets go of leaves that are gone and whose last connection is forgotten: for them nothing more is counted. */
  async #count(): Promise<readonly TrackedConnection[]> {
    const tracked = await trackedConnections(this.#tag) // before the counters: what is open has then been counted as opened
    // each by itself: nft would read all rules to list all sets
    const sets = await Promise.all(Object.keys(COUNTING_SETS).map((set) => runTool('nft', ['-j', 'list', 'set', 'inet', this.#table, set])))
    const counted = sets.flatMap((json) => parseCounted(json, this.#tag))
    this.#counts = countsOf(counted, (number) => this.#ipHeaderOf(number))
    const alive = new Set(tracked.map(({leaf}) => leaf))
    const gone = this.#leaves.all().filter(({number, isInForce}) => !isInForce && !alive.has(number))
    if (gone.length > 0) await this.#retire(gone, counted)
    return tracked
  }

  async #retire(gone: readonly NumberedLeaf[], counted: readonly Counted[]): Promise<void> {
    const numbers = new Set(gone.map(({number}) => number))
    const elements = counted.filter(({leaf}) => numbers.has(leaf)).map(({set, key}) => `delete element inet ${this.#table} ${set} { ${key} }\n`)
    if (elements.length > 0) await runScript(elements.join(''))
    const last = gone.map(({leaf, number}) => ({leaf, counts: this.#counts.get(number) ?? NO_COUNTS, open: 0}))
    this.#retired = mergeStats([this.#retired, statsOf(last)])
    for (const leaf of gone) this.#leaves.forget(leaf)
  }

  #counted(tracked: readonly TrackedConnection[]): Parameters<typeof statsOf>[0] {
    const open = new Map<number, number>()
    for (const {leaf, isOpen} of tracked) if (isOpen) open.set(leaf, (open.get(leaf) ?? 0) + 1)
    return this.#leaves.all().map(({leaf, number}) => ({leaf, counts: this.#counts.get(number) ?? NO_COUNTS, open: open.get(number) ?? 0}))
  }

  #ipHeaderOf(number: number): number {
    const target = this.#leaves.get(number)?.leaf.target
    return target?.type === 'endpoint' && familyOf(target.address) === 6 ? IPV6_HEADER : IPV4_HEADER
  }
}
