import {bindService, type BoundRule, type BoundService} from '../bindings.js'
import {inCreationOrder} from '../creation-order.js'
import {MESH} from '../gateways/gateway-name.js'
import {groupBy} from '../group-by.js'
import {hostsOverlap} from '../host.js'
import type {VirtualService} from '../objects/virtual-service.js'
import {visibilityOf, type Visibility} from '../visibility.js'

/** VirtualServices bound to sidecars. */
export interface MeshRules {
  /** All, oldest first. */
  readonly services: readonly BoundService[]
  /** Those with a host that covers this one, whoever may see them, oldest first. */
  forHost(host: string): readonly BoundService[]
}

/** Without `gateways` a VirtualService is for sidecars, else where `mesh` is among them. One without routes for TCP or TLS says nothing here. */
export function isForMesh({spec}: VirtualService): boolean {
  const isMeant = (spec?.gateways ?? []).length === 0 || spec?.gateways?.includes(MESH) === true
  return isMeant && (spec?.tcp ?? []).length + (spec?.tls ?? []).length > 0
}

/** Of VirtualServices that are for the mesh. */
export function indexMeshRules(virtualServices: readonly VirtualService[], domain: string): MeshRules {
  const services = inCreationOrder(virtualServices).map((object) => bindService(object, {domain}))
  const order = new Map(services.map((service, index) => [service, index]))
  const byHost = groupBy(services.flatMap((service) => service.hosts.map((host) => ({host, service}))), ({host}) => host)
  const wildcards = [...byHost.keys()].filter((host) => host.startsWith('*'))
  return {
    services,
    forHost(host) {
      const covering = [host, ...wildcards.filter((wildcard) => wildcard !== host && hostsOverlap(wildcard, host))]
      const found = new Set(covering.flatMap((name) => byHost.get(name) ?? []).map(({service}) => service))
      return [...found].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
    },
  }
}

const ORDER: readonly Visibility[] = ['private', 'exported', 'public']

/** In the order in which a sidecar in the namespace asks them. */
export function seenFrom(services: readonly BoundService[], namespace: string): readonly BoundService[] {
  const visibility = (service: BoundService) => visibilityOf(service.object.spec?.exportTo, service.namespace, namespace)
  return ORDER.flatMap((wanted) => services.filter((service) => visibility(service) === wanted))
}

/** A block as a rule; what it matches is for the sidecar to say. */
export function meshRule(service: BoundService, kind: BoundRule['kind'], rule: number): BoundRule {
  const block = service.object.spec?.[kind]?.[rule] ?? {}
  return {service, kind, rule, block, ports: 'any'}
}
