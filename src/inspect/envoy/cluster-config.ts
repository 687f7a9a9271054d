import type {JsonObject} from '../../api/object.js'
import type {Cluster, Keepalive, OutlierDetection, Warmup} from '../../routing/routing.js'
import {protoDuration} from './duration.js'
import {loadAssignment} from './load-assignment.js'
import {upstreamTls} from './tls-context.js'

const CLUSTER_TYPE = 'type.googleapis.com/envoy.config.cluster.v3.Cluster'
const PROXY_PROTOCOL = 'type.googleapis.com/envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport'
const UNLIMITED = 4_294_967_295

export interface RuleRef {
  readonly namespace: string
  readonly name: string
}

/** A cluster as Istio would send it to Envoy; `rule` is the DestinationRule that holds for it (istio core/cluster.go, cluster_traffic_policy.go). */
export function clusterConfig(cluster: Cluster, rule: RuleRef | undefined): JsonObject {
  const {name, connectTimeoutMs, loadBalancer, warmup, keepalive, outlierDetection} = cluster
  return {
    '@type': CLUSTER_TYPE,
    name,
    ...discovery(cluster),
    connectTimeout: protoDuration(connectTimeoutMs),
    lbPolicy: loadBalancer,
    ...hashing(cluster),
    ...(warmup === undefined ? {} : slowStart(cluster, warmup)),
    circuitBreakers: {thresholds: [thresholds(cluster)]},
    ...(keepalive === undefined ? {} : {upstreamConnectionOptions: {tcpKeepalive: tcpKeepalive(keepalive)}}),
    ...(outlierDetection === undefined ? {} : outliers(outlierDetection)),
    ...transportSocket(cluster),
    metadata: {filterMetadata: {istio: istioMetadata(cluster, rule)}},
  }
}

/** Connections are what TCP can be limited by; the other thresholds stay out of the way. */
export function thresholds({maxConnections}: Pick<Cluster, 'maxConnections'>): JsonObject {
  const limit = maxConnections === 0 ? UNLIMITED : maxConnections
  return {maxConnections: limit, maxPendingRequests: UNLIMITED, maxRequests: UNLIMITED, maxRetries: UNLIMITED, trackRemaining: true}
}

function discovery(cluster: Cluster): JsonObject {
  if (cluster.discovery !== undefined) return {type: cluster.discovery, loadAssignment: loadAssignment(cluster)}
  return {type: 'EDS', edsClusterConfig: {edsConfig: {ads: {}, initialFetchTimeout: '0s', resourceApiVersion: 'V3'}, serviceName: cluster.name}}
}

function hashing({loadBalancer, hashSize}: Cluster): JsonObject {
  if (hashSize === undefined) return {}
  return loadBalancer === 'MAGLEV' ? {maglevLbConfig: {tableSize: String(hashSize)}} : {ringHashLbConfig: {minimumRingSize: String(hashSize)}}
}

function slowStart({loadBalancer}: Cluster, {durationMs, minimumPercent, aggression}: Warmup): JsonObject {
  const slowStartConfig = {slowStartWindow: protoDuration(durationMs), aggression: {defaultValue: aggression}, minWeightPercent: {value: minimumPercent}}
  return {[loadBalancer === 'ROUND_ROBIN' ? 'roundRobinLbConfig' : 'leastRequestLbConfig']: {slowStartConfig}}
}

function tcpKeepalive({timeMs, intervalMs, probes}: Keepalive): JsonObject {
  return {
    ...(probes === undefined ? {} : {keepaliveProbes: probes}),
    ...(timeMs === undefined ? {} : {keepaliveTime: Math.round(timeMs / 1000)}),
    ...(intervalMs === undefined ? {} : {keepaliveInterval: Math.round(intervalMs / 1000)}),
  }
}

function outliers(detection: OutlierDetection): JsonObject {
  const {
    consecutive5xx = 0,
    consecutiveGatewayErrors = 0,
    consecutiveLocalOriginFailures,
    intervalMs,
    baseEjectionMs,
    maxEjectionPercent,
    panicPercent,
  } = detection
  const local = {
    splitExternalLocalOriginErrors: true,
    consecutiveLocalOriginFailure: consecutiveLocalOriginFailures ?? 0,
    enforcingConsecutiveLocalOriginFailure: 100,
  }
  return {
    outlierDetection: {
      consecutive5xx,
      enforcingConsecutive5xx: consecutive5xx > 0 ? 100 : 0,
      consecutiveGatewayFailure: consecutiveGatewayErrors,
      enforcingConsecutiveGatewayFailure: consecutiveGatewayErrors > 0 ? 100 : 0,
      interval: protoDuration(intervalMs),
      baseEjectionTime: protoDuration(baseEjectionMs),
      maxEjectionPercent,
      enforcingSuccessRate: 0,
      ...(consecutiveLocalOriginFailures === undefined ? {} : local),
    },
    commonLbConfig: {healthyPanicThreshold: {value: panicPercent}},
  }
}

/** A PROXY header goes out before the handshake: its transport socket is around the one of TLS. */
function transportSocket({tls, proxyProtocol}: Cluster): JsonObject {
  const inner = tls === undefined ? undefined : upstreamTls(tls)
  if (proxyProtocol === undefined) return inner === undefined ? {} : {transportSocket: inner}
  const config = {version: proxyProtocol}
  const around = {'@type': PROXY_PROTOCOL, config, transportSocket: inner ?? {name: 'envoy.transport_sockets.raw_buffer'}}
  return {transportSocket: {name: 'envoy.transport_sockets.upstream_proxy_protocol', typedConfig: around}}
}

function istioMetadata({host, port, subset}: Cluster, rule: RuleRef | undefined): JsonObject {
  const [name = '', namespace = ''] = host.split('.')
  const isService = /\.svc\./.test(host)
  return {
    ...(rule === undefined ? {} : {config: `/apis/networking.istio.io/v1/namespaces/${rule.namespace}/destination-rule/${rule.name}`}),
    default_original_port: port,
    services: [isService ? {host, name, namespace} : {host}],
    ...(subset === '' ? {} : {subset}),
  }
}
