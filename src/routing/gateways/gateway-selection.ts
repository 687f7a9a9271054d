import {selects} from '../labels.js'
import type {Gateway} from '../objects/gateway.js'
import type {Proxy} from '../proxy.js'
import type {IngressPorts} from './ingress-ports.js'

/** On Gateways made of the Gateway API's: the host names of the Services they are reached through, in place of a selector. */
const GATEWAY_SERVICE = 'internal.istio.io/gateway-service'

/** Undefined for a Gateway that a user wrote, which selects pods. */
export function servicesOf({metadata}: Gateway): readonly string[] | undefined {
  return metadata.annotations?.[GATEWAY_SERVICE]?.split(',')
}

/** Whether the gateway workload serves it: by its Services, else by a selector, which selects everything when empty (istio mergeGateways). */
export function appliesTo(gateway: Gateway, {labels}: Proxy, ports: IngressPorts): boolean {
  const services = servicesOf(gateway)
  return services === undefined ? selects(gateway.spec?.selector, labels) : ports.some(({host}) => services.includes(host))
}
