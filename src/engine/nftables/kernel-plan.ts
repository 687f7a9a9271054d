import {memoizeByIdentity} from '../../base/memoize.js'
import {chainFingerprint} from '../../routing/chain-fingerprint.js'
import {groupBy} from '../../routing/group-by.js'
import type {Cluster, FilterChain, Listener, Routing, WeightedCluster} from '../../routing/routing.js'
import {chainKey} from '../chain-key.js'
import type {PortBinding} from '../listening/port-binding.js'
import {type Leaf, makeLeaf} from './leaf.js'

/** A listener as the kernel is told of it. */
export interface KernelListener {
  readonly name: string
  readonly bindings: readonly PortBinding[]
  readonly chains: readonly KernelChain[]
  /** For clients that no chain is for. */
  readonly stray: Leaf
}

export interface KernelChain {
  /** CIDR blocks or addresses; absent is every client. */
  readonly sources?: readonly string[]
  readonly destinations: readonly KernelDestination[]
}

export interface KernelDestination {
  readonly weight: number
  /** One after the other; otherwise each draw is for itself. */
  readonly isInTurn: boolean
  /** Never empty: where there is no endpoint, one that closes. */
  readonly leaves: readonly WeightedLeaf[]
}

export interface WeightedLeaf {
  readonly leaf: Leaf
  readonly weight: number
}

/**
 * What the kernel does for the listeners of a routing, at those of their bindings that are theirs to use. A listener that is the very same as in a plan
 * before, as are its clusters and bindings, is planned as the very same object.
 */
export function kernelPlan({listeners, clusters}: Routing, bindings: readonly PortBinding[]): readonly KernelListener[] {
  const byListener = groupBy(bindings, ({name}) => name)
  return listeners.map((listener) => atBindings(planned(listener, ...clustersOf(listener, clusters)), ...(byListener.get(listener.name) ?? [])))
}

/** In the order of the listener's destinations; undefined is one that is not there. */
export function clustersOf({chains}: Listener, clusters: Routing['clusters']): readonly (Cluster | undefined)[] {
  return chains.flatMap(({route}) => route.destinations.map(({cluster}) => clusters[cluster]))
}

/** Every leaf of a listener. */
export function leavesOf({chains, stray}: KernelListener): readonly Leaf[] {
  return [stray, ...chains.flatMap(({destinations}) => destinations.flatMap(({leaves}) => leaves.map(({leaf}) => leaf)))]
}

type Planned = Omit<KernelListener, 'bindings'>

const planned = memoizeByIdentity((listener: Listener, ...clusters: readonly (Cluster | undefined)[]): Planned => {
  const {name} = listener
  const stray = makeLeaf({listener: name, chain: '', group: name, cluster: '', target: {type: 'close', flag: 'NR'}})
  const rest = [...clusters]
  return {name, chains: listener.chains.map((chain) => kernelChain(listener, chain, rest.splice(0, chain.route.destinations.length))), stray}
})

const atBindings = memoizeByIdentity((listener: Planned, ...bindings: readonly PortBinding[]): KernelListener => ({...listener, bindings}))

/** `clusters` are those of the chain's destinations. */
function kernelChain(listener: Listener, chain: FilterChain, clusters: readonly (Cluster | undefined)[]): KernelChain {
  const place = {listener: listener.name, chain: chainKey(chain), group: `${listener.name}\n${chainFingerprint(chain)}`}
  const sources = chain.match?.sources
  const destinations = chain.route.destinations.map((destination, index) => kernelDestination(destination, place, clusters[index]))
  return {...(sources === undefined ? {} : {sources}), destinations}
}

function kernelDestination(
  {cluster: key, weight}: WeightedCluster,
  place: Pick<Leaf, 'listener' | 'chain' | 'group'>,
  cluster: Cluster | undefined,
): KernelDestination {
  const closing = (flag: 'NC' | 'UH') => [{leaf: makeLeaf({...place, cluster: key, target: {type: 'close', flag}}), weight: 1}]
  if (cluster === undefined) return {weight, isInTurn: false, leaves: closing('NC')}
  if (cluster.endpoints.length === 0) return {weight, isInTurn: false, leaves: closing('UH')}
  const leaves = cluster.endpoints.map(({address, port, weight: own = 1}) => ({
    leaf: makeLeaf({...place, cluster: key, target: {type: 'endpoint', address, port}}),
    weight: own,
  }))
  const isAlike = leaves.every((leaf) => leaf.weight === leaves[0]?.weight)
  return {weight, isInTurn: cluster.loadBalancer === 'ROUND_ROBIN', leaves: isAlike ? leaves.map((leaf) => ({...leaf, weight: 1})) : leaves}
}
