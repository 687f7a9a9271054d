import type {Cluster, Listener, Routing} from '../routing/routing.js'

/** Which of the proxies that share a Routing: `ingress`, `mesh`, or `namespace/gateway` of a managed Gateway API Gateway. */
export type ProxyId = string

export const INGRESS_PROXY = 'ingress'
export const MESH_PROXY = 'mesh'

/** One proxy's part of a Routing, as its Envoy would have it. */
export interface ProxyView {
  readonly proxy: ProxyId
  readonly listeners: readonly Listener[]
  /** By the key that its routes use. */
  readonly clusters: Readonly<Record<string, Cluster>>
}

/** The proxy a cluster's key belongs to: the ingress uses Envoy's name alone, the others put their own before it. */
export function proxyOfCluster(key: string): ProxyId {
  const prefix = /^(mesh|[^/|]+\/[^/|]+)\//.exec(key)?.[1]
  return prefix ?? INGRESS_PROXY
}

export function proxyOfListener({scope, chains}: Listener): ProxyId {
  if (scope === 'mesh') return MESH_PROXY
  const first = chains[0]?.route.destinations[0]
  return first === undefined ? INGRESS_PROXY : proxyOfCluster(first.cluster)
}

/** Envoy's name of a cluster that may not exist: its key without the proxy. */
export function clusterNameOf(key: string): string {
  const proxy = proxyOfCluster(key)
  return proxy === INGRESS_PROXY ? key : key.slice(proxy.length + 1)
}

export function viewOf({listeners, clusters}: Routing, proxy: ProxyId): ProxyView {
  return {
    proxy,
    listeners: listeners.filter((listener) => proxyOfListener(listener) === proxy),
    clusters: Object.fromEntries(Object.entries(clusters).filter(([key]) => proxyOfCluster(key) === proxy)),
  }
}
