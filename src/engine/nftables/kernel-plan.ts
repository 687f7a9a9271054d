import {chainFingerprint} from '../../routing/chain-fingerprint.js'
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

/** What the kernel does for the listeners of a routing, at those of their bindings that are theirs to use. */
export function kernelPlan({listeners, clusters}: Routing, bindings: readonly PortBinding[]): readonly KernelListener[] {
  return listeners.map((listener) => {
    const {name} = listener
    const stray = makeLeaf({listener: name, chain: '', group: name, cluster: '', target: {type: 'close', flag: 'NR'}})
    return {name, bindings: bindings.filter((binding) => binding.name === name), chains: listener.chains.map((chain) => kernelChain(listener, chain, clusters)), stray}
  })
}

/** Every leaf of a plan. */
export function leavesOf(plan: readonly KernelListener[]): readonly Leaf[] {
  return plan.flatMap(({chains, stray}) => [stray, ...chains.flatMap(({destinations}) => destinations.flatMap(({leaves}) => leaves.map(({leaf}) => leaf)))])
}

function kernelChain(listener: Listener, chain: FilterChain, clusters: Routing['clusters']): KernelChain {
  const place = {listener: listener.name, chain: chainKey(chain), group: `${listener.name}\n${chainFingerprint(chain)}`}
  const sources = chain.match?.sources
  const destinations = chain.route.destinations.map((destination) => kernelDestination(destination, place, clusters[destination.cluster]))
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
  const leaves = cluster.endpoints.map(({address, port, weight: own = 1}) => ({leaf: makeLeaf({...place, cluster: key, target: {type: 'endpoint', address, port}}), weight: own}))
  const isAlike = leaves.every((leaf) => leaf.weight === leaves[0]?.weight)
  return {weight, isInTurn: cluster.loadBalancer === 'ROUND_ROBIN', leaves: isAlike ? leaves.map((leaf) => ({...leaf, weight: 1})) : leaves}
}
