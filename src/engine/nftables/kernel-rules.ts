import type {Routing} from '../../routing/routing.js'
import type {EngineStats} from '../engine.js'
import {trackedConnections} from './conntrack.js'
import {cutConnections} from './cut-connections.js'
import {type KernelListener, leavesOf} from './kernel-plan.js'
import {LeafCounters} from './leaf-counters.js'
import {Leaves, type NumberedLeaf} from './leaves.js'
import {tagOf} from './mark.js'
import {News} from './news.js'
import {routeLocalnet, switchRouteLocalnet} from './route-localnet.js'
import {type Ruleset, rulesetOf} from './ruleset.js'
import {hasTable, removeTable, runScript} from './table.js'
import {transactionOf} from './transaction.js'

/** So many leaves that are gone are looked through together. */
const MANY_GONE = 1000

export interface KernelRulesOptions {
  readonly table: string
  readonly log: (line: string) => void
  /** Called before clients of other machines may be led to 127/8: whoever finds this process killed must know. */
  readonly onRouteLocalnet?: () => void
}

/** One table in the kernel, and what it has counted. Its methods must not run at the same time. */
export class KernelRules {
  readonly #table: string
  readonly #tag: number
  readonly #leaves = new Leaves()
  readonly #counters: LeafCounters
  #plan: readonly KernelListener[] = []
  /** Undefined where it is not known what is in the kernel. */
  #inForce: Ruleset | undefined
  #needsLocalnet = false
  #guardsLocalnet = false
  #hasEnded = false
  readonly #news: News

  constructor(private readonly options: KernelRulesOptions) {
    this.#table = options.table
    this.#tag = tagOf(options.table)
    this.#counters = new LeafCounters(options.table, this.#leaves)
    this.#news = new News(options.log)
  }

  /** Removes what was left of the table, and makes it anew, without a listener. */
  async begin(): Promise<void> {
    if (await removeTable(this.#table)) this.options.log(`removed the nftables table ${this.#table} that a killed gateway had left`)
    await this.install([], {needsLocalnet: false})
  }

  /** Puts a plan in force in one transaction. Returns the numbers of the leaves whose connections must drain. */
  async install(plan: readonly KernelListener[], {needsLocalnet}: {readonly needsLocalnet: boolean}): Promise<ReadonlySet<number>> {
    this.#needsLocalnet = needsLocalnet
    const left = this.#renewLeaves(plan)
    this.#plan = plan
    await this.#putInForce()
    if (this.#leaves.gone().length > MANY_GONE) await this.#look()
    return new Set(left.map(({number}) => number))
  }

  /** Looks whether the rules are still there, and makes them anew where they are not. */
  async restore(): Promise<void> {
    if (this.#hasEnded) return
    const isThere = await hasTable(this.#table)
    if (isThere && this.#inForce !== undefined && !this.#lacksLocalnet()) return
    if (!isThere) {
      this.options.log(`the nftables table ${this.#table} was gone, with all it had counted since the last look: it is made anew`)
      this.#counters.startOver()
      this.#inForce = undefined
    }
    await this.#putInForce()
  }

  /** Counters since the beginning, or, where the kernel cannot be asked, until it last could; `routing` says what need not be forgotten. */
  async stats(routing: Routing): Promise<EngineStats> {
    if (!this.#hasEnded) await this.#look()
    return this.#counters.stats(routing)
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
      await this.#look()
    } finally {
      this.#hasEnded = true
      this.#counters.close()
      await removeTable(this.#table, {hasSwitchedLocalnet: this.#guardsLocalnet})
    }
  }

  /** A listener that is the very same as before has the leaves it had. */
  #renewLeaves(plan: readonly KernelListener[]): readonly NumberedLeaf[] {
    const [before, names] = [new Set(this.#plan), new Set(plan.map(({name}) => name))]
    const removed = this.#plan.filter(({name}) => !names.has(name))
    const changed = plan.filter((listener) => !before.has(listener))
    const wanted = changed.map((listener) => ({name: listener.name, leaves: leavesOf(listener)}))
    this.#leaves.ensureRoom(wanted.reduce((sum, {leaves}) => sum + leaves.length, 0))
    return [...removed.map(({name}) => ({name, leaves: []})), ...wanted].flatMap(({name, leaves}) => this.#leaves.renew(name, leaves))
  }

  async #look(): Promise<void> {
    try {
      await this.restore()
      await this.#counters.look()
      this.#news.tell('counters', undefined)
    } catch (error) {
      this.#news.tell('counters', `error: the kernel's counters cannot be read, the last known are shown: ${String(error)}`)
    }
  }

  async #putInForce(): Promise<void> {
    if (this.#lacksLocalnet()) this.#guardsLocalnet = true // for as long as the table is there
    const next = rulesetOf(this.#plan, {tag: this.#tag, numberOf: (leaf) => this.#leaves.numberOf(leaf), guardsLocalnet: this.#guardsLocalnet}, this.#inForce)
    const before = this.#inForce
    this.#inForce = undefined
    await this.#run(before, next)
    this.#inForce = next
    if (!this.#lacksLocalnet()) return
    this.options.onRouteLocalnet?.()
    switchRouteLocalnet('on')
  }

  #lacksLocalnet(): boolean {
    return this.#needsLocalnet && routeLocalnet() === 'off'
  }

  async #run(before: Ruleset | undefined, next: Ruleset): Promise<void> {
    try {
      const script = transactionOf(this.#table, before, next)
      if (script !== '') await runScript(script)
    } catch (error) {
      if (before === undefined) throw error
      this.options.log(`the nftables table ${this.#table} is not as it was left, and is made anew: ${String(error)}`)
      await this.#counters.look().catch(() => undefined) // the table may not be there; what was counted until the last look is known
      await runScript(transactionOf(this.#table, undefined, next))
      this.#counters.startOver()
    }
  }
}
