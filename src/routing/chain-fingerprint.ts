import type {FilterChain} from './routing.js'

/**
 * The text that two chains have in common where the connections of one may go on under the other: whom it is for, how TLS ends, where it leads and who
 * made it. Certificates are no part of it, since Istio hands them out beside the chain (SDS) and their rotation closes nothing; nor are sources, which
 * in the mesh say which sidecars share the chain, and change with every pod.
 */
export function chainFingerprint({match, tls, route, source}: FilterChain): string {
  return JSON.stringify([
    match?.serverNames,
    match?.applicationProtocols,
    tls === undefined ? undefined : {...tls, certificates: undefined, ca: undefined, crl: undefined},
    route,
    source,
  ])
}
