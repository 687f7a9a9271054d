import {resolveGatewayName} from './gateways/gateway-name.js'
import type {TcpBlock, TcpMatch, TlsBlock, TlsMatch} from './objects/virtual-service.js'

/** Gateway server ports: every one, or these (possibly none). */
export type Ports = 'any' | ReadonlySet<number>

/**
 * The Gateway server ports at which a `tcp` block applies, seen from one gateway. Entries are alternatives; in an entry `port` and `gateways` must
 * both agree. Everything else in a match has no effect at a gateway (istio core l4MultiMatch).
 */
export function matchedPorts(block: TcpBlock, gatewayKey: string, namespace: string): Ports {
  const matches = block.match ?? []
  if (matches.length === 0) return 'any'
  const ports = new Set(matches.filter((match) => isForGateway(match, gatewayKey, namespace)).map(({port}) => port ?? 0))
  return ports.has(0) ? 'any' : ports
}

/** The same for one entry of a `tls` block's match, each of which stands for itself. */
export function entryPorts(match: TlsMatch, gatewayKey: string, namespace: string): Ports {
  if (!isForGateway(match, gatewayKey, namespace)) return new Set()
  return match.port === undefined || match.port === 0 ? 'any' : new Set([match.port])
}

/** Whether an entry's `gateways` leave this gateway (or `mesh`) in; without any they leave everything in. */
export function isForGateway({gateways}: Pick<TcpMatch, 'gateways'>, gatewayKey: string, namespace: string): boolean {
  return gateways === undefined || gateways.length === 0 || gateways.some((name) => resolveGatewayName(name, namespace) === gatewayKey)
}

/** Fields a block's match has set and a gateway does not look at. */
export function ignoredMatchFields(block: TcpBlock | TlsBlock): readonly string[] {
  const matches: readonly TcpMatch[] = block.match ?? []
  const fields = matches.flatMap((match) => IGNORED.filter((field) => isSet(match[field])))
  return [...new Set(fields)]
}

const IGNORED = ['destinationSubnets', 'sourceLabels', 'sourceSubnet', 'sourceNamespace'] as const

function isSet(value: TcpMatch[(typeof IGNORED)[number]]): boolean {
  return value !== undefined && (typeof value === 'string' ? value !== '' : Object.keys(value).length > 0)
}
