import {kindOfServer} from '../../routing/gateways/server-kind.js'
import {keyOf, namespaceOf} from '../../routing/naming.js'
import type {Gateway, GatewayServer} from '../../routing/objects/gateway.js'
import type {Place} from './trace.js'

/** The place of an Istio Gateway's server. */
export function serverPlace(gateway: Gateway, index: number): Place {
  return {kind: 'Gateway', namespace: namespaceOf(gateway), name: gateway.metadata.name, path: ['spec', 'servers', index]}
}

/** `Gateway default/gw servers[0] (port 31400 TCP, hosts *)` */
export function describeServer(gateway: Gateway, index: number): string {
  const {port, hosts = [], tls} = gateway.spec?.servers?.[index] ?? {}
  const mode = tls === undefined ? '' : ` ${tls.mode ?? 'PASSTHROUGH'}`
  return `Gateway ${keyOf(gateway)} servers[${index}]: port ${port?.number ?? '?'} ${port?.protocol ?? ''}${mode}, hosts ${hosts.join(', ')}`
}

/** TLS goes through, told apart by the server name: `tls` routes count, not `tcp` ones. */
export function isPassthrough(server: GatewayServer): boolean {
  return ['passthrough', 'auto-passthrough'].includes(kindOfServer(server))
}
