import type {FilterChain, Routing} from '../routing/routing.js'
import {chainKey} from './chain-key.js'
import type {ClusterStats, EngineStats, ListenerStats, TrafficStats} from './engine.js'

/** How many clusters that left the routing stay listed: their counts are asked for when a route has just changed, not for ever. */
export const MOST_GONE = 1000

type Mutable<T> = {-readonly [K in keyof T]: T[K]}

export type ListenerCounters = Mutable<ListenerStats>
export type ClusterCounters = Mutable<ClusterStats>
export type TrafficCounters = Mutable<Omit<TrafficStats, 'closed'>> & {readonly closed: Mutable<TrafficStats['closed']>}

/** The running counts of one engine. Connections keep a reference to their own three and count without a look-up. */
export class Counters {
  readonly #listeners = new Map<string, ListenerCounters>()
  readonly #clusters = new Map<string, ClusterCounters>()
  readonly #traffic = new Map<string, TrafficCounters>()
  /** A chain's own part of `#traffic`, by cluster: no key is put together for a connection. */
  #trafficOf = new WeakMap<FilterChain, Map<string, TrafficCounters>>()

  listener(name: string): ListenerCounters {
    return findOrAdd(this.#listeners, name, () => ({accepted: 0, active: 0, noCluster: 0, noChain: 0, tlsFailed: 0}))
  }

  cluster(key: string): ClusterCounters {
    return findOrAdd(this.#clusters, key, newClusterCounters)
  }

  /** What flows through `chain` of `listener` to a cluster. Whoever ends a connection counts it in `closed`. */
  traffic(listener: string, chain: FilterChain, cluster: string): TrafficCounters {
    let ofChain = this.#trafficOf.get(chain)
    if (ofChain === undefined) this.#trafficOf.set(chain, (ofChain = new Map()))
    return findOrAdd(ofChain, cluster, () => this.#findTraffic(listener, chainKey(chain), cluster))
  }

  /** Forgets those clusters that have been gone longest, where many are. */
  apply({clusters}: Routing): void {
    const gone = [...this.#clusters].filter(([key, {active}]) => active === 0 && !Object.hasOwn(clusters, key))
    if (gone.length <= MOST_GONE) return
    for (const [key] of gone.slice(0, gone.length - MOST_GONE)) this.#clusters.delete(key)
    for (const [key, {cluster}] of this.#traffic) if (!this.#clusters.has(cluster)) this.#traffic.delete(key)
    this.#trafficOf = new WeakMap()
  }

  snapshot(): Pick<EngineStats, 'listeners' | 'clusters' | 'traffic'> {
    return {
      listeners: copyAll(this.#listeners),
      clusters: copyAll(this.#clusters),
      traffic: [...this.#traffic.values()].map((traffic) => ({...traffic, closed: {...traffic.closed}})),
    }
  }

  #findTraffic(listener: string, chain: string, cluster: string): TrafficCounters {
    const start = () => ({listener, chain, cluster, opened: 0, closed: {}, bytesFromClients: 0, bytesToClients: 0})
    return findOrAdd(this.#traffic, `${listener}\n${chain}\n${cluster}`, start)
  }
}

function newClusterCounters(): ClusterCounters {
  return {
    picked: 0,
    active: 0,
    connected: 0,
    connectFailed: 0,
    connectTimeouts: 0,
    noHealthyUpstream: 0,
    overflow: 0,
    bytesFromClients: 0,
    bytesToClients: 0,
  }
}

function findOrAdd<T>(map: Map<string, T>, name: string, make: () => T): T {
  const found = map.get(name)
  if (found !== undefined) return found
  const made = make()
  map.set(name, made)
  return made
}

function copyAll<T extends object>(map: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...map].map(([name, counters]) => [name, {...counters}]))
}
