import {parseDurationMs} from '../duration.js'
import type {LoadBalancerSettings, TcpSettings} from '../objects/destination-rule.js'
import type {Cluster, Keepalive, LoadBalancer, Warmup} from '../routing.js'
import {outlierDetectionOf} from './outlier-settings.js'
import type {Policy} from './traffic-policy.js'

export const CONNECT_TIMEOUT_MS = 10_000
const RING_SIZE = 1024
const MAGLEV_TABLE_SIZE = 65_537

/** What a policy says of a cluster, apart from TLS, which also depends on credentials. */
export type ClusterSettings = Pick<
  Cluster,
  'loadBalancer' | 'hashSize' | 'warmup' | 'connectTimeoutMs' | 'maxConnections' | 'keepalive' | 'outlierDetection' | 'proxyProtocol'
>

/** Defaults are Istio's; what is absent here is off (istio core applyTrafficPolicy). */
export function clusterSettings({connectionPool, loadBalancer, outlierDetection, proxyProtocol}: Policy): ClusterSettings {
  const {connectTimeout = '', maxConnections = 0, tcpKeepalive} = connectionPool?.tcp ?? {}
  return {
    ...balancing(loadBalancer),
    connectTimeoutMs: parseDurationMs(connectTimeout) ?? CONNECT_TIMEOUT_MS,
    maxConnections,
    ...(tcpKeepalive && {keepalive: keepaliveOf(tcpKeepalive)}),
    ...(outlierDetection && {outlierDetection: outlierDetectionOf(outlierDetection)}),
    ...(proxyProtocol && {proxyProtocol: proxyProtocol.version === 'V2' ? 'V2' : 'V1'}),
  }
}

/**
 * Hashing takes the place of `simple`, and only the two policies that weigh endpoints warm up (istio core applyLoadBalancer).
 * What PASSTHROUGH leaves to the cluster's network is chosen at random there.
 */
function balancing(settings: LoadBalancerSettings | undefined): Pick<Cluster, 'loadBalancer' | 'hashSize' | 'warmup'> {
  const hash = settings?.consistentHash
  if (hash?.maglev !== undefined) return {loadBalancer: 'MAGLEV', hashSize: hash.maglev.tableSize || MAGLEV_TABLE_SIZE}
  if (hash !== undefined) return {loadBalancer: 'RING_HASH', hashSize: (hash.ringHash ?? hash).minimumRingSize || RING_SIZE}
  const loadBalancer = simpleOf(settings?.simple)
  const warmup = loadBalancer === 'RANDOM' ? undefined : warmupOf(settings)
  return {loadBalancer, ...(warmup && {warmup})}
}

function simpleOf(simple: string | undefined): LoadBalancer {
  if (simple === 'PASSTHROUGH') return 'RANDOM'
  return simple === 'ROUND_ROBIN' || simple === 'RANDOM' ? simple : 'LEAST_REQUEST'
}

/** `warmupDurationSecs` is the older spelling, with Envoy's defaults, which are the same. */
function warmupOf({warmup, warmupDurationSecs}: LoadBalancerSettings = {}): Warmup | undefined {
  const durationMs = parseDurationMs((warmup === undefined ? warmupDurationSecs : warmup.duration) ?? '')
  if (durationMs === undefined) return undefined
  return {durationMs, minimumPercent: warmup?.minimumPercent ?? 10, aggression: warmup?.aggression ?? 1}
}

function keepaliveOf({probes = 0, time = '', interval = ''}: NonNullable<TcpSettings['tcpKeepalive']>): Keepalive {
  const [timeMs, intervalMs] = [parseDurationMs(time), parseDurationMs(interval)]
  return {...(timeMs !== undefined && {timeMs}), ...(intervalMs !== undefined && {intervalMs}), ...(probes > 0 && {probes})}
}
