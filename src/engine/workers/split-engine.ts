import {seededRandom, systemRandom} from '../../base/random.js'
import type {Routing} from '../../routing/routing.js'
import {splitRouting, type SplitRouting} from '../choose-engine.js'
import {combineStates} from '../combine-states.js'
import type {Engine, EngineStats, ListenerState} from '../engine.js'
import type {OpenPort} from '../epoll/listening-ports.js'
import {inRoutingOrder} from '../in-routing-order.js'
import {mergeStats} from '../merge-stats.js'
import {createNodeEngine, type NodeEngineOptions} from '../node/node-engine.js'
import {LocalPermits} from '../permits.js'

export interface SplitEngineOptions extends NodeEngineOptions {
  /** Where the epoll engine's listening sockets come from; by default it binds them. */
  readonly openPort?: OpenPort
}

/** The epoll engine for what it can serve, the node engine for the rest, in this process. Rejects where there is no epoll engine. */
export async function createSplitEngine(options: SplitEngineOptions): Promise<Engine> {
  const {createEpollEngine} = await import('../epoll/epoll-engine.js')
  const random = options.random ?? (options.seed === undefined ? systemRandom : seededRandom(options.seed))
  const shared = {...options, random, permits: options.permits ?? new LocalPermits()}
  return new SplitEngine({node: createNodeEngine(shared), epoll: await createEpollEngine(shared)})
}

/**
 * Two engines as one: each listener is served by the one that suits it. A listener that moves from one to the other is given up by the first before the
 * second binds it; its established connections drain as if it had been removed.
 */
class SplitEngine implements Engine {
  #before: SplitRouting = splitRouting({listeners: [], clusters: {}, findings: []})

  constructor(private readonly engines: {readonly node: Engine; readonly epoll: Engine}) {}

  async apply(routing: Routing): Promise<readonly ListenerState[]> {
    const {node, epoll} = this.engines
    const split = splitRouting(routing)
    if (moves(this.#before.epoll, split.node)) await epoll.apply(split.epoll)
    this.#before = split
    const states = [await node.apply(split.node), await epoll.apply(split.epoll)]
    return inRoutingOrder(combineStates(states), routing)
  }

  async stats(): Promise<EngineStats> {
    const parts = await Promise.all([this.engines.node.stats(), this.engines.epoll.stats()])
    const [ejected, ejections] = [parts.map((part) => part.ejected), parts.map((part) => part.ejections)]
    return {...mergeStats(parts), ...joined('ejected', ejected), ...joined('ejections', ejections)}
  }

  async close(): Promise<void> {
    await Promise.all([this.engines.node.close(), this.engines.epoll.close()])
  }
}

/** Absent where neither has any; a cluster that both serve is told of by the one that had to eject. */
function joined<K extends string, T>(name: K, parts: readonly (Readonly<Record<string, T>> | undefined)[]): {readonly [N in K]?: Readonly<Record<string, T>>} {
  const joined: Readonly<Record<string, T>> = Object.assign({}, ...parts)
  return Object.keys(joined).length === 0 ? {} : ({[name]: joined} as {[N in K]: Readonly<Record<string, T>>})
}

function moves(from: Routing, to: Routing): boolean {
  const names = new Set(from.listeners.map(({name}) => name))
  return to.listeners.some(({name}) => names.has(name))
}
