import {memoizeByIdentity} from '../base/memoize.js'
import {indexDestinationRules, type DestinationRules} from './clusters/destination-rules.js'
import {ENDPOINT_FIELDS, indexEndpoints, type Endpoints} from './clusters/endpoints.js'
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

/** The same parts make the same mesh, by which is remembered what was compiled from it. */
export function indexMesh(snapshot: MeshSnapshot, proxy: Proxy): Mesh {
  const rules = indexDestinationRules(snapshot.destinationRules, proxy)
  return meshOf(indexServices(snapshot, proxy), rules, indexEndpoints(snapshot), snapshot.credentials ?? NO_CREDENTIALS, proxy)
}

/** What lies behind a gateway depends on nothing else. */
export const MESH_FIELDS = ['services', 'serviceEntries', 'destinationRules', 'credentials', ...ENDPOINT_FIELDS] as const
export type MeshSnapshot = Pick<Snapshot, (typeof MESH_FIELDS)[number]>

type Credentials = Mesh['credentials']

const NO_CREDENTIALS: Credentials = {}

const meshOf = memoizeByIdentity((services: Services, rules: DestinationRules, endpoints: Endpoints, credentials: Credentials, {domain, namespace}: Proxy): Mesh => {
  return {services, rules, endpoints, domain, namespace, credentials}
})
