import {memoizeByIdentity} from '../base/memoize.js'
import {compileGateway, distinct} from './compile.js'
import {objectFindings} from './findings/object-findings.js'
import {convertGatewayApi} from './gateway-api/convert-gateway-api.js'
import type {ManagedProxy} from './gateway-api/gateway-proxies.js'
import {namespaceOf} from './naming.js'
import type {Proxy} from './proxy.js'
import type {Listener, Routing, RoutingFinding} from './routing.js'
import {compileSidecars} from './sidecars/compile-sidecars.js'
import type {Snapshot} from './snapshot.js'
import {steadyPods, withoutReadiness} from './steady-pods.js'

/**
 * Everything there is as one routing table: the ingress gateway's listeners with clusters by their names, those of each managed gateway of the
 * Gateway API with clusters under `<namespace>/<gateway>/`, and the Services' own addresses with clusters under `mesh/` and `plain/`. A managed
 * gateway's listeners are at its own address and, as far as it has the port there, at the address all gateways share. Pure and total.
 */
export function compileAll(given: Snapshot, ingress: Proxy): Routing {
  const snapshot = {...given, pods: selectsPods(given) ? given.pods : placedPods(given.pods)}
  const api = convertGatewayApi(snapshot, ingress)
  const full = {...snapshot, virtualServices: joined(snapshot.virtualServices, api.virtualServices)}
  const ofIngress = {...full, gateways: [...snapshot.gateways, ...api.ingressGateways]}
  const everything = {...full, gateways: [...ofIngress.gateways, ...api.proxies.flatMap(({gateways}) => gateways)]}
  const proxies = api.proxies.map(({proxy}) => proxy)
  const about = objectFindings(everything, [ingress, ...proxies])
  const parts: readonly [Routing, ...Routing[]] = [
    compileGateway(ofIngress, ingress),
    ...api.proxies.map((managed) => compileManaged(full, managed)),
    compileSidecars(full, [ingress, ...proxies]),
  ]
  return merge(parts, [...about, ...api.findings])
}

/** Whether anything routes to pods by what they say of themselves. Otherwise EndpointSlices tell who is ready. */
function selectsPods({serviceEntries = []}: Snapshot): boolean {
  return serviceEntries.some(({spec}) => spec?.workloadSelector !== undefined)
}

const placedPods = steadyPods(withoutReadiness)

/** The same list where nothing is added, and for the same two lists. */
const joined = memoizeByIdentity((own: Snapshot['virtualServices'], added: Snapshot['virtualServices']) => (added.length === 0 ? own : [...own, ...added]))

/** Istio Gateways of other namespaces stay out of managed gateways (PILOT_ENABLE_STRICT_GATEWAY_MERGING). */
function compileManaged(snapshot: Snapshot, {proxy, gateways, sharedPorts}: ManagedProxy): Routing {
  const neighbours = snapshot.gateways.filter((gateway) => namespaceOf(gateway) === proxy.namespace)
  const routing = withPrefix(compileGateway({...snapshot, gateways: [...neighbours, ...gateways]}, proxy), `${proxy.managedFor ?? ''}/`)
  const shared = routing.listeners.filter(({bind, port}) => bind === proxy.address && sharedPorts.has(port)).map(atSharedAddress)
  return {...routing, listeners: [...shared, ...routing.listeners]}
}

const SHARED = '0.0.0.0'

function atSharedAddress(listener: Listener): Listener {
  return {...listener, name: `${SHARED}_${listener.port}`, bind: SHARED, aliases: []}
}

function withPrefix({listeners, clusters, findings}: Routing, prefix: string): Routing {
  return {
    listeners: listeners.map((listener) => ({...listener, chains: listener.chains.map((chain) => ({...chain, route: {...chain.route, destinations: chain.route.destinations.map((entry) => ({...entry, cluster: `${prefix}${entry.cluster}`}))}}))})),
    clusters: prefixed(clusters, prefix),
    findings,
  }
}

type Clusters = Routing['clusters']

const prefixed = memoizeByIdentity((clusters: Clusters, prefix: string): Clusters => Object.fromEntries(Object.entries(clusters).map(([name, cluster]) => [`${prefix}${name}`, cluster])))

const allOf = memoizeByIdentity((...parts: readonly [Clusters, ...Clusters[]]): Clusters => Object.assign({}, ...parts) as Clusters)

/** Of listeners with one name the first stays. */
function merge(parts: readonly [Routing, ...Routing[]], about: readonly RoutingFinding[]): Routing {
  const listeners = new Map<string, Listener>()
  const findings = [...about]
  for (const part of parts) {
    findings.push(...part.findings)
    for (const listener of part.listeners) {
      const first = listeners.get(listener.name)
      if (first === undefined) listeners.set(listener.name, listener)
      else findings.push(collision(listener, first))
    }
  }
  const [first, ...others] = parts
  return {listeners: [...listeners.values()], clusters: allOf(first.clusters, ...others.map(({clusters}) => clusters)), findings: distinct(findings)}
}

function collision({name, ...listener}: Listener, first: Listener): RoutingFinding {
  const message = `its listener ${name} is not opened: ${ownerOf(first)} has that address and port`
  return {code: 'listener-conflict', level: 'error', object: ownerOf(listener), message}
}

function ownerOf({chains: [chain], scope}: Pick<Listener, 'chains' | 'scope'>): string {
  return `${scope === 'mesh' ? 'Service' : 'Gateway'} ${chain?.gateway.namespace ?? ''}/${chain?.gateway.name ?? ''}`
}
