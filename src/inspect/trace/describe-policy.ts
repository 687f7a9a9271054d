import type {Cluster, TcpRoute} from '../../routing/routing.js'
import {protoDuration} from '../envoy/duration.js'

const DEFAULT_IDLE_MS = 3_600_000

/** What holds for the connections of a cluster: how endpoints are chosen, limits, timeouts and what is spoken. */
export function describePolicy(cluster: Cluster, route: TcpRoute): string {
  const {loadBalancer, connectTimeoutMs, maxConnections, outlierDetection, warmup, tls, proxyProtocol, discovery} = cluster
  const parts = [
    loadBalancer,
    `connect timeout ${protoDuration(connectTimeoutMs)}`,
    ...(maxConnections === 0 ? [] : [`at most ${maxConnections} connections`]),
    ...(route.idleTimeoutMs === DEFAULT_IDLE_MS ? [] : [`idle timeout ${protoDuration(route.idleTimeoutMs)}`]),
    ...(route.maxConnectionDurationMs === 0 ? [] : [`at most ${protoDuration(route.maxConnectionDurationMs)} each`]),
    ...(outlierDetection === undefined ? [] : ['outlier detection']),
    ...(warmup === undefined ? [] : [`warm-up ${protoDuration(warmup.durationMs)}`]),
    ...(tls === undefined ? [] : [`TLS${tls.sni === undefined ? '' : ` as ${tls.sni}`}`]),
    ...(proxyProtocol === undefined ? [] : [`PROXY ${proxyProtocol.toLowerCase()}`]),
    ...(discovery === undefined ? [] : [discovery]),
  ]
  return parts.join(', ')
}
