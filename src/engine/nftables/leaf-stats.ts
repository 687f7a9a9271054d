import {endpointName} from '../../routing/balance/candidate.js'
import type {Routing} from '../../routing/routing.js'
import {type ClusterCounters, Counters, MOST_GONE} from '../counters.js'
import type {EndpointStats, EngineStats, TrafficStats} from '../engine.js'
import {formatHostPort} from '../host-port.js'
import type {LeafCounts} from './leaf-counts.js'
import type {Leaf} from './leaf.js'

export interface CountedLeaf {
  readonly leaf: Leaf
  readonly counts: LeafCounts
  /** Connections that are open now. */
  readonly open: number
}

/** The same statistics as of any engine. What was neither refused nor is open ended well, as far as the kernel can tell. */
export function statsOf(leaves: readonly CountedLeaf[]): EngineStats {
  const counters = new Counters()
  const endpoints: Record<string, Record<string, EndpointStats>> = {}
  const traffic: TrafficStats[] = []
  for (const {leaf, counts, open} of leaves) {
    const {opened, refused} = counts
    if (opened === 0) continue
    const isServed = leaf.target.type === 'endpoint'
    const active = isServed ? open : 0
    countListener(counters, leaf, {opened, active})
    if (leaf.cluster === '') continue
    countCluster(counters.cluster(leaf.cluster), leaf, {...counts, active})
    traffic.push(trafficOf(leaf, counts, active))
    if (leaf.target.type !== 'endpoint') continue
    const ofCluster = (endpoints[leaf.cluster] ??= {})
    const name = formatHostPort(leaf.target.address, leaf.target.port)
    const before = ofCluster[name] ?? {total: 0, active: 0, connectFailed: 0}
    ofCluster[name] = {total: before.total + opened, active: before.active + active, connectFailed: before.connectFailed + refused}
  }
  const {listeners, clusters} = counters.snapshot()
  return {listeners, clusters, endpoints, traffic}
}

function countListener(counters: Counters, {listener, target}: Leaf, {opened, active}: {readonly opened: number; readonly active: number}): void {
  const of = counters.listener(listener)
  of.accepted += opened
  of.active += active
  if (target.type !== 'close') return
  if (target.flag === 'NC') of.noCluster += opened
  if (target.flag === 'NR') of.noChain += opened
}

function countCluster(
  of: ClusterCounters,
  {target}: Leaf,
  {opened, connected, refused, active, bytesFromClients, bytesToClients}: LeafCounts & {readonly active: number},
): void {
  of.picked += opened
  if (target.type === 'close') {
    if (target.flag === 'UH') of.noHealthyUpstream += opened
    return
  }
  of.active += active
  of.connected += connected
  of.connectFailed += refused
  of.bytesFromClients += bytesFromClients
  of.bytesToClients += bytesToClients
}

function trafficOf({listener, chain, cluster, target}: Leaf, counts: LeafCounts, active: number): TrafficStats {
  const {opened, refused, bytesFromClients, bytesToClients} = counts
  const place = {listener, chain, cluster, opened}
  if (target.type === 'close') return {...place, closed: {[target.flag]: opened}, bytesFromClients: 0, bytesToClients: 0}
  const ended = Math.max(0, opened - refused - active)
  return {...place, closed: {...(ended > 0 ? {'-': ended} : {}), ...(refused > 0 ? {'UF,URX': refused} : {})}, bytesFromClients, bytesToClients}
}

/** What must be remembered of leaves that are gone: endpoints while they are in the routing, and not very many clusters that are gone themselves. */
export function remembered({listeners, clusters, endpoints, traffic}: EngineStats, routing: Routing): EngineStats {
  const gone = Object.keys(clusters).filter((key) => !Object.hasOwn(routing.clusters, key))
  const forgotten = new Set(gone.slice(0, Math.max(0, gone.length - MOST_GONE)))
  const isKept = ([key]: readonly [string, unknown]) => !forgotten.has(key)
  const present = Object.entries(endpoints).map(([key, ofCluster]) => {
    const names = new Set(routing.clusters[key]?.endpoints.map(endpointName))
    return [key, Object.fromEntries(Object.entries(ofCluster).filter(([name]) => names.has(name)))] as const
  })
  return {
    listeners,
    clusters: Object.fromEntries(Object.entries(clusters).filter(isKept)),
    endpoints: Object.fromEntries(present.filter(([, ofCluster]) => Object.keys(ofCluster).length > 0)),
    traffic: traffic.filter(({cluster}) => !forgotten.has(cluster)),
  }
}
