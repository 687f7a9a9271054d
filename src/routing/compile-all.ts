import {compileGateway, distinct} from './compile.js'
import {indexEndpoints, type Endpoints} from './endpoints.js'
import {convertGatewayApi} from './gateway-api/convert-gateway-api.js'
import type {ManagedProxy} from './gateway-api/gateway-proxies.js'
import {namespaceOf} from './naming.js'
import {objectFindings} from './object-findings.js'
import type {Proxy} from './proxy.js'
import type {Cluster, Listener, Routing, RoutingFinding} from './routing.js'
import {compileSidecars} from './sidecars/compile-sidecars.js'
import type {Snapshot} from './snapshot.js'

/**
 * Everything there is as one routing table: the ingress gateway's listeners with clusters by their names, those of each managed gateway of the
 * Gateway API with clusters under `<namespace>/<gateway>/`, and the Services' own addresses with clusters under `mesh/` and `plain/`. A managed
 * gateway's listeners are at its own address and, as far as it has the port there, at the address all gateways share. Pure and total.
 */
export function compileAll(snapshot: Snapshot, ingress: Proxy): Routing {
  const api = convertGatewayApi(snapshot, ingress)
  const full = {...snapshot, virtualServices: [...snapshot.virtualServices, ...api.virtualServices]}
  const ofIngress = {...full, gateways: [...snapshot.gateways, ...api.ingressGateways]}
  const everything = {...full, gateways: [...ofIngress.gateways, ...api.proxies.flatMap(({gateways}) => gateways)]}
  const proxies = api.proxies.map(({proxy}) => proxy)
  const about = objectFindings(everything, [ingress, ...proxies])
  const endpoints = indexEndpoints(snapshot)
  const parts = [
    compileGateway(ofIngress, ingress, endpoints),
    ...api.proxies.map((managed) => compileManaged(full, managed, endpoints)),
    compileSidecars(full, [ingress, ...proxies], endpoints),
  ]
  return merge(parts, [...about, ...api.findings])
}

/** Istio Gateways of other namespaces stay out of managed gateways (PILOT_ENABLE_STRICT_GATEWAY_MERGING). */
function compileManaged(snapshot: Snapshot, {proxy, gateways, sharedPorts}: ManagedProxy, endpoints: Endpoints): Routing {
  const neighbours = snapshot.gateways.filter((gateway) => namespaceOf(gateway) === proxy.namespace)
  const routing = withPrefix(compileGateway({...snapshot, gateways: [...neighbours, ...gateways]}, proxy, endpoints), `${proxy.managedFor ?? ''}/`)
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
    clusters: Object.fromEntries(Object.entries(clusters).map(([name, cluster]) => [`${prefix}${name}`, cluster])),
    findings,
  }
}

/** Of listeners with one name the first stays. */
function merge(parts: readonly Routing[], about: readonly RoutingFinding[]): Routing {
  const listeners = new Map<string, Listener>()
  const clusters: Record<string, Cluster> = {}
  const findings = [...about]
  for (const part of parts) {
    Object.assign(clusters, part.clusters)
    findings.push(...part.findings)
    for (const listener of part.listeners) {
      const first = listeners.get(listener.name)
      if (first === undefined) listeners.set(listener.name, listener)
      else findings.push(collision(listener, first))
    }
  }
  return {listeners: [...listeners.values()], clusters, findings: distinct(findings)}
}

function collision({name, ...listener}: Listener, first: Listener): RoutingFinding {
  const message = `its listener ${name} is not opened: ${ownerOf(first)} has that address and port`
  return {code: 'listener-conflict', level: 'error', object: ownerOf(listener), message}
}

function ownerOf({chains: [chain], scope}: Pick<Listener, 'chains' | 'scope'>): string {
  return `${scope === 'mesh' ? 'Service' : 'Gateway'} ${chain?.gateway.namespace ?? ''}/${chain?.gateway.name ?? ''}`
}
