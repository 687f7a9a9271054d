import {buildCluster, type ClusterOutcome} from '../clusters/clusters.js'
import {hostsOverlap} from '../host.js'
import type {Mesh} from '../mesh.js'
import type {Cluster} from '../routing.js'
import type {MeshService} from '../services.js'
import type {Server} from './merge-servers.js'
import {routeTo, type OwnDestination} from './own-route.js'
import type {ServedChain} from './served-server.js'
import {namesOf} from './server-names.js'

/** What sidecars offer when they speak Istio's mutual TLS (istio allIstioMtlsALPNs). */
const ISTIO_PROTOCOLS = ['istio', 'istio-peer-exchange', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2']

/**
 * A chain for each cluster whose Service is among the server's hosts: the Service itself and every subset, at each port. A client says which one
 * it means by naming the cluster as its server (istio builtAutoPassthroughFilterChains).
 */
export function autoPassthroughChains(server: Server, mesh: Mesh): readonly ServedChain[] {
  const patterns = namesOf(server)
  const behind = {...mesh, endpoints: withMutualTls(mesh)}
  const inMesh = [...mesh.services.values()].filter((service) => !isExternal(service) && patterns.some((pattern) => isSubsetOf(service.host, pattern)))
  return inMesh.flatMap(({host, namespace, ports}) => {
    const subsets = ['', ...(mesh.rules.find(host, namespace)?.subsets.keys() ?? [])]
    const tcpPorts = ports.filter(({protocol}) => (protocol ?? 'TCP') !== 'UDP')
    return tcpPorts.flatMap(({port}) => subsets.flatMap((subset) => chainTo({host, port, subset}, behind)))
  })
}

/** ServiceEntries stand for what is outside unless they say otherwise. */
function isExternal(service: MeshService): boolean {
  return service.type === 'entry' && service.object.spec?.location !== 'MESH_INTERNAL'
}

/** istio host.Name SubsetOf. */
function isSubsetOf(host: string, pattern: string): boolean {
  return host === pattern || (pattern.startsWith('*') && hostsOverlap(pattern, host) && host.length >= pattern.length)
}

/** Endpoints without a sidecar are left out: what arrives is encrypted for one. */
function withMutualTls({endpoints}: Mesh): Mesh['endpoints'] {
  return {
    behind(service, port) {
      const behind = endpoints.behind(service, port)
      return {...behind, endpoints: behind.endpoints.filter(({labels}) => labels?.['security.istio.io/tlsMode'] === 'istio')}
    },
  }
}

function chainTo(destination: OwnDestination, mesh: Mesh): readonly ServedChain[] {
  const {host, port, subset} = destination
  const name = `outbound_.${port}_.${subset}_.${host}`
  const own = routeTo(destination, mesh)
  const target = own?.targets[0]
  if (own === undefined || target === undefined) return []
  const {tunnel: _, ...route} = own.route
  const compiled = {
    route: {...route, statPrefix: name, destinations: route.destinations.map((entry) => ({...entry, cluster: name}))},
    targets: [{...target, cluster: name}],
  }
  const outcome = withoutTls(buildCluster({...target, cluster: name}, mesh))
  if (outcome.type !== 'cluster') return []
  return [{match: {serverNames: [name], applicationProtocols: ISTIO_PROTOCOLS}, compiled, clusters: new Map([[name, outcome]])}]
}

/** The client's own TLS is passed on (istio SniDnatClusterMode). */
function withoutTls(outcome: ClusterOutcome): ClusterOutcome {
  if (outcome.type !== 'cluster') return outcome
  const {tls: _, ...cluster}: Cluster = outcome.cluster
  return {...outcome, cluster}
}
