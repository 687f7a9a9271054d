import type {Labels} from './snapshot.js'

/** The gateway workload a routing table is compiled for: what its pod says of itself to istiod. */
export interface Proxy {
  readonly namespace: string
  readonly labels: Labels
  /** The cluster's DNS domain, `cluster.local`. */
  readonly domain: string
}

/** Where mesh-wide configuration lives (MeshConfig.rootNamespace). */
export const ROOT_NAMESPACE = 'istio-system'
