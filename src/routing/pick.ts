import type {Random} from '../base/random.js'
import type {Cluster, Endpoint, TcpRoute, WeightedCluster} from './routing.js'

/**
 * The destination of one connection: an independent draw in proportion to the weights, `random % total` and the first whose cumulative weight
 * exceeds it (Envoy tcp_proxy). A route with one destination draws nothing. Allocates nothing.
 */
export function pickCluster({destinations}: TcpRoute, random: Random): WeightedCluster {
  const last = destinations[destinations.length - 1]
  if (last === undefined) throw new RangeError('a route has at least one destination')
  if (destinations.length === 1) return last
  let total = 0
  for (const {weight} of destinations) total += weight
  let left = Math.floor(random() * total)
  for (const destination of destinations) {
    left -= destination.weight
    if (left < 0) return destination
  }
  return last
}

/** Where ROUND_ROBIN stands in one cluster; belongs to whoever balances, one for each cluster. */
export interface Cursor {
  /** -1 before the first pick. */
  next: number
}

export function newCursor(): Cursor {
  return {next: -1}
}

/**
 * The endpoint of one connection, undefined where the cluster has none (UH). LEAST_REQUEST takes the less busy of two random ones, which may be
 * the same, the first where they tie; ROUND_ROBIN goes around from a random start; RANDOM draws (Envoy load balancers). Allocates nothing.
 */
export function pickEndpoint(cluster: Cluster, activeOf: (endpoint: Endpoint) => number, random: Random, cursor: Cursor): Endpoint | undefined {
  const {endpoints, loadBalancer} = cluster
  if (endpoints.length <= 1) return endpoints[0]
  switch (loadBalancer) {
    case 'LEAST_REQUEST':
      return pickLessBusy(endpoints, activeOf, random)
    case 'ROUND_ROBIN':
      return pickNext(endpoints, random, cursor)
    case 'RANDOM':
      return draw(endpoints, random)
  }
}

function pickLessBusy(endpoints: readonly Endpoint[], activeOf: (endpoint: Endpoint) => number, random: Random): Endpoint | undefined {
  const first = draw(endpoints, random)
  const second = draw(endpoints, random)
  if (first === undefined || second === undefined) return first
  return activeOf(second) < activeOf(first) ? second : first
}

function pickNext(endpoints: readonly Endpoint[], random: Random, cursor: Cursor): Endpoint | undefined {
  const index = cursor.next < 0 ? Math.floor(random() * endpoints.length) : cursor.next % endpoints.length
  cursor.next = index + 1
  return endpoints[index]
}

function draw(endpoints: readonly Endpoint[], random: Random): Endpoint | undefined {
  return endpoints[Math.floor(random() * endpoints.length)]
}
