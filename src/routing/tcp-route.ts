import {memoizeByIdentity} from '../base/memoize.js'
import type {BoundRule, BoundService} from './bindings.js'
import type {View} from './mesh.js'
import {routeSettings} from './route-settings.js'
import type {TcpRoute} from './routing.js'
import {targetOf, type Target} from './services.js'
import type {RouteDestination} from './objects/virtual-service.js'

/** A route and the targets of its destinations, in the same order. */
export interface CompiledRoute {
  readonly route: TcpRoute
  readonly targets: readonly Target[]
}

/**
 * What a rule does with a connection. One destination gets everything whatever its weight; of several, those with a weight above 0 share in
 * proportion. Undefined where several have no weight between them, which Envoy would refuse (istio core/networkfilter.go).
 */
export function compileRoute({service, block}: BoundRule, serverPort: number, destined: Destined): CompiledRoute | undefined {
  return compiledRoute(block, service, destined, serverPort)
}

/** What routes depend on: the same one for all meshes that differ in their endpoints only, which change most often. */
export type Destined = Pick<View, 'services' | 'rules' | 'domain'>

/** The part of a mesh that a route depends on, the same value for the same parts. */
export function destinedBy({services, rules, domain}: Destined): Destined {
  return destined(services, rules, domain)
}

const destined = memoizeByIdentity((services: View['services'], rules: View['rules'], domain: string): Destined => ({services, rules, domain}))

const compiledRoute = memoizeByIdentity((block: BoundRule['block'], service: BoundService, behind: Destined, serverPort: number): CompiledRoute | undefined => {
  const {services, domain} = behind
  const destinations = block.route ?? []
  const isSingle = destinations.length === 1
  const weighted = isSingle ? destinations : destinations.filter(({weight = 0}) => weight > 0)
  const targets = weighted.map((destination) => targetOf(destination, services, {namespace: service.namespace, domain, serverPort}))
  const [first] = targets
  if (first === undefined) return undefined
  const route = {
    statPrefix: isSingle ? first.cluster : `${service.object.metadata.name}.${service.namespace}`,
    destinations: weighted.map((destination, i) => ({
      cluster: targets[i]?.cluster ?? '',
      weight: isSingle ? 1 : (destination.weight ?? 0),
      subset: destination.destination?.subset ?? '',
      host: destination.destination?.host ?? '',
    })),
    ...routeSettings(ruleOfFirst(destinations, service.namespace, behind), isSingle ? first.subset : ''),
  }
  return {route, targets}
})

/** Settings come from the rule of the first destination, even one with weight 0. */
function ruleOfFirst([first]: readonly RouteDestination[], namespace: string, {services, rules, domain}: Destined): ReturnType<View['rules']['find']> {
  const {host} = targetOf(first ?? {}, services, {namespace, domain, serverPort: 0})
  const service = services.get(host)
  return service && rules.find(host, service.namespace)
}
