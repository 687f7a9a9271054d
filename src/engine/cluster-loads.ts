import type {Routing} from '../routing/routing.js'
import {ClusterLoad} from './cluster-load.js'
import {MOST_GONE} from './counters.js'
import type {EngineStats} from './engine.js'
import type {EndpointHealth} from './health/endpoint-health.js'

/**
 * The load of every cluster that had connections, or whose endpoints warm up. One that no route leads to any more is there still, as in Envoy, and may be led
 * to again; where many are, those known longest are forgotten.
 */
export class ClusterLoads {
  readonly #loads = new Map<string, ClusterLoad>()
  #clusters: Routing['clusters'] | undefined

  constructor(private readonly health: EndpointHealth) {}

  of(key: string): ClusterLoad {
    const found = this.#loads.get(key) ?? new ClusterLoad({key, health: this.health})
    this.#loads.set(key, found)
    return found
  }

  apply({clusters}: Routing): void {
    if (clusters === this.#clusters) return // most changes are about routes
    this.#clusters = clusters
    const gone = [...this.#loads.keys()].filter((key) => !Object.hasOwn(clusters, key))
    for (const key of gone.slice(0, Math.max(0, gone.length - MOST_GONE))) this.#loads.delete(key)
    for (const [key, cluster] of Object.entries(clusters)) if (cluster.warmup !== undefined) this.of(key).adopt(cluster)
  }

  endpointStats(): EngineStats['endpoints'] {
    return Object.fromEntries([...this.#loads].map(([key, load]) => [key, load.endpointStats()]))
  }
}
