import {indexDestinationRules, type DestinationRules} from './destination-rules.js'
import {indexEndpoints, type Endpoints} from './endpoints.js'
import type {Proxy} from './proxy.js'
import {indexServices, type Services} from './services.js'
import type {Snapshot} from './snapshot.js'

/** What lies behind the gateway, indexed for look-up by host: where routes lead. */
export interface Mesh {
  readonly services: Services
  readonly rules: DestinationRules
  readonly endpoints: Endpoints
  readonly domain: string
  /** Where the proxy runs. */
  readonly namespace: string
  readonly credentials: NonNullable<Snapshot['credentials']>
  /** Seen by a sidecar rather than a gateway. */
  readonly isSidecar?: true
}

/** `endpoints` are the same for every proxy and may be shared. */
export function indexMesh(snapshot: Snapshot, proxy: Proxy, endpoints = indexEndpoints(snapshot)): Mesh {
  return {
    services: indexServices(snapshot, proxy),
    rules: indexDestinationRules(snapshot.destinationRules, proxy),
    endpoints,
    domain: proxy.domain,
    namespace: proxy.namespace,
    credentials: snapshot.credentials ?? {},
  }
}
