import type {Labels} from '../api/labels.js'

/** The gateway workload a routing table is compiled for: what its pod says of itself to istiod. */
export interface Proxy {
  readonly namespace: string
  readonly labels: Labels
  /** The cluster's DNS domain, `cluster.local`. */
  readonly domain: string
  /** Absent for the ingress gateway; `namespace/name` of the Gateway API Gateway that a managed one belongs to. */
  readonly managedFor?: string
  /** Where its listeners are, in place of `0.0.0.0`: the address of a managed gateway's own Service. */
  readonly address?: string
}

/** Where mesh-wide configuration lives (MeshConfig.rootNamespace). */
export const ROOT_NAMESPACE = 'istio-system'
