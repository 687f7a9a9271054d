import {addressIn} from '../../api/cidr.js'
import type {Labels} from '../../api/labels.js'
import type {BoundRule, BoundService} from '../bindings.js'
import {MESH} from '../gateways/gateway-name.js'
import {routeTo} from '../gateways/own-route.js'
import {selects} from '../labels.js'
import type {View} from '../mesh.js'
import type {TcpMatch} from '../objects/virtual-service.js'
import type {ChainMatch} from '../routing.js'
import {isForGateway} from '../tcp-match.js'
import {compileRoute, destinedBy, type CompiledRoute} from '../tcp-route.js'
import {meshRule, seenFrom} from './mesh-rules.js'
import type {PortProtocol} from './port-protocol.js'

/** One address of the mesh. */
export interface ServicePlace {
  readonly host: string
  /** The cluster address. */
  readonly address: string
  readonly port: number
  readonly protocol: PortProtocol
}

export interface Sidecar {
  readonly namespace: string
  readonly labels: Labels
}

export interface SidecarChain {
  /** Absent is the Service's own route. */
  readonly rule?: BoundRule
  readonly match?: ChainMatch
  readonly compiled: CompiledRoute
}

/** The chains a sidecar has for a place, by the VirtualServices for its host (istio core/tls.go buildSidecarOutbound…FilterChainOpts). */
export function sidecarChains(
  place: ServicePlace,
  sidecar: Sidecar,
  {services, view}: {readonly services: readonly BoundService[]; readonly view: View},
): readonly SidecarChain[] {
  const own = routeTo({host: place.host, port: place.port, subset: ''}, view)
  const seen = seenFrom(services, sidecar.namespace)
  const ruled = place.protocol === 'tls' ? tlsChains(place, sidecar, {seen, view}) : place.protocol === 'tcp' ? tcpChain(place, sidecar, {seen, view}) : []
  return ruled.length > 0 || own === undefined ? ruled : [{compiled: own}]
}

interface Sources {
  readonly seen: readonly BoundService[]
  readonly view: View
}

/**
 * The block of a TCP port. The first that is for every destination ends the search; blocks before it that are for subnets win where the address
 * lies in one, the longest first, since Envoy matches destinations by longest prefix.
 */
function tcpChain(place: ServicePlace, sidecar: Sidecar, {seen, view}: Sources): readonly SidecarChain[] {
  let best: {rule: BoundRule; bits: number} | undefined
  for (const rule of seen.flatMap((service) => (service.object.spec?.tcp ?? []).map((_, index) => meshRule(service, 'tcp', index)))) {
    const bits = (rule.block.route ?? []).length === 0 ? undefined : tcpBits(rule, place, sidecar)
    if (bits === undefined) continue
    if (best === undefined || bits > best.bits) best = {rule, bits}
    if (bits === ANYWHERE) break
  }
  const compiled = best && compileRoute(best.rule, place.port, destinedBy(view))
  return best === undefined || compiled === undefined ? [] : [{rule: best.rule, compiled}]
}

const ANYWHERE = -1

/** How many bits of the destination's address the block asks for; undefined where it is not for this client or address. */
function tcpBits({service, rule}: BoundRule, place: ServicePlace, sidecar: Sidecar): number | undefined {
  const matches = service.object.spec?.tcp?.[rule]?.match ?? []
  if (matches.length === 0) return ANYWHERE
  const own = matches.filter((match) => isForSidecar(match, {service, place, sidecar}))
  if (own.some(({destinationSubnets = []}) => destinationSubnets.length === 0)) return ANYWHERE
  return longestPrefix(own.flatMap(({destinationSubnets = []}) => destinationSubnets), place.address)
}

function longestPrefix(subnets: readonly string[], address: string): number | undefined {
  const bits = subnets.filter((subnet) => addressIn(address, subnet)).map((subnet) => Number(subnet.split('/')[1] ?? 32))
  return bits.length === 0 ? undefined : bits.reduce((a, b) => Math.max(a, b))
}

/** A chain for each match of each `tls` block that is for the client, the first of those that ask for the same. */
function tlsChains(place: ServicePlace, sidecar: Sidecar, {seen, view}: Sources): readonly SidecarChain[] {
  const chains = new Map<string, SidecarChain>()
  for (const service of seen) {
    for (const [index, {match: matches = [], route = []}] of (service.object.spec?.tls ?? []).entries()) {
      for (const match of matches) {
        if (route.length === 0 || !isForSidecar(match, {service, place, sidecar}) || !isForAddress(match, place)) continue
        const {sniHosts = []} = match
        const rule = meshRule(service, 'tls', index)
        const compiled = compileRoute(rule, place.port, destinedBy(view))
        const key = sniHosts.join(',')
        if (compiled !== undefined && !chains.has(key)) chains.set(key, {rule, compiled, ...namesOf(sniHosts)})
      }
    }
  }
  return [...chains.values()]
}

function namesOf(sniHosts: readonly string[]): {match?: ChainMatch} {
  return sniHosts.length === 0 || sniHosts.includes('*') ? {} : {match: {serverNames: sniHosts.map((name) => name.toLowerCase())}}
}

function isForAddress({destinationSubnets = []}: TcpMatch, {address}: ServicePlace): boolean {
  return destinationSubnets.length === 0 || destinationSubnets.some((subnet) => addressIn(address, subnet))
}

interface Situation {
  readonly service: BoundService
  readonly place: ServicePlace
  readonly sidecar: Sidecar
}

/** What can be said of a match before any connection (istio core matchTCP, matchTLS). */
function isForSidecar(match: TcpMatch, {service, place, sidecar}: Situation): boolean {
  const {port = 0, sourceLabels, sourceNamespace = ''} = match
  return (
    (port === 0 || port === place.port) &&
    isForGateway(match, MESH, service.namespace) &&
    selects(sourceLabels, sidecar.labels) &&
    (sourceNamespace === '' || sourceNamespace === sidecar.namespace)
  )
}
