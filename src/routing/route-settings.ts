import type {MergedRule} from './clusters/destination-rules.js'
import {parseDurationMs} from './duration.js'
import type {TcpRoute} from './routing.js'

export const IDLE_TIMEOUT_MS = 3_600_000

/** What a DestinationRule says of a route rather than of a cluster. */
export type RouteSettings = Pick<TcpRoute, 'idleTimeoutMs' | 'maxConnectionDurationMs' | 'hashesSourceIp' | 'tunnel'>

/**
 * The settings of a route, from the rule of its first destination. `subset` is that of the only destination, empty where there are several: then
 * only the top-level policy counts, and for timeouts it always does (istio core buildOutboundNetworkFiltersWithWeightedClusters, maybeSetHashPolicy).
 */
export function routeSettings(rule: MergedRule | undefined, subset: string): RouteSettings {
  const tcp = rule?.trafficPolicy?.connectionPool?.tcp
  const tunnel = tunnelOf(rule, subset)
  return {
    idleTimeoutMs: parseDurationMs(tcp?.idleTimeout ?? '') ?? IDLE_TIMEOUT_MS,
    maxConnectionDurationMs: parseDurationMs(tcp?.maxConnectionDuration ?? '') ?? 0,
    ...(hashesSourceIp(rule, subset) && {hashesSourceIp: true}),
    ...(tunnel && {tunnel}),
  }
}

/** A subset with a load balancer of its own decides for itself. */
function hashesSourceIp(rule: MergedRule | undefined, subset: string): boolean {
  const own = rule?.subsets.get(subset)?.trafficPolicy?.loadBalancer
  return (own ?? rule?.trafficPolicy?.loadBalancer)?.consistentHash?.useSourceIp === true
}

/** A subset's tunnel, or none: the top-level one is for routes without a subset (istio tunnelingconfig.Apply). */
function tunnelOf(rule: MergedRule | undefined, subset: string): TcpRoute['tunnel'] {
  const policy = subset === '' ? rule?.trafficPolicy : rule?.subsets.get(subset)?.trafficPolicy
  if (policy?.tunnel === undefined) return undefined
  const {protocol, targetHost = '', targetPort = 0} = policy.tunnel
  const host = targetHost.includes(':') ? `[${targetHost}]` : targetHost
  return {method: protocol === 'POST' ? 'POST' : 'CONNECT', target: `${host}:${targetPort}`}
}
