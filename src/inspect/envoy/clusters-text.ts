import type {Cluster, Endpoint} from '../../routing/routing.js'
import {endpointName, isEjected} from '../health.js'
import type {ProxyView} from '../proxy-view.js'
import type {HostFacts} from './cluster-statuses.js'
import {thresholds} from './cluster-config.js'

/** Envoy's defaults, which nothing of Istio's API changes. */
const HIGH_PRIORITY = {maxConnections: 1024, maxPendingRequests: 1024, maxRequests: 1024, maxRetries: 3}

/** What Envoy's `/clusters` shows: `cluster::thing::value` (and `cluster::host::thing::value`) lines. */
export function clustersText({clusters}: ProxyView, facts: HostFacts): string {
  const lines = Object.entries(clusters).flatMap(([key, cluster]) => {
    const hosts = cluster.endpoints.flatMap((endpoint) => hostLines(key, endpoint, facts).map((line) => `${endpointName(endpoint)}::${line}`))
    return [...clusterLines(cluster), ...hosts].map((line) => `${cluster.name}::${line}`)
  })
  return lines.map((line) => `${line}\n`).join('')
}

function clusterLines(cluster: Cluster): readonly string[] {
  const limits = (priority: string, limit: object) => Object.entries(limit).map(([name, value]) => `${priority}::${snake(name)}::${String(value)}`)
  const {trackRemaining: _, ...own} = thresholds(cluster)
  return [
    `observability_name::${cluster.name}`,
    ...limits('default_priority', own),
    ...limits('high_priority', HIGH_PRIORITY),
    'added_via_api::true',
    ...(cluster.discovery === undefined ? [`eds_service_name::${cluster.name}`] : []),
  ]
}

function hostLines(key: string, endpoint: Endpoint, facts: HostFacts): readonly string[] {
  const {total = 0, active = 0, connectFailed = 0} = facts.endpoints[key]?.[endpointName(endpoint)] ?? {}
  return [
    `cx_active::${active}`,
    `cx_connect_fail::${connectFailed}`,
    `cx_total::${total}`,
    ...['rq_active', 'rq_error', 'rq_success', 'rq_timeout', 'rq_total'].map((name) => `${name}::0`),
    `hostname::${endpoint.hostname ?? ''}`,
    `health_flags::${isEjected(facts, key, endpoint) ? '/failed_outlier_check' : 'healthy'}`,
    `weight::${endpoint.weight ?? 1}`,
    ...['region', 'zone', 'sub_zone'].map((name) => `${name}::`),
    'canary::false',
    'priority::0',
    'success_rate::-1',
    'local_origin_success_rate::-1',
  ]
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
