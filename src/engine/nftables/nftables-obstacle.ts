import {CONNECT_TIMEOUT_MS} from '../../routing/clusters/cluster-settings.js'
import {IDLE_TIMEOUT_MS} from '../../routing/route-settings.js'
import type {Cluster, Endpoint, FilterChain, Listener, Routing} from '../../routing/routing.js'
import {KERNEL_CONNECT_MS} from '../../routing/sidecars/cluster-keys.js'
import {familyOf, isAddressOrBlock, isLoopback} from './address.js'
import {MOST_DRAWN} from './one-draw.js'

/** What has to be known of the machine to say what its kernel can serve. */
export interface KernelFacts {
  /** What stands for a listener's `0.0.0.0`. */
  readonly address: string
  /** This machine's own addresses, those of the loopback network aside. */
  readonly localAddresses: ReadonlySet<string>
  /** Clients from outside can be led to 127/8: `route_localnet` may be switched on. */
  readonly mayRouteLocalnet: boolean
  /** The draws must be reproducible. */
  readonly isSeeded: boolean
}

/**
 * Why the kernel cannot serve a listener as its configuration says; undefined where it can. Translating addresses is all it does: nothing is read, nothing
 * is timed, nobody waits for an answer. The defaults that every TCP route has (an hour's idle timeout, ten seconds to connect) do not count, but whoever
 * wrote others gets them.
 */
export function nftablesObstacle(listener: Listener, clusters: Routing['clusters'], facts: KernelFacts): string | undefined {
  const bind = listener.bind === '0.0.0.0' ? facts.address : listener.bind
  const family = familyOf(bind)
  if (facts.isSeeded) return 'the draws of the kernel know no seed'
  if (family === undefined || bind === '::') return `${bind} is no address of one family`
  if (listener.expectsProxyHeader === true) return 'its clients send PROXY headers'
  for (const chain of listener.chains) {
    const obstacle = chainObstacle(chain) ?? first(chain.route.destinations, ({cluster}) => clusterObstacle(clusters[cluster], chain))
    if (obstacle !== undefined) return obstacle
    const strange = chain.match?.sources?.find((source) => !isAddressOrBlock(source))
    if (strange !== undefined) return `${strange} is no block of addresses`
    const endpoints = chain.route.destinations.flatMap(({cluster}) => clusters[cluster]?.endpoints ?? [])
    const unreachable = first(endpoints, (endpoint) => endpointObstacle(endpoint, bind, facts))
    if (unreachable !== undefined) return unreachable
  }
  return undefined
}

function chainObstacle({tls, match, route}: FilterChain): string | undefined {
  if (tls !== undefined) return 'it ends TLS'
  if (match?.serverNames !== undefined || match?.applicationProtocols !== undefined) return 'it reads the ClientHello'
  if (route.tunnel !== undefined) return 'its route asks an HTTP proxy for a tunnel'
  if (route.maxConnectionDurationMs > 0) return 'its connections may live for a certain time only'
  if (!canDraw(route.destinations)) return 'its weights are no numbers to draw below'
  if (route.idleTimeoutMs > 0 && route.idleTimeoutMs !== IDLE_TIMEOUT_MS) return 'it has an idle timeout of its own'
  return undefined
}

function clusterObstacle(cluster: Cluster | undefined, {route}: FilterChain): string | undefined {
  if (cluster === undefined) return undefined
  const {loadBalancer, endpoints} = cluster
  const says = (what: string) => `cluster ${cluster.name} ${what}`
  if (cluster.tls !== undefined) return says('speaks TLS')
  if (cluster.proxyProtocol !== undefined) return says('is sent PROXY headers')
  if (cluster.maxConnections > 0) return says('has a limit of connections')
  if (cluster.outlierDetection !== undefined) return says('has outlier detection')
  if (cluster.keepalive !== undefined) return says('has TCP keepalive settings')
  if (cluster.warmup !== undefined) return says('warms new endpoints up')
  if (cluster.connectTimeoutMs !== CONNECT_TIMEOUT_MS && cluster.connectTimeoutMs !== KERNEL_CONNECT_MS) return says('has a connect timeout of its own')
  if (route.hashesSourceIp === true && (loadBalancer === 'RING_HASH' || loadBalancer === 'MAGLEV')) return says("hashes the client's address")
  if (endpoints.length > 0 && !canDraw(endpoints)) return says('has weights that are no numbers to draw below')
  if (loadBalancer === 'ROUND_ROBIN' && new Set(endpoints.map(({weight = 1}) => weight)).size > 1) return says('goes round endpoints of different weights')
  return undefined
}

function endpointObstacle({address, port}: Endpoint, bind: string, {localAddresses, mayRouteLocalnet}: KernelFacts): string | undefined {
  const family = familyOf(address)
  if (family === undefined) return `endpoint ${address} is no IP address`
  if (!isPort(port)) return `endpoint ${address} has no port`
  if (family !== familyOf(bind)) return `endpoint ${address} is of another family than ${bind}`
  if (!isLoopback(address)) return localAddresses.has(address) ? undefined : `endpoint ${address} is not on this machine`
  if (isLoopback(bind) || (family === 4 && mayRouteLocalnet)) return undefined
  return `clients from outside cannot be led to ${address}`
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 2 ** 16
}

/** Whole numbers from 1 on whose sum the kernel can draw below. */
function canDraw(weighted: readonly {readonly weight?: number}[]): boolean {
  const weights = weighted.map(({weight = 1}) => weight)
  return weights.every((weight) => Number.isInteger(weight) && weight > 0) && weights.reduce((sum, weight) => sum + weight, 0) <= MOST_DRAWN
}

function first<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
