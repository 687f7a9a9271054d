import type {JsonObject, KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {admitVirtualService} from './istio/admit-virtual-service.js'
import {istioVersions} from './istio/versions.js'
import {listCell} from './list-cell.js'
import {validateMeta} from './object-meta.js'

/** istiod admits none without a spec. */
export interface VirtualService extends KubeObject {
  readonly spec: VirtualServiceSpec
}

export interface VirtualServiceSpec {
  readonly hosts?: readonly string[]
  /** `name` or `namespace/name`; without any, the mesh. */
  readonly gateways?: readonly string[]
  readonly exportTo?: readonly string[]
  readonly http?: readonly JsonObject[]
  readonly tcp?: readonly TcpRoute[]
  readonly tls?: readonly TlsRoute[]
}

export interface TcpRoute {
  readonly match?: readonly TcpMatch[]
  readonly route?: readonly RouteDestination[]
}

export interface TcpMatch {
  readonly port?: number
  readonly gateways?: readonly string[]
  readonly destinationSubnets?: readonly string[]
  readonly sourceLabels?: Readonly<Record<string, string>>
  readonly sourceNamespace?: string
  readonly sourceSubnet?: string
}

export interface TlsRoute {
  readonly match?: readonly TlsMatch[]
  readonly route?: readonly RouteDestination[]
}

export interface TlsMatch extends Omit<TcpMatch, 'sourceSubnet'> {
  readonly sniHosts?: readonly string[]
}

export interface RouteDestination {
  readonly destination?: Destination
  /** Relative to the other weights of the route; 0 where none is given, and all traffic for a single destination. */
  readonly weight?: number
}

export interface Destination {
  readonly host: string
  readonly subset?: string
  readonly port?: {readonly number?: number}
}

export const virtualServiceType: ResourceType = {
  ...istioVersions,
  kind: 'VirtualService',
  plural: 'virtualservices',
  singular: 'virtualservice',
  shortNames: ['vs'],
  schema: schemaFor('VirtualService'),
  columns: [
    {name: 'Gateways', cell: ({spec}: VirtualService) => listCell(spec?.gateways)},
    {name: 'Hosts', cell: ({spec}: VirtualService) => listCell(spec?.hosts)},
    ageColumn,
  ],
  validate: (virtualService) => validateMeta(virtualService, {namespaced: true}),
  admit: admitVirtualService,
  withoutEffect: ({spec}: VirtualService) => ((spec?.http ?? []).length === 0 ? [] : ['spec.http has no effect here, only tcp and tls routes are served']),
}
