import {convertGatewayApi} from '../../routing/gateway-api/convert-gateway-api.js'
import type {Action} from '../action.js'
import {ingressProxy} from '../gateway/ingress-proxy.js'
import type {UnboundPort} from '../gateway/unbound-ports.js'
import type {World} from '../world.js'
import {planGatewayClasses} from './gateway-api-classes.js'
import {listenerCredentials} from './gateway-api-credentials.js'
import {planGatewayDeployments} from './gateway-api-deployments.js'
import {planRouteStatus} from './gateway-api-route-status.js'
import {planGatewayStatus} from './gateway-api-status.js'

/** Istio's Gateway API controllers: classes, what managed Gateways are deployed as, and the statuses of Gateways and routes. */
export function planGatewayApi(world: World, nowMs: number, unbound: readonly UnboundPort[]): readonly Action[] {
  const ingress = ingressProxy(world)
  const conversion = convertGatewayApi({...world, credentials: listenerCredentials(world, nowMs)}, ingress)
  return [
    ...planGatewayClasses(world, nowMs),
    ...planGatewayDeployments(conversion.gateways, world),
    ...planGatewayStatus(conversion.gateways, world, {nowMs, domain: ingress.domain, unbound}),
    ...planRouteStatus([...conversion.tcpRoutes, ...conversion.tlsRoutes], nowMs),
  ]
}
