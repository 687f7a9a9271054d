import {addressIn} from '../api/cidr.js'
import type {ChainMatch, FilterChain, Listener} from './routing.js'

/** What a listener knows of a client before it forwards anything. */
export interface ClientFacts {
  readonly address: string
  /** The name in its ClientHello, lower case; undefined where it names none or speaks no TLS. */
  readonly serverName?: string
  /** What its ClientHello offers in ALPN. */
  readonly applicationProtocols?: readonly string[]
}

/**
 * The chain of a connection; undefined is NR: the connection is closed. One criterion is decided after the other, and what was decided stays
 * decided: the longest source block, else none; the exact server name, else the longest wildcard, else none; the first protocol of the client's
 * that is asked for, else none. So a client whose name has a chain of its own never falls back to a wildcard because of its protocol. The first
 * chain wins where several say the same. Source: Envoy FilterChainManagerImpl::findFilterChain, but for the sources: Istio never matches on them,
 * and here they stand for the client's own sidecar, whose chains none of another's may replace.
 */
export function chooseChain(chains: readonly FilterChain[], client: ClientFacts): FilterChain | undefined {
  const [only] = chains
  if (chains.length === 1 && only?.match === undefined) return only
  const own = mostSpecific(chains, ({sources}) => sourceRank(sources, client.address))
  const named = mostSpecific(own, ({serverNames}) => nameRank(serverNames, client.serverName))
  return mostSpecific(named, ({applicationProtocols}) => protocolRank(applicationProtocols, client.applicationProtocols))[0]
}

/** Whether the first bytes of a connection must be seen before a chain can be chosen (Istio puts Envoy's TLS inspector there). */
export function needsInspection({chains}: Pick<Listener, 'chains'>): boolean {
  return chains.some(({match}) => match?.serverNames !== undefined || match?.applicationProtocols !== undefined)
}

const NO_MATCH: ChainMatch = {}
const NEVER = -1
/** Of a chain that does not ask. */
const ANY = 0
const EXACT = Number.MAX_SAFE_INTEGER

/** The chains of the highest rank, in order. */
function mostSpecific(chains: readonly FilterChain[], rankOf: (match: ChainMatch) => number): readonly FilterChain[] {
  let best: FilterChain[] = []
  let bestRank = NEVER
  for (const chain of chains) {
    const rank = rankOf(chain.match ?? NO_MATCH)
    if (rank === NEVER || rank < bestRank) continue
    if (rank > bestRank) [best, bestRank] = [[], rank]
    best.push(chain)
  }
  return best
}

function nameRank(patterns: readonly string[] | undefined, name: string | undefined): number {
  if (patterns === undefined) return ANY
  return name === undefined ? NEVER : highest(patterns, (pattern) => patternRank(pattern, name))
}

function patternRank(pattern: string, name: string): number {
  if (pattern === name) return EXACT
  return pattern.startsWith('*.') && name.length >= pattern.length && name.endsWith(pattern.slice(1)) ? pattern.length : NEVER
}

/** The client's first choice counts most. */
function protocolRank(wanted: readonly string[] | undefined, offered: readonly string[] = []): number {
  if (wanted === undefined) return ANY
  const place = offered.findIndex((protocol) => wanted.includes(protocol))
  return place < 0 ? NEVER : offered.length - place
}

function sourceRank(blocks: readonly string[] | undefined, address: string): number {
  return blocks === undefined ? ANY : highest(blocks, (block) => blockRank(block, address))
}

/** Most blocks are bare IPv4 addresses of pods, whose text says whether they are equal. */
function blockRank(block: string, address: string): number {
  if (block === address) return EXACT
  const slash = block.indexOf('/')
  if (slash < 0 && !block.includes(':') && !address.includes(':')) return NEVER
  if (!addressIn(address, block)) return NEVER
  return slash < 0 ? EXACT : 1 + Number(block.slice(slash + 1))
}

function highest<T>(items: readonly T[], rankOf: (item: T) => number): number {
  let rank = NEVER
  for (const item of items) rank = Math.max(rank, rankOf(item))
  return rank
}
