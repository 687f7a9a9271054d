import {inCreationOrder} from './creation-order.js'
import {MESH, resolveGatewayName} from './gateway-name.js'
import {groupBy} from './group-by.js'
import {toFullHost} from './host.js'
import {namespaceOf} from './naming.js'
import type {Proxy} from './proxy.js'
import type {TcpBlock, VirtualService} from './snapshot.js'
import {matchedPorts} from './tcp-match.js'
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

/** A `tcp` block bound to a gateway. */
export interface BoundRule {
  readonly service: BoundService
  /** Its place in `spec.tcp`. */
  readonly rule: number
  readonly block: TcpBlock
  /** The server ports it applies to. */
  readonly ports: 'any' | ReadonlySet<number>
  /** Its place among all rules of the gateway: lower is asked first. */
  readonly order: number
}

/** What is bound to one gateway, by the server port it may apply to, so that a server looks only at rules that concern it. */
export interface GatewayBindings {
  readonly services: readonly BoundService[]
  readonly rules: readonly BoundRule[]
  readonly byPort: ReadonlyMap<number, readonly BoundRule[]>
  readonly anyPort: readonly BoundRule[]
}

export const NOTHING_BOUND: GatewayBindings = {services: [], rules: [], byPort: new Map(), anyPort: []}

/**
 * The VirtualServices the proxy may see, in the order in which they are asked: those private to its namespace, those exported to it by name,
 * the public ones; each group by age (istio push_context.go VirtualServicesForGateway).
 */
export function boundServices(virtualServices: readonly VirtualService[], proxy: Proxy): readonly BoundService[] {
  const byVisibility = groupBy(inCreationOrder(virtualServices), (object) => visibilityOf(object.spec?.exportTo, namespaceOf(object), proxy.namespace))
  const asked = (['private', 'exported', 'public'] as const).flatMap((visibility) => byVisibility.get(visibility) ?? [])
  return asked.map((object) => bindService(object, proxy))
}

function bindService(object: VirtualService, {domain}: Proxy): BoundService {
  const namespace = namespaceOf(object)
  const gateways = (object.spec?.gateways ?? []).map((name) => resolveGatewayName(name, namespace)).filter((key) => key !== MESH)
  const hosts = (object.spec?.hosts ?? []).map((host) => toFullHost(host, namespace, domain))
  return {object, namespace, hosts, gatewayKeys: [...new Set(gateways)]}
}

/** Sorts services by the gateways they are bound to. */
export function bindToGateways(services: readonly BoundService[]): ReadonlyMap<string, GatewayBindings> {
  const pairs = services.flatMap((service) => service.gatewayKeys.map((gatewayKey) => ({gatewayKey, service})))
  const byGateway = groupBy(pairs, ({gatewayKey}) => gatewayKey)
  return new Map([...byGateway].map(([gatewayKey, bound]) => [gatewayKey, bindingsOf(bound.map(({service}) => service), gatewayKey)]))
}

/** Blocks without destinations take no part. */
function bindingsOf(services: readonly BoundService[], gatewayKey: string): GatewayBindings {
  const rules = services
    .flatMap((service) => (service.object.spec?.tcp ?? []).map((block, rule) => ({service, rule, block})))
    .filter(({block}) => (block.route ?? []).length > 0)
    .map((rule, order): BoundRule => ({...rule, ports: matchedPorts(rule.block, gatewayKey, rule.service.namespace), order}))
  const byPort = groupBy(
    rules.flatMap((rule) => (rule.ports === 'any' ? [] : [...rule.ports].map((port) => ({port, rule})))),
    ({port}) => port,
  )
  return {
    services,
    rules,
    byPort: new Map([...byPort].map(([port, entries]) => [port, entries.map(({rule}) => rule)])),
    anyPort: rules.filter(({ports}) => ports === 'any'),
  }
}

/** The first rule, in order, that applies at this server port and is accepted by `test`. */
export function firstRule(bindings: GatewayBindings, port: number, test: (rule: BoundRule) => boolean): BoundRule | undefined {
  const forPort = bindings.byPort.get(port)?.find(test)
  const forAny = bindings.anyPort.find(test)
  if (forPort === undefined || forAny === undefined) return forPort ?? forAny
  return forPort.order < forAny.order ? forPort : forAny
}
