import {resolveGatewayName} from '../../routing/gateways/gateway-name.js'
import {keyOf, namespaceOf} from '../../routing/naming.js'
import type {Gateway} from '../../routing/objects/gateway.js'
import type {Service} from '../../routing/objects/service.js'
import type {VirtualService} from '../../routing/objects/virtual-service.js'
import {SEPARATOR} from './lines.js'
import {leadsAt, routesTo, virtualServiceLines} from './virtual-service-lines.js'

export interface Ingress {
  readonly address: string
  /** Gateways it serves. */
  readonly gateways: readonly Gateway[]
  readonly virtualServices: readonly VirtualService[]
  readonly asked: string
}

/**
 * Where a Service can be reached through the ingress gateway. istioctl looks at HTTP ports only and is silent here; TCP and TLS ones are what there
 * is to tell, in the same layout.
 */
export function gatewayLines(service: Service, {address, gateways, virtualServices, asked}: Ingress): readonly string[] {
  const byKey = new Map(gateways.map((gateway) => [keyOf(gateway), gateway]))
  return virtualServices.flatMap((one) => {
    const bound = (one.spec?.gateways ?? []).flatMap((name) => byKey.get(resolveGatewayName(name, namespaceOf(one))) ?? [])
    if (bound.length === 0 || !routesTo(one, service)) return []
    const exposed = bound.flatMap((gateway) =>
      (gateway.spec?.servers ?? [])
        .filter((server) => leadsAt(one, service, {gatewayKey: keyOf(gateway), server}))
        .map(({port, tls}) => `Exposed on Ingress Gateway ${tls === undefined ? 'tcp' : 'tls'}://${address}:${port?.number ?? '?'}`),
    )
    if (exposed.length === 0) return []
    return [
      SEPARATOR,
      ...new Set(exposed), // servers at one port, told apart by server names
      ...virtualServiceLines(one, service, {start: 0, asked}),
    ]
  })
}
