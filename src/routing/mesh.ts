import {memoizeByIdentity} from '../base/memoize.js'
import {indexDestinationRules, type DestinationRules} from './clusters/destination-rules.js'
import {ENDPOINT_FIELDS, indexEndpoints, type Endpoints} from './clusters/endpoints.js'
import type {Proxy} from './proxy.js'
import {indexServices, type Services} from './services.js'
import type {Snapshot} from './snapshot.js'

/** What a proxy sees of what lies behind it, indexed for look-up by host: where routes lead. */
export interface View {
  readonly services: Services
  readonly rules: DestinationRules
  readonly domain: string
  /** Where the proxy runs. */
  readonly namespace: string
  readonly credentials: NonNullable<Snapshot['credentials']>
  /** Seen by a sidecar rather than a gateway. */
  readonly isSidecar?: true
}

/** A view with what is behind the Services at one moment. */
export interface Mesh extends View {
  /** The same one for as long as nothing but endpoints changes, which they do most often. */
  readonly view: View
  readonly endpoints: Endpoints
}

/** The same parts make the same mesh, by which is remembered what was compiled from it. */
export function indexMesh(snapshot: MeshSnapshot, proxy: Proxy): Mesh {
  return meshOf(indexView(snapshot, proxy), indexEndpoints(snapshot))
}

/** A view together with endpoints, the same value for the same two. */
export const meshOf = memoizeByIdentity((view: View, endpoints: Endpoints): Mesh => ({...view, view, endpoints}))

/** What a view depends on. */
export const VIEW_FIELDS = ['services', 'serviceEntries', 'destinationRules', 'credentials'] as const
export type ViewSnapshot = Pick<Snapshot, (typeof VIEW_FIELDS)[number]>

/** What lies behind a gateway depends on nothing else. */
export const MESH_FIELDS = [...VIEW_FIELDS, ...ENDPOINT_FIELDS] as const
export type MeshSnapshot = Pick<Snapshot, (typeof MESH_FIELDS)[number]>

function indexView(snapshot: ViewSnapshot, proxy: Proxy): View {
  return viewOf(indexServices(snapshot, proxy), indexDestinationRules(snapshot.destinationRules, proxy), snapshot.credentials ?? NO_CREDENTIALS, proxy)
}

const NO_CREDENTIALS: View['credentials'] = {}

const viewOf = memoizeByIdentity((services: Services, rules: DestinationRules, credentials: View['credentials'], {domain, namespace}: Proxy): View => {
  return {services, rules, domain, namespace, credentials}
})
