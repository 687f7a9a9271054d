import {invalid, notSupported, required, type FieldError} from '../field-error.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {fill, mapField} from './fill.js'
import {firstThree} from './first-three.js'
import {validateMeta} from './object-meta.js'
import {PROTOCOLS} from './validate-container.js'

export interface EndpointSlice extends KubeObject {
  readonly addressType: string
  readonly endpoints?: readonly SliceEndpoint[] | null
  readonly ports?: readonly SlicePort[] | null
}

export interface SliceEndpoint {
  readonly addresses: readonly string[]
  readonly conditions?: {readonly ready?: boolean; readonly serving?: boolean; readonly terminating?: boolean}
  readonly hostname?: string
  readonly nodeName?: string
  readonly targetRef?: {readonly kind?: string; readonly namespace?: string; readonly name?: string; readonly uid?: string}
  readonly zone?: string
}

export interface SlicePort {
  readonly name?: string
  readonly port?: number
  readonly protocol?: string
}

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6']

function defaults(slice: EndpointSlice): EndpointSlice {
  return mapField(slice, 'ports', (ports) => ports.map((port) => fill(port, {name: '', protocol: 'TCP'})))
}

function validate(slice: EndpointSlice, previous?: EndpointSlice): readonly FieldError[] {
  return [
    ...validateMeta(slice, {namespaced: true}),
    ...validateAddressType(slice.addressType ?? ''),
    ...(slice.endpoints ?? []).flatMap(({addresses = []}, index) =>
      addresses.length === 0 ? [required(`endpoints[${index}].addresses`, 'must contain at least 1 address')] : [],
    ),
    ...(slice.ports ?? []).flatMap(({protocol = 'TCP'}, index) =>
      PROTOCOLS.includes(protocol) ? [] : [notSupported(`ports[${index}].protocol`, protocol, PROTOCOLS)],
    ),
    ...(previous === undefined || previous.addressType === slice.addressType ? [] : [invalid('addressType', slice.addressType, 'field is immutable')]),
  ]
}

function validateAddressType(type: string): readonly FieldError[] {
  if (type === '') return [required('addressType')]
  return ADDRESS_TYPES.includes(type) ? [] : [notSupported('addressType', type, ADDRESS_TYPES)]
}

export const endpointSliceType: ResourceType = {
  group: 'discovery.k8s.io',
  version: 'v1',
  served: [{group: 'discovery.k8s.io', version: 'v1'}],
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  singular: 'endpointslice',
  shortNames: [],
  categories: [],
  namespaced: true,
  builtin: true,
  hasGeneration: true,
  schema: schemaFor('EndpointSlice'),
  columns: [
    {name: 'AddressType', cell: ({addressType}: EndpointSlice) => addressType},
    {
      name: 'Ports',
      cell: ({ports}: EndpointSlice) => firstThree((ports ?? []).map(({port, name}) => (port === undefined ? (name ?? '*') : String(port)))) || '<unset>',
    },
    {name: 'Endpoints', cell: ({endpoints}: EndpointSlice) => firstThree((endpoints ?? []).flatMap(({addresses}) => addresses)) || '<unset>'},
    ageColumn,
  ],
  defaults,
  validate,
}
