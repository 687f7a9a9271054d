import type {Random} from '../base/random.js'
import type {TcpRoute, WeightedCluster} from './routing.js'

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
