import type {Random} from '../base/random.js'
import {pickCluster} from '../routing/pick.js'
import type {Cluster, FilterChain, TcpRoute} from '../routing/routing.js'
import type {Account} from './account.js'

/** Where a connection goes: the cluster that was drawn for it from its chain's route. */
export interface Way {
  readonly clusterKey: string
  readonly cluster: Cluster
  readonly route: TcpRoute
}

/** Draws the cluster for a connection, and enters it into its account; undefined where the routing has no such cluster (Envoy's NC). */
export function drawWay(
  chain: FilterChain,
  clusters: Readonly<Record<string, Cluster>>,
  {account, random}: {account: Account; random: Random},
): Way | undefined {
  const clusterKey = pickCluster(chain.route, random).cluster
  account.picked(chain, clusterKey)
  const cluster = clusters[clusterKey]
  if (cluster !== undefined) return {clusterKey, cluster, route: chain.route}
  account.noCluster()
  return undefined
}
