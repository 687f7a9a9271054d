import {memoizeByIdentity} from '../../base/memoize.js'
import {steadyLists, steadyRecords} from '../../base/steady.js'
import {indexEndpoints, type Endpoints} from '../clusters/endpoints.js'
import {isInFrontOf} from '../gateways/ingress-ports.js'
import {toFullHost} from '../host.js'
import {MESH_FIELDS, VIEW_FIELDS} from '../mesh.js'
import {keyOf, namespaceOf} from '../naming.js'
import type {Pod} from '../objects/pod.js'
import type {Service, ServicePort} from '../objects/service.js'
import type {VirtualService} from '../objects/virtual-service.js'
import type {Proxy} from '../proxy.js'
import {rememberBy} from '../remember.js'
import type {Cluster, FilterChain, Listener, Routing, RoutingFinding} from '../routing.js'
import type {Snapshot} from '../snapshot.js'
import {chainsByClient, chainsFor, type ChainContext} from './client-chains.js'
import {indexClasses} from './client-classes.js'
import {ELSEWHERE, indexClients} from './clients.js'
import {ClusterKeys} from './cluster-keys.js'
import {entryPlaces} from './entry-places.js'
import {indexMeshRules, isForMesh} from './mesh-rules.js'
import type {Place} from './place.js'
import {protocolOf} from './port-protocol.js'
import {sidecarFindings} from './sidecar-findings.js'
import {blocksAround} from './source-blocks.js'
import {indexViews} from './views.js'

/**
 * The Services' own addresses, as the sidecars of their clients route them: a listener for each TCP port of each Service that has one, with
 * chains by client where it matters. A client with a sidecar follows the VirtualServices for `mesh`, by its labels and namespace, and the
 * policies it sees; a client that is no pod is one of namespace `default`; a pod without a sidecar reaches any endpoint at random. Services in
 * front of gateways (`proxies`) are left out: those addresses are the gateways'. Addresses of ServiceEntries count as those of Services.
 *
 *     Services ─ports→ places ─clients, VirtualServices for mesh→ chains by source ─DestinationRules each sees→ clusters
 */
export function compileSidecars(snapshot: Pick<Snapshot, Field>, proxies: readonly [Proxy, ...Proxy[]]): Routing {
  const reachable = snapshot.services.filter((service) => hasAddress(service) && !proxies.some((proxy) => isInFrontOf(service, proxy)))
  const services = steadyReachable(withEndpoints(reachable, snapshot))
  const layOut = layoutOf({...snapshot, virtualServices: steadyServices(snapshot.virtualServices.filter(isForMesh))}, services, steadyProxies(proxies))
  const {listeners, findings, keys} = layOut(indexEndpoints(snapshot))
  return {listeners, clusters: clustersOf(keys), findings}
}

const LAYOUT_FIELDS = ['virtualServices', 'pods', ...VIEW_FIELDS] as const
type Field = (typeof LAYOUT_FIELDS)[number] | (typeof MESH_FIELDS)[number]
type LayoutSnapshot = Pick<Snapshot, (typeof LAYOUT_FIELDS)[number]>

// what changes about VirtualServices for gateways is nothing to sidecars
const steadyServices = steadyLists<VirtualService>()
const steadyReachable = steadyLists<Service>()
const steadyProxies = steadyLists<Proxy>()

const clustersOf = memoizeByIdentity(({clusters}: ClusterKeys) => steadyClusters(clusters))
const steadyClusters = steadyRecords<Cluster>()

/** All but the clusters' endpoints, which change most often and seldom change any of it. */
interface Layout extends Pick<Routing, 'listeners' | 'findings'> {
  readonly keys: ClusterKeys
}

const layoutOf = rememberBy(LAYOUT_FIELDS, (snapshot, reachable: readonly Service[], proxies: readonly Proxy[]): ((endpoints: Endpoints) => Layout) => {
  let last: Layout | undefined
  return (endpoints) => {
    const keys = last?.keys.with(endpoints)
    last = last === undefined || keys === undefined ? layOut(reachable, indexAll(snapshot, proxies[0]?.domain ?? '', endpoints), snapshot) : {...last, keys}
    return last
  }
})

function layOut(reachable: readonly Service[], context: ChainContext, {serviceEntries = []}: LayoutSnapshot): Layout {
  const ofServices = reachable.flatMap((service) => placesOf(service, context.domain))
  const ofEntries = entryPlaces(serviceEntries, ofServices.map(({address, port}) => `${address}_${port}`))
  const places = [...ofServices, ...ofEntries.places]
  const own = places.map((place) => chainsFor({sidecar: ELSEWHERE, members: []}, place, context)) // these get the short keys
  const findings: RoutingFinding[] = [...ofEntries.findings]
  const used = new Set<object>()
  const listeners = places.map((place, index) => {
    const all = chainsByClient(place, own[index] ?? [], context)
    findings.push(...all.findings)
    for (const rule of all.rules) used.add(rule.block)
    return listenerOf(place, all.chains)
  })
  return {listeners, keys: context.keys, findings: [...sidecarFindings(places, context.rules, used), ...findings]}
}

function indexAll(snapshot: LayoutSnapshot, domain: string, endpoints: Endpoints): ChainContext {
  return {
    domain,
    rules: indexMeshRules(snapshot.virtualServices, domain),
    views: indexViews(snapshot, domain),
    ...clientsAmong(snapshot.pods),
    keys: new ClusterKeys(endpoints),
  }
}

const clientsAmong = memoizeByIdentity((pods: readonly Pod[]): Pick<ChainContext, 'clients' | 'outside'> => {
  const {outside, ...clients} = indexClients(pods)
  return {clients: indexClasses({outside, ...clients}), outside: blocksAround(outside, clients.inMeshAddresses)}
})

function hasAddress({spec}: Service): boolean {
  const {clusterIP = '', type} = spec ?? {}
  return clusterIP !== '' && clusterIP !== 'None' && type !== 'ExternalName'
}

/** A Service that selects nothing and was given no endpoints, such as `kubernetes`, leads nowhere. */
function withEndpoints(services: readonly Service[], {endpointSlices}: Pick<Snapshot, 'endpointSlices'>): readonly Service[] {
  const owners = new Set(endpointSlices.map((slice) => `${namespaceOf(slice)}/${slice.metadata.labels?.['kubernetes.io/service-name']}`))
  return services.filter((service) => service.spec?.selector !== undefined || owners.has(keyOf(service)))
}

function placesOf(service: Service, domain: string): readonly Place[] {
  const host = toFullHost(service.metadata.name, namespaceOf(service), domain)
  const isTcp = ({protocol}: ServicePort) => (protocol ?? 'TCP') === 'TCP'
  return (service.spec?.ports ?? []).flatMap((port, index) => {
    return isTcp(port) ? [{service, index, host, address: service.spec?.clusterIP ?? '', port: port.port, protocol: protocolOf(port)}] : []
  })
}

function listenerOf({address, port}: Place, chains: readonly FilterChain[]): Listener {
  return {name: `${address}_${port}`, bind: address, port, aliases: [], scope: 'mesh', chains}
}
