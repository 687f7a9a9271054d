import {resolveGatewayName} from './gateway-name.js'
import type {TcpBlock, TcpMatch} from './snapshot.js'

/**
 * The Gateway server ports at which a `tcp` block applies, seen from one gateway: every one, these, or none. Entries are alternatives; in an entry
 * `port` and `gateways` must both agree. Everything else in a match has no effect at a gateway (istio core l4MultiMatch).
 */
export function matchedPorts(block: TcpBlock, gatewayKey: string, namespace: string): 'any' | ReadonlySet<number> {
  const matches = block.match ?? []
  if (matches.length === 0) return 'any'
  const ports = new Set(matches.filter((match) => isForGateway(match, gatewayKey, namespace)).map(({port}) => port ?? 0))
  return ports.has(0) ? 'any' : ports
}

function isForGateway({gateways}: TcpMatch, gatewayKey: string, namespace: string): boolean {
  return gateways === undefined || gateways.length === 0 || gateways.some((name) => resolveGatewayName(name, namespace) === gatewayKey)
}

/** Fields a block's match has set and a gateway does not look at. */
export function ignoredMatchFields(block: TcpBlock): readonly string[] {
  const fields = (block.match ?? []).flatMap((match) => IGNORED.filter((field) => isSet(match[field])))
  return [...new Set(fields)]
}

const IGNORED = ['destinationSubnets', 'sourceLabels', 'sourceSubnet', 'sourceNamespace'] as const

function isSet(value: TcpMatch[(typeof IGNORED)[number]]): boolean {
  return value !== undefined && (typeof value === 'string' ? value !== '' : Object.keys(value).length > 0)
}
