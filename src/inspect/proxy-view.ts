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

/**
 * The proxy a cluster's key belongs to: the ingress uses Envoy's name alone, the others put their own before it. The mesh has several prefixes,
 * for clients that see different clusters of one name and for those without a sidecar.
 */
export function proxyOfCluster(key: string): ProxyId {
  const prefix = prefixOf(key)
  if (prefix === '') return INGRESS_PROXY
  return isOfMesh(prefix) ? MESH_PROXY : prefix
}

function isOfMesh(prefix: string): boolean {
  const [first] = prefix.split('/')
  return first === 'mesh' || first === 'plain'
}

/** Whether it is the way of clients without a sidecar, for whom no policy holds. */
export function isPlainCluster(key: string): boolean {
  return prefixOf(key) === 'plain'
}

/** Envoy's names have no slash before their first bar. */
function prefixOf(key: string): string {
  return key.slice(0, Math.max(0, nameStart(key) - 1))
}

function nameStart(key: string): number {
  const bar = key.indexOf('|')
  return key.lastIndexOf('/', bar === -1 ? key.length : bar) + 1
}

/** Whose listener it is. One without destinations is the ingress gateway's. */
export function proxyOfListener({scope, chains}: Listener): ProxyId {
  if (scope === 'mesh') return MESH_PROXY
  const first = chains[0]?.route.destinations[0]
  return first === undefined ? INGRESS_PROXY : proxyOfCluster(first.cluster)
}

/** Envoy's name of a cluster that may not exist: its key without the proxy. */
export function clusterNameOf(key: string): string {
  return key.slice(nameStart(key))
}

/** The part of a routing that one proxy has. */
export function viewOf({listeners, clusters}: Routing, proxy: ProxyId): ProxyView {
  return {
    proxy,
    listeners: listeners.filter((listener) => proxyOfListener(listener) === proxy),
    clusters: Object.fromEntries(Object.entries(clusters).filter(([key]) => proxyOfCluster(key) === proxy)),
  }
}
