import {memoizeByIdentity} from '../base/memoize.js'
import {inCreationOrder} from './creation-order.js'
import {MESH, resolveGatewayName} from './gateways/gateway-name.js'
import {groupBy} from './group-by.js'
import {toFullHost} from './host.js'
import {namespaceOf} from './naming.js'
import type {RouteDestination, VirtualService} from './objects/virtual-service.js'
import type {Proxy} from './proxy.js'
import {entryPorts, matchedPorts, type Ports} from './tcp-match.js'
import {visibilityOf} from './visibility.js'

/** A VirtualService as a gateway sees it. */
export interface BoundService {
  readonly object: VirtualService
  readonly namespace: string
  /** Short names completed. */
  readonly hosts: readonly string[]
  /** Keys of its Gateways, without `mesh`, each once. */
  readonly gatewayKeys: readonly string[]
}

/** A `tcp` block, or one match of a `tls` block, bound to a gateway. */
export interface BoundRule {
  readonly service: BoundService
  readonly kind: 'tcp' | 'tls'
  /** Its place in `spec.tcp` or `spec.tls`. */
  readonly rule: number
  readonly block: {readonly route?: readonly RouteDestination[]}
  /** Of a `tls` block: the match's place in it and what it asks for. */
  readonly match?: {readonly index: number; readonly sniHosts: readonly string[]}
  /** The server ports it applies to. */
  readonly ports: Ports
}

/** The rules of one kind, by the server port they may apply to, so that a server looks only at rules that concern it. */
export interface RuleIndex {
  readonly byPort: ReadonlyMap<number, readonly BoundRule[]>
  readonly anyPort: readonly BoundRule[]
  /** The place of each among all: lower is asked first. */
  readonly places: ReadonlyMap<BoundRule, number>
}

/** What is bound to one gateway. */
export interface GatewayBindings {
  readonly services: readonly BoundService[]
  readonly rules: readonly BoundRule[]
  readonly tcp: RuleIndex
  readonly tls: RuleIndex
}

const NO_RULES: RuleIndex = {byPort: new Map(), anyPort: [], places: new Map()}
export const NOTHING_BOUND: GatewayBindings = {services: [], rules: [], tcp: NO_RULES, tls: NO_RULES}

/**
 * The VirtualServices the proxy may see, in the order in which they are asked: those private to its namespace, those exported to it by name,
 * the public ones; each group by age (istio push_context.go VirtualServicesForGateway).
 */
export function boundServices(virtualServices: readonly VirtualService[], {namespace, domain}: Proxy): readonly BoundService[] {
  return servicesSeenFrom(virtualServices, namespace, domain)
}

const servicesSeenFrom = memoizeByIdentity((virtualServices: readonly VirtualService[], from: string, domain: string): readonly BoundService[] => {
  const byVisibility = groupBy(inCreationOrder(virtualServices), (object) => visibilityOf(object.spec?.exportTo, namespaceOf(object), from))
  const asked = (['private', 'exported', 'public'] as const).flatMap((visibility) => byVisibility.get(visibility) ?? [])
  return asked.map((object) => bindService(object, {domain}))
})

/** A VirtualService with its names completed. */
export function bindService(object: VirtualService, {domain}: Pick<Proxy, 'domain'>): BoundService {
  return boundService(object, domain)
}

const boundService = memoizeByIdentity((object: VirtualService, domain: string): BoundService => {
  const namespace = namespaceOf(object)
  const gateways = (object.spec?.gateways ?? []).map((name) => resolveGatewayName(name, namespace)).filter((key) => key !== MESH)
  const hosts = (object.spec?.hosts ?? []).map((host) => toFullHost(host, namespace, domain))
  return {object, namespace, hosts, gatewayKeys: [...new Set(gateways)]}
})

/** Sorts services by the gateways they are bound to. One without hosts is a delegate of HTTP routes and bound to nothing. */
export function bindToGateways(services: readonly BoundService[]): ReadonlyMap<string, GatewayBindings> {
  const byGateway = new Map<string, BoundService[]>()
  for (const service of services) {
    if (service.hosts.length === 0) continue
    for (const gatewayKey of service.gatewayKeys) {
      const bound = byGateway.get(gatewayKey)
      if (bound === undefined) byGateway.set(gatewayKey, [service])
      else bound.push(service)
    }
  }
  return new Map([...byGateway].map(([gatewayKey, bound]) => [gatewayKey, bindingsOf(bound, gatewayKey)]))
}

function bindingsOf(services: readonly BoundService[], gatewayKey: string): GatewayBindings {
  const rules = services.flatMap((service) => rulesOf(service, gatewayKey))
  return {services, rules, tcp: indexRules(rules.filter(({kind}) => kind === 'tcp')), tls: indexRules(rules.filter(({kind}) => kind === 'tls'))}
}

/** Blocks without destinations take no part, and neither do `tls` blocks without a match. */
const rulesOf = memoizeByIdentity((service: BoundService, gatewayKey: string): readonly BoundRule[] => {
  const {tcp = [], tls = []} = service.object.spec ?? {}
  const {namespace} = service
  const forTcp = tcp.map((block, rule): BoundRule => ({service, kind: 'tcp', rule, block, ports: matchedPorts(block, gatewayKey, namespace)}))
  const forTls = tls.flatMap((block, rule) =>
    (block.match ?? []).map((match, index): BoundRule => {
      return {service, kind: 'tls', rule, block, match: {index, sniHosts: match.sniHosts ?? []}, ports: entryPorts(match, gatewayKey, namespace)}
    }),
  )
  return [...forTcp, ...forTls].filter(({block}) => (block.route ?? []).length > 0)
})

function indexRules(rules: readonly BoundRule[]): RuleIndex {
  const byPort = new Map<number, BoundRule[]>()
  for (const rule of rules) {
    if (rule.ports === 'any') continue
    for (const port of rule.ports) {
      const atPort = byPort.get(port)
      if (atPort === undefined) byPort.set(port, [rule])
      else atPort.push(rule)
    }
  }
  return {byPort, anyPort: rules.filter(({ports}) => ports === 'any'), places: new Map(rules.map((rule, place) => [rule, place]))}
}

/** The first rule, in order, that applies at this server port and is accepted by `test`. */
export function firstRule({byPort, anyPort, places}: RuleIndex, port: number, test: (rule: BoundRule) => boolean): BoundRule | undefined {
  const forPort = byPort.get(port)?.find(test)
  const forAny = anyPort.find(test)
  if (forPort === undefined || forAny === undefined) return forPort ?? forAny
  return placeIn(places, forPort) < placeIn(places, forAny) ? forPort : forAny
}

/** All rules that apply at this server port, in order. */
export function rulesAt({byPort, anyPort, places}: RuleIndex, port: number): readonly BoundRule[] {
  const forPort = byPort.get(port) ?? []
  if (forPort.length === 0 || anyPort.length === 0) return [...forPort, ...anyPort]
  return [...forPort, ...anyPort].sort((a, b) => placeIn(places, a) - placeIn(places, b))
}

function placeIn(places: RuleIndex['places'], rule: BoundRule): number {
  return places.get(rule) ?? 0
}
