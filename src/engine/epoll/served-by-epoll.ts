import type {Cluster, Listener, Routing} from '../../routing/routing.js'

/**
 * Whether the epoll engine can serve a listener: plain TCP, also where a ClientHello decides. What ends or starts TLS, reads or writes PROXY headers, or
 * asks an HTTP proxy for a tunnel stays on the node engine. All bindings of one address must be served by one engine, so a listener counts as a whole.
 */
export function isServedByEpoll({expectsProxyHeader, chains}: Listener, clusters: Routing['clusters']): boolean {
  if (expectsProxyHeader === true) return false
  return chains.every(({tls, route}) => {
    const isPlain = tls === undefined && route.tunnel === undefined
    return isPlain && route.destinations.every(({cluster}) => isPlainCluster(clusters[cluster]))
  })
}

function isPlainCluster(cluster: Cluster | undefined): boolean {
  return cluster === undefined || (cluster.tls === undefined && cluster.proxyProtocol === undefined)
}
