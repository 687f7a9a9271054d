import type {Random} from '../base/random.js'
import {newCursor, pickEndpoint} from '../routing/pick.js'
import type {Cluster, Endpoint} from '../routing/routing.js'
import {formatHostPort} from './host-port.js'

/** What balancing has to remember of one cluster: how busy each endpoint is, and where round robin stands. Survives a new routing. */
export class ClusterLoad {
  readonly #active = new Map<string, number>()
  readonly #cursor = newCursor()
  readonly #activeOf = (endpoint: Endpoint) => this.#active.get(keyOf(endpoint)) ?? 0

  /** The endpoint for one more connection, undefined where there is none; counted as busy until `end`. */
  begin(cluster: Cluster, random: Random): Endpoint | undefined {
    const endpoint = pickEndpoint(cluster, this.#activeOf, random, this.#cursor)
    if (endpoint !== undefined) this.#active.set(keyOf(endpoint), this.#activeOf(endpoint) + 1)
    return endpoint
  }

  end(endpoint: Endpoint): void {
    const left = this.#activeOf(endpoint) - 1
    if (left > 0) this.#active.set(keyOf(endpoint), left)
    else this.#active.delete(keyOf(endpoint))
  }
}

function keyOf({address, port}: Endpoint): string {
  return formatHostPort(address, port)
}
