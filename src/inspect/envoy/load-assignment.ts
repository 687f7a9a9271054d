import type {JsonObject} from '../../api/object.js'
import type {Cluster, Endpoint} from '../../routing/routing.js'

const LOAD_ASSIGNMENT_TYPE = 'type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment'

/** A cluster's endpoints, all in one locality: there is only this machine. */
export function loadAssignment({name, endpoints}: Cluster): JsonObject {
  return {
    clusterName: name,
    endpoints: endpoints.length === 0 ? [] : [{locality: {}, lbEndpoints: endpoints.map(lbEndpoint), loadBalancingWeight: totalWeight(endpoints)}],
  }
}

/** The same as a resource of its own, for clusters whose endpoints come by EDS. */
export function loadAssignmentResource(cluster: Cluster): JsonObject {
  return {'@type': LOAD_ASSIGNMENT_TYPE, ...loadAssignment(cluster)}
}

export function endpointAddress({address, port}: Endpoint): JsonObject {
  return address.startsWith('/') ? {pipe: {path: address}} : {socketAddress: {address, portValue: port}}
}

function lbEndpoint(endpoint: Endpoint): JsonObject {
  const {hostname, pod, weight = 1} = endpoint
  const metadata = pod === undefined ? {} : {metadata: {filterMetadata: {istio: {workload: pod}}}}
  return {
    endpoint: {address: endpointAddress(endpoint), ...(hostname === undefined ? {} : {hostname})},
    healthStatus: 'HEALTHY',
    ...metadata,
    loadBalancingWeight: weight,
  }
}

function totalWeight(endpoints: readonly Endpoint[]): number {
  return endpoints.reduce((sum, {weight = 1}) => sum + weight, 0)
}
