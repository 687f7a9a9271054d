import {invalid, required, type FieldError} from '../field-error.js'
import {isIPAddress} from '../ip-address.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {fill, mapField} from './fill.js'
import {firstThree} from './first-three.js'
import {validateMeta} from './object-meta.js'
import {outOfRange, validateProtocol} from './validate-container.js'

export interface Endpoints extends KubeObject {
  readonly subsets?: readonly EndpointSubset[]
}

export interface EndpointSubset {
  readonly addresses?: readonly EndpointAddress[]
  readonly notReadyAddresses?: readonly EndpointAddress[]
  readonly ports?: readonly {readonly name?: string; readonly port: number; readonly protocol?: string}[]
}

export interface EndpointAddress {
  readonly ip: string
  readonly hostname?: string
  readonly nodeName?: string
  readonly targetRef?: {readonly kind?: string; readonly namespace?: string; readonly name?: string; readonly uid?: string}
}

function defaults(endpoints: Endpoints): Endpoints {
  return mapField(endpoints, 'subsets', (subsets) =>
    subsets.map((subset) => mapField(subset, 'ports', (ports) => ports.map((port) => fill(port, {protocol: 'TCP'})))),
  )
}

function validate(endpoints: Endpoints): readonly FieldError[] {
  return [...validateMeta(endpoints, {namespaced: true}), ...(endpoints.subsets ?? []).flatMap((subset, index) => validateSubset(subset, `subsets[${index}]`))]
}

function validateSubset({addresses = [], notReadyAddresses = [], ports = []}: EndpointSubset, at: string): readonly FieldError[] {
  return [
    ...(addresses.length + notReadyAddresses.length === 0 ? [required(at, 'must specify `addresses` or `notReadyAddresses`')] : []),
    ...addresses.flatMap(({ip}, index) => validateAddress(ip, `${at}.addresses[${index}].ip`)),
    ...notReadyAddresses.flatMap(({ip}, index) => validateAddress(ip, `${at}.notReadyAddresses[${index}].ip`)),
    ...ports.flatMap(({name = '', port, protocol = ''}, index) => [
      ...(name === '' && ports.length > 1 ? [required(`${at}.ports[${index}].name`)] : []),
      ...outOfRange(`${at}.ports[${index}].port`, port),
      ...validateProtocol(protocol, `${at}.ports[${index}].protocol`),
    ]),
  ]
}

function validateAddress(ip: string, field: string): readonly FieldError[] {
  return isIPAddress(ip) ? [] : [invalid(field, ip, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')]
}

/** Every address on every port, port by port. */
function formatEndpoints({subsets = []}: Endpoints): string {
  if (subsets.length === 0) return '<none>'
  return firstThree(
    subsets.flatMap(({addresses = [], ports = []}) =>
      ports.length === 0
        ? addresses.map(({ip}) => ip)
        : ports.flatMap(({port}) => addresses.map(({ip}) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`))),
    ),
  )
}

export const endpointsType: ResourceType = {
  group: '',
  version: 'v1',
  served: [{group: '', version: 'v1'}],
  kind: 'Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  categories: [],
  namespaced: true,
  builtin: true,
  hasGeneration: false,
  schema: schemaFor('Endpoints'),
  columns: [{name: 'Endpoints', cell: formatEndpoints}, ageColumn],
  defaults,
  validate,
}
