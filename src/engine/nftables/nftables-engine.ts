import {memoizeByIdentity} from '../../base/memoize.js'
import type {Routing} from '../../routing/routing.js'
import type {Engine, EngineOptions, EngineStats, ListenerState} from '../engine.js'
import {inRoutingOrder} from '../in-routing-order.js'
import {bindingKey, type PortBinding, portBindings} from '../listening/port-binding.js'
import {mergeStats} from '../merge-stats.js'
import {isLoopback} from './address.js'
import {conntrackWarning} from './conntrack-room.js'
import {firewallWarning} from './firewall.js'
import {type KernelChain, type KernelListener, kernelPlan} from './kernel-plan.js'
import {KernelPorts} from './kernel-ports.js'
import {KernelRules} from './kernel-rules.js'
import {KernelShare} from './kernel-share.js'
import type {LeafTarget} from './leaf.js'
import {News} from './news.js'

export interface NftablesEngineOptions extends EngineOptions {
  /** Serves what the kernel cannot; closed with this engine. */
  readonly others: Engine
  /** The table that is this engine's own: `tableName`. */
  readonly table: string
  readonly log: (line: string) => void
  /** Called before clients of other machines may be led to 127/8, and nothing but the table's rules keeps them from what else is there. */
  readonly onRouteLocalnet?: () => void
}

/** How often it is looked after that nobody has taken the rules away (`nft flush ruleset`). */
const WATCH_MS = 5000

/**
 * The data plane in the kernel (Linux; root or CAP_NET_ADMIN): weighted DNAT by nftables rules, in a table of its own. It serves those listeners that
 * `nftablesObstacle` has nothing against, another engine the rest. `onAccess` hears nothing of what the kernel forwards, and no seed makes it draw anew.
 * What a killed engine of the same table has left is removed.
 */
export async function createNftablesEngine(options: NftablesEngineOptions): Promise<Engine> {
  const rules = new KernelRules(options)
  await rules.begin()
  return new NftablesEngine(options, rules)
}

class NftablesEngine implements Engine {
  readonly #ports: KernelPorts
  readonly #share: KernelShare
  readonly #news: News
  readonly #watch: NodeJS.Timeout
  readonly #drains = new Set<NodeJS.Timeout>()
  #routing: Routing = {listeners: [], clusters: {}, findings: []}
  /** Listeners whose rules let connections through to be closed. */
  #closing: ReadonlySet<string> = new Set()
  /** A listener is for other machines. */
  #isForOutside = false
  /** Keys of what the other engine listens on. */
  #othersBound: ReadonlySet<string> = new Set()
  /** What is done to the rules is done in order. */
  #last: Promise<unknown> = Promise.resolve()
  #closed: Promise<void> | undefined

  constructor(
    private readonly options: NftablesEngineOptions,
    private readonly rules: KernelRules,
  ) {
    this.#ports = new KernelPorts((listener) => void (this.#closing.has(listener) || void this.#restore()))
    this.#share = new KernelShare(options)
    this.#news = new News(options.log)
    this.#watch = setInterval(() => void this.#restore(), WATCH_MS).unref()
  }

  apply(routing: Routing): Promise<readonly ListenerState[]> {
    return this.#inOrder(() => this.#switchTo(routing))
  }

  async stats(): Promise<EngineStats> {
    const [ours, theirs] = await Promise.all([this.#inOrder(() => this.rules.stats(this.#routing)), this.options.others.stats()])
    return {...theirs, ...mergeStats([ours, theirs])}
  }

  close(): Promise<void> {
    this.#closed ??= this.#last.then(async () => {
      clearInterval(this.#watch)
      for (const drain of this.#drains) clearTimeout(drain)
      try {
        await this.#ports.close()
        await this.rules.end()
      } finally {
        await this.options.others.close()
      }
    })
    return this.#closed
  }

  #inOrder<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#last.then(act)
    this.#last = done.catch(() => undefined) // the caller hears of it; what is next does not depend on it
    return done
  }

  /**
   * A port that goes from one engine to the other is never without: rules come before the other engine gives it up, and stay until the other one has it.
   * The rules of a new listener come when the port is ours.
   */
  async #switchTo(routing: Routing): Promise<readonly ListenerState[]> {
    if (this.#closed !== undefined) throw new Error('the engine is closed')
    const {served, rest} = this.#share.divide(routing)
    const wanted = portBindings(served, this.options.address)
    const arriving = wanted.filter((binding) => this.#othersBound.has(bindingKey(binding)))
    await this.#ports.releaseOthers(wanted)
    if (arriving.length > 0) await this.#install(served, [...this.#ports.held, ...arriving])
    const theirs = await this.options.others.apply(rest)
    this.#othersBound = new Set(theirs.filter(({bound}) => bound).map(bindingKey))
    const ours = await this.#ports.hold(wanted)
    await this.#install(served, this.#ports.held)
    this.#routing = routing
    return inRoutingOrder([...ours, ...theirs], routing)
  }

  async #install(served: Routing, bindings: readonly PortBinding[]): Promise<void> {
    const plan = kernelPlan(served, bindings)
    this.#closing = new Set(plan.filter(mayClose).map(({name}) => name))
    if (!this.#isForOutside && bindings.some(({address}) => !isLoopback(address))) await this.#lookForFirewall()
    const left = await this.rules.install(plan, {needsLocalnet: plan.some(needsLocalnet)})
    const {onChange, drainMs} = this.options
    if (onChange === 'close') await this.#cut(left)
    else if (onChange === 'drain' && left.size > 0) this.#drain(left, drainMs)
  }

  #drain(leaves: ReadonlySet<number>, drainMs: number): void {
    const timer = setTimeout(() => {
      this.#drains.delete(timer)
      void this.#inOrder(() => this.#cut(leaves))
    }, drainMs)
    this.#drains.add(timer.unref())
  }

  async #cut(leaves: ReadonlySet<number>): Promise<void> {
    await this.rules.cut(leaves).catch((error: unknown) => this.options.log(`connections of changed routes live on: ${String(error)}`))
  }

  /** A connection came in that the rules should have led away, or it is time to look: perhaps somebody took them away. */
  async #restore(): Promise<void> {
    if (this.#closed !== undefined) return
    const restored = this.#inOrder(() => this.rules.restore()).then(
      () => undefined,
      (error: unknown) => `error: the rules in the kernel cannot be looked after: ${String(error)}`,
    )
    this.#news.tell('rules', await restored)
    this.#news.tell('room', await conntrackWarning())
  }

  /** Asked when the first listener is one for other machines. */
  async #lookForFirewall(): Promise<void> {
    this.#isForOutside = true
    const warning = await firewallWarning().catch((error: unknown) => `it is not known whether a firewall keeps clients out: ${String(error)}`)
    this.#news.tell('firewall', warning)
  }
}

const mayClose = memoizeByIdentity(({chains}: KernelListener): boolean => {
  const isForAll = chains.some(({sources}) => sources === undefined)
  return !isForAll || targetsOf(chains).some(({type}) => type === 'close')
})

/** Clients from outside, and an endpoint on the loopback network. */
const needsLocalnet = memoizeByIdentity(({bindings, chains}: KernelListener): boolean => {
  if (bindings.every(({address}) => isLoopback(address))) return false
  return targetsOf(chains).some((target) => target.type === 'endpoint' && isLoopback(target.address))
})

function targetsOf(chains: readonly KernelChain[]): readonly LeafTarget[] {
  return chains.flatMap(({destinations}) => destinations.flatMap(({leaves}) => leaves.map(({leaf}) => leaf.target)))
}
