import {ruleBroken, type FieldError} from '../field-error.js'
import {isIPAddress} from '../ip-address.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {validateRoute, type RouteSpec} from './gateway-api/validate-route.js'
import {gatewayApi} from './gateway-api/versions.js'
import {validateMeta} from './object-meta.js'

export interface TLSRoute extends KubeObject {
  readonly spec: RouteSpec & {readonly hostnames?: readonly string[]}
}

/** Names that are addresses fit the pattern of host names and must be refused apart (gateway-api apis/v1/tlsroute_types.go). */
function validate(route: TLSRoute): readonly FieldError[] {
  const {hostnames = []} = route.spec
  return [
    ...validateMeta(route, {namespaced: true}),
    ...(hostnames.some(isIPAddress) ? [ruleBroken('spec.hostnames', 'Hostnames cannot contain an IP')] : []),
    ...validateRoute(route.spec),
  ]
}

export const tlsRouteType: ResourceType = {
  ...gatewayApi(schemaFor('TLSRoute'), ['v1alpha3', 'v1alpha2']),
  // v1alpha2 knew routes without host names: they take every name the listener has
  olderSchemas: {v1alpha2: schemaFor('OldTLSRoute')},
  kind: 'TLSRoute',
  plural: 'tlsroutes',
  singular: 'tlsroute',
  shortNames: [],
  columns: [ageColumn],
  validate,
}
