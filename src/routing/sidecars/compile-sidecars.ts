import {memoizeByIdentity} from '../../base/memoize.js'
import {steadyLists, steadyRecords} from '../../base/steady.js'
import type {BoundRule} from '../bindings.js'
import {indexEndpoints, type Endpoints} from '../clusters/endpoints.js'
import {missingCluster} from '../findings/destination-findings.js'
import {isInFrontOf} from '../gateways/ingress-ports.js'
import {routeTo} from '../gateways/own-route.js'
import {toFullHost} from '../host.js'
import {MESH_FIELDS, VIEW_FIELDS} from '../mesh.js'
import {keyOf, namespaceOf} from '../naming.js'
import type {Pod} from '../objects/pod.js'
import type {Service, ServicePort} from '../objects/service.js'
import type {ServiceEntry} from '../objects/service-entry.js'
import type {VirtualService} from '../objects/virtual-service.js'
import {sourceOf} from '../origin.js'
import type {Proxy} from '../proxy.js'
import {rememberBy} from '../remember.js'
import type {ChainMatch, Cluster, FilterChain, Listener, Routing, RoutingFinding} from '../routing.js'
import type {Snapshot} from '../snapshot.js'
import {distinctionsOf, indexClasses, type ClientClass, type ClientIndex} from './client-classes.js'
import {ELSEWHERE, indexClients} from './clients.js'
import {ClusterKeys} from './cluster-keys.js'
import {entryPlaces} from './entry-places.js'
import {indexMeshRules, isForMesh, type MeshRules} from './mesh-rules.js'
import {protocolOf} from './port-protocol.js'
import {sidecarChains, type ServicePlace, type SidecarChain} from './sidecar-chains.js'
import {sidecarFindings} from './sidecar-findings.js'
import {blocksAround} from './source-blocks.js'
import {indexViews, type Views, withoutRules} from './views.js'

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

function layOut(reachable: readonly Service[], context: Context, {serviceEntries = []}: LayoutSnapshot): Layout {
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

interface Context {
  readonly domain: string
  readonly rules: MeshRules
  readonly views: Views
  readonly clients: ClientIndex
  /** Blocks of the pods without a sidecar. */
  readonly outside: readonly string[]
  readonly keys: ClusterKeys
}

function indexAll(snapshot: LayoutSnapshot, domain: string, endpoints: Endpoints): Context {
  return {
    domain,
    rules: indexMeshRules(snapshot.virtualServices, domain),
    views: indexViews(snapshot, domain),
    ...clientsAmong(snapshot.pods),
    keys: new ClusterKeys(endpoints),
  }
}

const clientsAmong = memoizeByIdentity((pods: readonly Pod[]): Pick<Context, 'clients' | 'outside'> => {
  const {outside, ...clients} = indexClients(pods)
  return {clients: indexClasses({outside, ...clients}), outside: blocksAround(outside, clients.inMeshAddresses)}
})

/** A port of a Service, or of a ServiceEntry with an address, with all that is written for it. */
export interface Place extends ServicePlace {
  readonly service: Service | ServiceEntry
  /** In `spec.ports`. */
  readonly index: number
}

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

/** A chain with its clusters' keys in place, but not yet for anyone in particular. */
interface DraftChain extends SidecarChain {
  readonly route: FilterChain['route']
  readonly findings: readonly RoutingFinding[]
}

/** A sidecar that does not see the Service passes its connections on as they are. */
function chainsFor({sidecar}: ClientClass, place: Place, {rules, views, keys}: Context): readonly DraftChain[] {
  const view = views.of(sidecar)
  if (!view.services.has(place.host)) return plainChains(place, views, keys)
  return sidecarChains(place, sidecar, {services: rules.forHost(place.host), view}).map((chain) => {
    const added = chain.compiled.targets.map((target) => ({target, ...keys.add(target, view)}))
    const destinations = chain.compiled.route.destinations.map((destination, i) => ({...destination, cluster: added[i]?.key ?? destination.cluster}))
    const {rule} = chain
    const findings = rule === undefined ? [] : added.flatMap(({target, outcome}) => missingCluster(rule, target, {outcome, mesh: view}))
    return {...chain, route: {...chain.compiled.route, destinations}, findings}
  })
}

function plainChains({host, port, service}: Place, views: Views, keys: ClusterKeys): readonly DraftChain[] {
  const view = views.of({namespace: namespaceOf(service), labels: {}})
  const own = routeTo({host, port, subset: ''}, withoutRules(view))
  if (own === undefined) return []
  const destinations = own.route.destinations.map((destination, i) => {
    const target = own.targets[i]
    return target === undefined ? destination : {...destination, cluster: keys.addPlain(target, view)}
  })
  return [{compiled: own, route: {...own.route, destinations, idleTimeoutMs: 0}, findings: []}]
}

interface ChainsOfAll {
  readonly chains: readonly FilterChain[]
  /** Those that some client follows. */
  readonly rules: readonly BoundRule[]
  readonly findings: readonly RoutingFinding[]
}

/** The chains of clients that are no pods, and of each class of pods that has others. */
function chainsByClient(place: Place, own: readonly DraftChain[], context: Context): ChainsOfAll {
  const looks = looksOf(own)
  const [, ...classes] = context.clients.classesOf(distinctions(place, context))
  const others = new Map<string, {drafts: readonly DraftChain[]; sources: string[]}>()
  for (const each of classes) {
    if (hasSameView(each, place, context)) continue
    const drafts = chainsFor(each, place, context)
    const key = looksOf(drafts)
    if (key === looks) continue
    const known = others.get(key) ?? {drafts, sources: []}
    others.set(key, known)
    for (const {address} of each.members.flat()) known.sources.push(address)
  }
  const groups = [...others.values(), ...outsiders(own, place, context)]
  const drafts = [...own, ...groups.flatMap((group) => group.drafts)]
  return {
    chains: [...groups.flatMap((group) => group.drafts.map((draft) => chainOf(draft, place, group.sources))), ...own.map((draft) => chainOf(draft, place))],
    rules: drafts.flatMap(({rule}) => rule ?? []),
    findings: drafts.flatMap(({findings}) => findings),
  }
}

/** Without VirtualServices only the Service's DestinationRule can differ from that of clients that are no pods; this spares most of the work. */
function hasSameView({sidecar}: ClientClass, {host, service}: Place, {rules, views}: Context): boolean {
  if (rules.forHost(host).length > 0) return false
  const [own, other] = [views.of(ELSEWHERE), views.of(sidecar)]
  if (own.services.has(host) !== other.services.has(host)) return false
  const [ruled, otherRuled] = [own, other].map((view) => view.rules.find(host, namespaceOf(service))?.sources ?? [])
  return ruled?.length === otherRuled?.length && ruled?.every((source, i) => source === otherRuled?.[i]) === true
}

function looksOf(drafts: readonly DraftChain[]): string {
  return JSON.stringify(drafts.map(({rule, match, route}) => [rule && sourceOf(rule), match, route]))
}

/** What may tell clients of a place apart: all that is written for its host and for the hosts its routes lead to. */
function distinctions({host}: Place, {rules, views, domain}: Context): ReturnType<typeof distinctionsOf> {
  const services = rules.forHost(host)
  const destinations = services.flatMap(({object, namespace}) => {
    const blocks = [...(object.spec?.tcp ?? []), ...(object.spec?.tls ?? [])]
    return blocks.flatMap(({route = []}) => route.map(({destination}) => toFullHost(destination?.host ?? '', namespace, domain)))
  })
  const hosts = [...new Set([host, ...destinations])]
  return distinctionsOf({services, rules: hosts.flatMap((name) => views.rulesFor(name)), exportTo: hosts.flatMap((name) => views.exportsOf(name))})
}

/** Pods without a sidecar, where there are any and their route is another. */
function outsiders(own: readonly DraftChain[], place: Place, context: Context): readonly {drafts: readonly DraftChain[]; sources: readonly string[]}[] {
  if (context.outside.length === 0 || isNoDifferent(own, place, context)) return []
  return [{drafts: plainChains(place, context.views, context.keys), sources: context.outside}]
}

/** With one endpoint and no policy it does not matter who chooses. */
function isNoDifferent(own: readonly DraftChain[], {host}: Place, {keys, rules, views}: Context): boolean {
  if (rules.forHost(host).length > 0 || views.rulesFor(host).length > 0) return false
  return own.every(({route}) => route.destinations.every(({cluster}) => keys.endpointCount(cluster) <= 1))
}

function chainOf({rule, match, route}: DraftChain, {service, index, port}: Place, sources?: readonly string[]): FilterChain {
  const forWhom: ChainMatch = {...match, ...(sources !== undefined && {sources})}
  return {
    gateway: {namespace: namespaceOf(service), name: service.metadata.name, server: index, port},
    ...(rule !== undefined && {source: sourceOf(rule)}),
    ...(Object.keys(forWhom).length > 0 && {match: forWhom}),
    route,
  }
}

function listenerOf({address, port}: Place, chains: readonly FilterChain[]): Listener {
  return {name: `${address}_${port}`, bind: address, port, aliases: [], scope: 'mesh', chains}
}
