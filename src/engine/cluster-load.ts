import type {Random} from '../base/random.js'
import {newCursor, pickEndpoint} from '../routing/pick.js'
import type {Cluster, Endpoint} from '../routing/routing.js'
import type {EndpointStats} from './engine.js'
import {formatHostPort} from './host-port.js'

type EndpointCounters = {-readonly [K in keyof EndpointStats]: EndpointStats[K]}

/** What balancing has to remember of one cluster: how busy each endpoint is, and where round robin stands. Survives a new routing. */
export class ClusterLoad {
  readonly #counters = new Map<string, EndpointCounters>()
  readonly #cursor = newCursor()
  readonly #activeOf = (endpoint: Endpoint) => this.#counters.get(keyOf(endpoint))?.active ?? 0

  /** The endpoint for one more connection, undefined where there is none; counted as busy until `end`. `clientAddress` is what a hash is made of. */
  begin(cluster: Cluster, random: Random, _clientAddress: string | undefined): Endpoint | undefined {
    const endpoint = pickEndpoint(cluster, this.#activeOf, random, this.#cursor)
    if (endpoint === undefined) return undefined
    const counters = this.#countersOf(endpoint)
    counters.total++
    counters.active++
    return endpoint
  }

  /** The endpoint took the connection. */
  connected(_endpoint: Endpoint): void {}

  /** It refused, or did not answer in time. `end` is called all the same. */
  connectFailed(endpoint: Endpoint): void {
    this.#countersOf(endpoint).connectFailed++
  }

  end(endpoint: Endpoint): void {
    this.#countersOf(endpoint).active--
  }

  /** By `host:port`. */
  endpointStats(): Readonly<Record<string, EndpointStats>> {
    return Object.fromEntries([...this.#counters].map(([key, counters]) => [key, {...counters}]))
  }

  #countersOf(endpoint: Endpoint): EndpointCounters {
    const key = keyOf(endpoint)
    const counters = this.#counters.get(key) ?? {total: 0, active: 0, connectFailed: 0}
    this.#counters.set(key, counters)
    return counters
  }
}

function keyOf({address, port}: Endpoint): string {
  return formatHostPort(address, port)
}
