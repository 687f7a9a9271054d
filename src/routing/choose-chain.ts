import {addressIn} from '../api/cidr.js'
import type {FilterChain, Listener} from './routing.js'

/** What a listener knows of a client before it forwards anything. */
export interface ClientFacts {
  readonly address: string
  /** The name in its ClientHello, lower case; undefined where it names none or speaks no TLS. */
  readonly serverName?: string
  /** What its ClientHello offers in ALPN. */
  readonly applicationProtocols?: readonly string[]
}

/**
 * The chain of a connection: among those that are for this client, the one with its exact server name, else the longest wildcard, else one
 * without server names; the first where several are as good. Undefined is NR: the connection is closed. Source: Envoy filter chain matching.
 */
export function chooseChain(chains: readonly FilterChain[], client: ClientFacts): FilterChain | undefined {
  let best: FilterChain | undefined
  let bestRank = -1
  for (const chain of chains) {
    const rank = rankOf(chain, client)
    if (rank > bestRank) [best, bestRank] = [chain, rank]
  }
  return best
}

/** Whether the first bytes of a connection must be seen before a chain can be chosen (Istio puts Envoy's TLS inspector there). */
export function needsInspection({chains}: Pick<Listener, 'chains'>): boolean {
  return chains.some(({match}) => match?.serverNames !== undefined || match?.applicationProtocols !== undefined)
}

const EXACT = 1e6

/** -1 where the chain is not for this client; a longer name ranks higher. */
function rankOf({match}: FilterChain, {address, serverName, applicationProtocols = []}: ClientFacts): number {
  if (match === undefined) return 0
  if (match.sources !== undefined && !match.sources.some((block) => addressIn(address, block))) return -1
  if (match.applicationProtocols !== undefined && !match.applicationProtocols.some((protocol) => applicationProtocols.includes(protocol))) return -1
  if (match.serverNames === undefined) return 0
  return serverName === undefined ? -1 : Math.max(-1, ...match.serverNames.map((pattern) => nameRank(pattern, serverName)))
}

function nameRank(pattern: string, name: string): number {
  if (pattern === name) return EXACT
  return pattern.startsWith('*.') && name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1 ? pattern.length : -1
}
