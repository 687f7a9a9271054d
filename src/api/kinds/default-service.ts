import {fill, mapField} from './fill.js'
import type {Service, ServicePort, ServiceSpec} from './service.js'

const AFFINITY_SECONDS = 10_800

/**
 * A Service with what the API server adds, but for the addresses and node ports that an allocator has to draw
 * (kubernetes `SetDefaults_Service`; IP families as on a cluster with IPv4 alone).
 */
export function defaultService(service: Service): Service {
  const spec = defaultSpec(service.spec ?? {})
  return fill({...service, spec}, {status: {loadBalancer: {}}})
}

function defaultSpec(written: ServiceSpec): ServiceSpec {
  const spec = fill(
    mapField(written, 'ports', (ports) => ports.map(defaultPort)),
    {sessionAffinity: 'None', type: 'ClusterIP'},
  )
  const type: string = spec.type
  const withAddresses =
    type === 'ExternalName' ? spec : fill(withClusterIPs(spec), {internalTrafficPolicy: 'Cluster', ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack'})
  const withPolicy = type === 'NodePort' || type === 'LoadBalancer' ? fill(withAddresses, {externalTrafficPolicy: 'Cluster'}) : withAddresses
  return withAffinity(type === 'LoadBalancer' ? fill(withPolicy, {allocateLoadBalancerNodePorts: true}) : withPolicy)
}

function defaultPort(port: ServicePort): ServicePort {
  const target = port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '' ? port.port : port.targetPort
  return {...fill(port, {protocol: 'TCP'}), targetPort: target}
}

/** `clusterIP` and the first of `clusterIPs` are one field with two names; the singular is what people write. */
function withClusterIPs(spec: ServiceSpec): ServiceSpec {
  const {clusterIP, clusterIPs = []} = spec
  if (clusterIP === undefined || clusterIP === '') return clusterIPs[0] === undefined ? spec : {...spec, clusterIP: clusterIPs[0]}
  return clusterIPs[0] === clusterIP ? spec : {...spec, clusterIPs: [clusterIP, ...clusterIPs.slice(1)]}
}

function withAffinity(spec: ServiceSpec): ServiceSpec {
  if (spec.sessionAffinity === 'ClientIP') return fill(spec, {sessionAffinityConfig: {clientIP: {timeoutSeconds: AFFINITY_SECONDS}}})
  const {sessionAffinityConfig: _, ...rest} = spec
  return rest
}
