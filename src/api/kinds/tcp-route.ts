import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {validateRoute, type RouteSpec} from './gateway-api/validate-route.js'
import {gatewayApi} from './gateway-api/versions.js'
import {validateMeta} from './object-meta.js'

export interface TCPRoute extends KubeObject {
  readonly spec: RouteSpec
}

export const tcpRouteType: ResourceType = {
  ...gatewayApi(schemaFor('TCPRoute'), ['v1alpha2']),
  kind: 'TCPRoute',
  plural: 'tcproutes',
  singular: 'tcproute',
  shortNames: [],
  columns: [ageColumn],
  validate: (route: TCPRoute) => [...validateMeta(route, {namespaced: true}), ...validateRoute(route.spec)],
}
