import {memoizeByIdentity} from '../../base/memoize.js'
import {rememberEach} from '../../base/remember-each.js'
import {steadyLists} from '../../base/steady.js'
import {boundServices, type BoundService} from '../bindings.js'
import {inCreationOrder} from '../creation-order.js'
import {appliesTo} from '../gateways/gateway-selection.js'
import {indexIngressPorts} from '../gateways/ingress-ports.js'
import {keyOf} from '../naming.js'
import type {Gateway} from '../objects/gateway.js'
import type {Proxy} from '../proxy.js'
import type {RoutingFinding} from '../routing.js'
import type {Snapshot} from '../snapshot.js'
import {unselectedGateway} from './gateway-findings.js'
import {gatewayOnlyCredentials} from './gateway-only-findings.js'
import {outsideFindings} from './outside-findings.js'
import {unroutedSubsets} from './subset-findings.js'
import {delegates, httpRoutes, ignoredMatches, missingGateways, unseenService} from './virtual-service-findings.js'

/** What is to be said of Gateways and VirtualServices before any is served: the first of the proxies is the ingress gateway. */
export function objectFindings(snapshot: Snapshot, proxies: readonly Proxy[]): readonly RoutingFinding[] {
  const fronts = proxies.map((proxy) => ({proxy, ports: indexIngressPorts(snapshot, proxy)}))
  const gateways = inCreationOrder(steadyGateways(snapshot.gateways))
  const gatewayKeys = keysOf(gateways)
  const isLost = (gateway: (typeof gateways)[number]) => fronts.every(({proxy, ports}) => !appliesTo(gateway, proxy, ports))
  const virtualServices = inCreationOrder(snapshot.virtualServices)
  const services = new Map(proxies.flatMap((proxy) => boundServices(snapshot.virtualServices, proxy).map((service) => [service.object, service])))
  return [
    ...gateways.filter(isLost).flatMap((gateway) => unselectedGateway(gateway, proxies)),
    ...delegatesOfEach(virtualServices.map((object) => [object])).flat(),
    ...virtualServices.flatMap((object) => (services.has(object) ? [] : unseenService(object, proxies))),
    ...serviceFindings([...services.values()].map((service) => [service, gatewayKeys])).flat(),
    ...unroutedSubsets(snapshot, proxies[0]?.domain ?? ''),
    ...gatewayOnlyCredentials(snapshot),
    ...outsideFindings(snapshot),
  ]
}

const steadyGateways = steadyLists<Gateway>()
const keysOf = memoizeByIdentity((gateways: Snapshot['gateways']): ReadonlySet<string> => new Set(gateways.map(keyOf)))

const delegatesOfEach = rememberEach(delegates)

const serviceFindings = rememberEach((service: BoundService, gatewayKeys: ReadonlySet<string>): readonly RoutingFinding[] => {
  return [...missingGateways(service, gatewayKeys), ...ignoredMatches(service), ...httpRoutes(service)]
})
