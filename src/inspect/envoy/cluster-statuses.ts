import type {JsonObject} from '../../api/object.js'
import type {Cluster, Endpoint} from '../../routing/routing.js'
import type {Counts, EndpointCounts} from '../counts.js'
import {endpointName, isEjected} from '../health.js'
import type {ProxyView} from '../proxy-view.js'
import {thresholds} from './cluster-config.js'
import {endpointAddress} from './load-assignment.js'

export type HostFacts = Pick<Counts, 'endpoints' | 'ejected'>

const NOTHING: EndpointCounts = {total: 0, active: 0, connectFailed: 0}

/** What Envoy's `/clusters?format=json` shows, field names in camel case. Fields at their default are left out, as in protobuf's JSON. */
export function clusterStatuses({clusters}: ProxyView, facts: HostFacts): JsonObject {
  return {clusterStatuses: Object.entries(clusters).map(([key, cluster]) => clusterStatus(key, cluster, facts))}
}

function clusterStatus(key: string, cluster: Cluster, facts: HostFacts): JsonObject {
  const {name, discovery, endpoints} = cluster
  return {
    name,
    addedViaApi: true,
    hostStatuses: endpoints.map((endpoint) => hostStatus(key, endpoint, facts)),
    circuitBreakers: {thresholds: [thresholds(cluster)]},
    observabilityName: name,
    ...(discovery === undefined ? {edsServiceName: name} : {}),
  }
}

function hostStatus(key: string, endpoint: Endpoint, facts: HostFacts): JsonObject {
  const {total, active, connectFailed} = facts.endpoints[key]?.[endpointName(endpoint)] ?? NOTHING
  const counter = (name: string, value: number): JsonObject => (value === 0 ? {name} : {name, value: String(value)})
  return {
    address: endpointAddress(endpoint),
    stats: [counter('cx_connect_fail', connectFailed), counter('cx_total', total), {type: 'GAUGE', ...counter('cx_active', active)}],
    healthStatus: {edsHealthStatus: 'HEALTHY', ...(isEjected(facts, key, endpoint) ? {failedOutlierCheck: true} : {})},
    weight: endpoint.weight ?? 1,
    ...(endpoint.hostname === undefined ? {} : {hostname: endpoint.hostname}),
    locality: {},
  }
}
