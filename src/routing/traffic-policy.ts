import {parseDurationMs} from './duration.js'
import type {MergedRule} from './destination-rules.js'
import type {LoadBalancer} from './routing.js'
import type {LoadBalancerSettings, TrafficPolicy} from './snapshot.js'

const CONNECT_TIMEOUT_MS = 10_000
const IDLE_TIMEOUT_MS = 3_600_000

/** A policy after precedence: what holds for one cluster. */
export type Policy = Omit<TrafficPolicy, 'portLevelSettings'>

/**
 * The policy of a cluster. Settings for the port replace the rule's own entirely, what they leave out is the default; a subset's policy
 * then replaces field by field, or entirely where it has settings for the port (istio util MergeSubsetTrafficPolicy).
 */
export function policyFor(rule: MergedRule | undefined, subset: string, port: number): Policy {
  const {policy: base} = atPort(rule?.trafficPolicy, port)
  const subsetPolicy = rule?.subsets.get(subset)?.trafficPolicy
  if (subsetPolicy === undefined) return base
  const {policy, isPortLevel} = atPort(subsetPolicy, port)
  return isPortLevel ? {...withoutPortFields(base), ...policy} : {...base, ...policy}
}

function atPort(policy: TrafficPolicy | undefined, port: number): {policy: Policy; isPortLevel: boolean} {
  const {portLevelSettings = [], ...own} = policy ?? {}
  const settings = portLevelSettings.find((entry) => entry.port?.number === port)
  if (settings === undefined) return {policy: own, isPortLevel: false}
  const {port: _, ...portPolicy} = settings
  return {policy: portPolicy, isPortLevel: true}
}

function withoutPortFields({tunnel, proxyProtocol}: Policy): Policy {
  return {...(tunnel && {tunnel}), ...(proxyProtocol && {proxyProtocol})}
}

export interface ClusterSettings {
  readonly connectTimeoutMs: number
  readonly maxConnections: number
  readonly loadBalancer: LoadBalancer
}

export function clusterSettings({connectionPool, loadBalancer}: Policy): ClusterSettings {
  const {connectTimeout = '', maxConnections = 0} = connectionPool?.tcp ?? {}
  return {connectTimeoutMs: parseDurationMs(connectTimeout) ?? CONNECT_TIMEOUT_MS, maxConnections, loadBalancer: loadBalancerOf(loadBalancer)}
}

/** Hashing without a hash is a random choice in Envoy, so that is what consistentHash falls back to. */
function loadBalancerOf(settings: LoadBalancerSettings | undefined): LoadBalancer {
  if (settings?.consistentHash !== undefined) return 'RANDOM'
  return settings?.simple === 'ROUND_ROBIN' || settings?.simple === 'RANDOM' ? settings.simple : 'LEAST_REQUEST'
}

export interface RouteTimeouts {
  readonly idleTimeoutMs: number
  readonly maxConnectionDurationMs: number
}

/** The timeouts of a route: only the top-level policy counts (istio core buildOutboundNetworkFilters). */
export function routeTimeouts(rule: MergedRule | undefined): RouteTimeouts {
  const tcp = rule?.trafficPolicy?.connectionPool?.tcp
  return {
    idleTimeoutMs: parseDurationMs(tcp?.idleTimeout ?? '') ?? IDLE_TIMEOUT_MS,
    maxConnectionDurationMs: parseDurationMs(tcp?.maxConnectionDuration ?? '') ?? 0,
  }
}

/** Fields of a policy that Istio would apply and this data plane does not. */
export function unappliedFields({connectionPool, loadBalancer, outlierDetection, tls, tunnel, proxyProtocol}: Policy): readonly string[] {
  const unapplied = {
    'connectionPool.tcp.tcpKeepalive': connectionPool?.tcp?.tcpKeepalive !== undefined,
    'loadBalancer.consistentHash': loadBalancer?.consistentHash !== undefined,
    'loadBalancer.simple PASSTHROUGH': loadBalancer?.simple === 'PASSTHROUGH',
    'loadBalancer.localityLbSetting': loadBalancer?.localityLbSetting !== undefined,
    'loadBalancer.warmup': loadBalancer?.warmup !== undefined || loadBalancer?.warmupDurationSecs !== undefined,
    outlierDetection: outlierDetection !== undefined,
    tls: tls !== undefined && (tls.mode ?? 'DISABLE') !== 'DISABLE',
    tunnel: tunnel !== undefined,
    proxyProtocol: proxyProtocol !== undefined,
  }
  return Object.entries(unapplied).flatMap(([field, isSet]) => (isSet ? [field] : []))
}

/** Paths of timeouts in places where Istio accepts them and nothing reads them. */
export function timeoutsWithoutEffect(rule: MergedRule): readonly string[] {
  const subsets = [...rule.subsets.values()].map(({name, trafficPolicy}): Place => [`subsets[${name}].trafficPolicy`, trafficPolicy])
  const ports = [['trafficPolicy', rule.trafficPolicy] as Place, ...subsets].flatMap(([path, policy]) =>
    (policy?.portLevelSettings ?? []).map((settings): Place => [`${path}.portLevelSettings[${settings.port?.number}]`, settings]),
  )
  return [...subsets, ...ports].flatMap(([path, policy]) => {
    const tcp = policy?.connectionPool?.tcp
    const fields = (['idleTimeout', 'maxConnectionDuration'] as const).filter((field) => tcp?.[field] !== undefined)
    return fields.map((field) => `${path}.connectionPool.tcp.${field}`)
  })
}

type Place = readonly [path: string, policy: TrafficPolicy | undefined]
