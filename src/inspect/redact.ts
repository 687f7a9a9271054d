import type {ClientTls, Cluster, FilterChain, KeyPair, Routing, ServerTls} from '../routing/routing.js'

const REDACTED = '[redacted]'

/** The routing without private keys, to be shown or sent. */
export function redactRouting({listeners, clusters, findings}: Routing): Routing {
  return {
    listeners: listeners.map((listener) => ({...listener, chains: listener.chains.map(redactChain)})),
    clusters: Object.fromEntries(Object.entries(clusters).map(([key, cluster]) => [key, redactCluster(cluster)])),
    findings,
  }
}

function redactChain(chain: FilterChain): FilterChain {
  return chain.tls === undefined ? chain : {...chain, tls: redactServer(chain.tls)}
}

function redactServer(tls: ServerTls): ServerTls {
  return {...tls, certificates: tls.certificates.map(redactPair)}
}

function redactCluster(cluster: Cluster): Cluster {
  return cluster.tls?.client === undefined ? cluster : {...cluster, tls: redactClient(cluster.tls, cluster.tls.client)}
}

function redactClient(tls: ClientTls, client: KeyPair): ClientTls {
  return {...tls, client: redactPair(client)}
}

function redactPair({certificate}: KeyPair): KeyPair {
  return {certificate, privateKey: REDACTED}
}
