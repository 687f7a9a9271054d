import type {FilterChain, Routing} from '../../routing/routing.js'
import type {ClusterCounts, Counts, EjectionCounts, ListenerCounts, TrafficCounts} from '../counts.js'
import type {Metric} from './metric.js'

export interface ServerFacts {
  readonly uptimeSeconds: number
  readonly isLive: boolean
  /** How the data plane calls a chain in its counts. */
  readonly chainKey: (chain: FilterChain) => string
}

/** The statistics Envoy would have of what the data plane counts; label names are those of Istio's bootstrap. */
export function envoyMetrics(routing: Routing, counts: Counts, facts: ServerFacts): readonly Metric[] {
  return [
    ...Object.entries(counts.clusters).flatMap(([key, cluster]) => clusterMetrics(key, cluster)),
    ...Object.entries(counts.ejections ?? {}).flatMap(([key, ejections]) => ejectionMetrics(key, ejections, counts.ejected?.[key]?.length ?? 0)),
    ...Object.entries(routing.clusters).flatMap(([key, {endpoints}]) => membership(key, endpoints.length, counts.ejected?.[key]?.length ?? 0)),
    ...Object.entries(counts.listeners).flatMap(([name, listener]) => listenerMetrics(name, listener)),
    ...tcpMetrics(routing, counts, facts),
    ...serverMetrics(routing, facts),
  ]
}

function clusterMetrics(key: string, counts: ClusterCounts): readonly Metric[] {
  const {connected, connectFailed, connectTimeouts, active, noHealthyUpstream, overflow, bytesFromClients, bytesToClients} = counts
  return ofCluster(key, 'counter', {
    upstream_cx_total: connected + connectFailed,
    upstream_cx_connect_fail: connectFailed,
    upstream_cx_connect_timeout: connectTimeouts,
    upstream_cx_none_healthy: noHealthyUpstream,
    upstream_cx_overflow: overflow,
    upstream_cx_rx_bytes_total: bytesToClients,
    upstream_cx_tx_bytes_total: bytesFromClients,
  }).concat(ofCluster(key, 'gauge', {upstream_cx_active: active}))
}

function ejectionMetrics(key: string, {total, overflow, ...reasons}: EjectionCounts, active: number): readonly Metric[] {
  const enforced = {
    'outlier_detection.ejections_enforced_total': total,
    'outlier_detection.ejections_overflow': overflow,
    'outlier_detection.ejections_enforced_consecutive_5xx': reasons.consecutive5xx,
    'outlier_detection.ejections_enforced_consecutive_gateway_failure': reasons.consecutiveGatewayFailure,
    'outlier_detection.ejections_enforced_consecutive_local_origin_failure': reasons.consecutiveLocalOriginFailure,
  }
  return ofCluster(key, 'counter', enforced).concat(ofCluster(key, 'gauge', {'outlier_detection.ejections_active': active}))
}

function membership(key: string, total: number, ejected: number): readonly Metric[] {
  return ofCluster(key, 'gauge', {membership_total: total, membership_healthy: total - ejected})
}

function listenerMetrics(name: string, {accepted, active, noChain, tlsFailed}: ListenerCounts): readonly Metric[] {
  const scope = {prefix: `listener.${name}`, family: 'envoy_listener', labels: {listener_address: name}}
  const counters = {downstream_cx_total: accepted, no_filter_chain_match: noChain, 'ssl.connection_error': tlsFailed}
  return metricsOf(scope, 'counter', counters).concat(metricsOf(scope, 'gauge', {downstream_cx_active: active}))
}

interface PrefixSums {
  downstream_cx_total: number
  downstream_cx_no_route: number
  downstream_cx_rx_bytes_total: number
  downstream_cx_tx_bytes_total: number
}

/** Chains with one stat prefix are counted together, as in Envoy. */
function tcpMetrics({listeners}: Routing, {traffic}: Counts, {chainKey}: ServerFacts): readonly Metric[] {
  const prefixes = new Map(
    listeners.flatMap(({name, chains}) => chains.map((chain): [string, string] => [`${name}\n${chainKey(chain)}`, chain.route.statPrefix])),
  )
  const sums = new Map<string, PrefixSums>()
  for (const entry of traffic) {
    const prefix = prefixes.get(`${entry.listener}\n${entry.chain}`)
    if (prefix !== undefined) sums.set(prefix, addTraffic(sums.get(prefix), entry))
  }
  return [...sums].flatMap(([prefix, sum]) => metricsOf({prefix: `tcp.${prefix}`, family: 'envoy_tcp', labels: {tcp_prefix: prefix}}, 'counter', {...sum}))
}

function addTraffic(sum: PrefixSums | undefined, {opened, closed, bytesFromClients, bytesToClients}: TrafficCounts): PrefixSums {
  return {
    downstream_cx_total: (sum?.downstream_cx_total ?? 0) + opened,
    downstream_cx_no_route: (sum?.downstream_cx_no_route ?? 0) + (closed['NC'] ?? 0),
    downstream_cx_rx_bytes_total: (sum?.downstream_cx_rx_bytes_total ?? 0) + bytesFromClients,
    downstream_cx_tx_bytes_total: (sum?.downstream_cx_tx_bytes_total ?? 0) + bytesToClients,
  }
}

function serverMetrics({listeners, clusters}: Routing, {uptimeSeconds, isLive}: ServerFacts): readonly Metric[] {
  return [
    ...metricsOf({prefix: 'server', family: 'envoy_server', labels: {}}, 'gauge', {live: isLive ? 1 : 0, uptime: uptimeSeconds}),
    ...metricsOf({prefix: 'listener_manager', family: 'envoy_listener_manager', labels: {}}, 'gauge', {total_listeners_active: listeners.length}),
    ...metricsOf({prefix: 'cluster_manager', family: 'envoy_cluster_manager', labels: {}}, 'gauge', {active_clusters: Object.keys(clusters).length}),
  ]
}

function ofCluster(key: string, type: Metric['type'], values: Readonly<Record<string, number>>): Metric[] {
  return metricsOf({prefix: `cluster.${key}`, family: 'envoy_cluster', labels: {cluster_name: key}}, type, values)
}

interface Scope {
  readonly prefix: string
  readonly family: string
  readonly labels: Metric['labels']
}

function metricsOf({prefix, family, labels}: Scope, type: Metric['type'], values: Readonly<Record<string, number>>): Metric[] {
  return Object.entries(values).map(([name, value]) => ({stat: `${prefix}.${name}`, family: `${family}_${name.replaceAll('.', '_')}`, labels, type, value}))
}
