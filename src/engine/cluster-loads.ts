import type {Routing} from '../routing/routing.js'
import {ClusterLoad} from './cluster-load.js'
import type {EngineStats} from './engine.js'
import type {EndpointHealth} from './health/endpoint-health.js'

/** The load of every cluster that had connections, or whose endpoints warm up. Clusters that leave the routing are forgotten. */
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
    for (const key of this.#loads.keys()) if (!Object.hasOwn(clusters, key)) this.#loads.delete(key)
    for (const [key, cluster] of Object.entries(clusters)) if (cluster.warmup !== undefined) this.of(key).adopt(cluster)
  }

  endpointStats(): EngineStats['endpoints'] {
    return Object.fromEntries([...this.#loads].map(([key, load]) => [key, load.endpointStats()]))
  }
}
