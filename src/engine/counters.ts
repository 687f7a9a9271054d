import type {ClusterStats, EngineStats, ListenerStats} from './engine.js'

type Mutable<T> = {-readonly [K in keyof T]: T[K]}

export type ListenerCounters = Mutable<ListenerStats>
export type ClusterCounters = Mutable<ClusterStats>

/** The running counts of one engine. Connections keep a reference to their own two and count without a look-up. */
export class Counters {
  readonly #listeners = new Map<string, ListenerCounters>()
  readonly #clusters = new Map<string, ClusterCounters>()

  listener(name: string): ListenerCounters {
    return findOrAdd(this.#listeners, name, () => ({accepted: 0, active: 0, noCluster: 0, noChain: 0, tlsFailed: 0}))
  }

  cluster(name: string): ClusterCounters {
    return findOrAdd(this.#clusters, name, newClusterCounters)
  }

  snapshot(): EngineStats {
    return {listeners: copyAll(this.#listeners), clusters: copyAll(this.#clusters)}
  }
}

function newClusterCounters(): ClusterCounters {
  return {picked: 0, active: 0, connectFailed: 0, noHealthyUpstream: 0, overflow: 0, bytesFromClients: 0, bytesToClients: 0}
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
