import {eventLines} from './events.js'
import type {Fields} from './fields.js'
import {labelLines, nameLines, tableLines} from './metadata.js'
import type {Describer} from './surroundings.js'

/** Source: kubectl `describeEndpoints`. */
export const endpointsDescriber: Describer = {
  describe: (endpoints, surroundings) => [
    ...nameLines(endpoints),
    ...labelLines(endpoints),
    'Subsets:',
    ...endpoints.items('subsets').flatMap(subsetLines),
    ...eventLines(surroundings),
  ],
}

function subsetLines(subset: Fields): readonly string[] {
  const join = (field: string) => subset.items(field).map((address) => address.text('ip')).join(',') || '<none>'
  const ports = subset.items('ports').map((port) => [port.text('name') || '<unset>', port.text('port'), port.text('protocol')])
  return [
    `  Addresses:\t${join('addresses')}`,
    `  NotReadyAddresses:\t${join('notReadyAddresses')}`,
    ...(ports.length === 0 ? [] : ['  Ports:', ...tableLines(['Name', 'Port', 'Protocol'], ['----', '----', '--------'], ports, 2)]),
    '',
  ]
}

/** Source: kubectl `describeEndpointSliceV1`. */
export const endpointSliceDescriber: Describer = {
  describe: (slice, surroundings) => {
    const ports = slice.items('ports').map((port) => [port.text('name') || '<unset>', port.text('port') || '<unset>', port.text('protocol')])
    const endpoints = slice.items('endpoints')
    return [
      ...nameLines(slice),
      ...labelLines(slice),
      `AddressType:\t${slice.text('addressType')}`,
      ...(ports.length === 0 ? ['Ports: <unset>'] : ['Ports:', ...tableLines(['Name', 'Port', 'Protocol'], ['----', '----', '--------'], ports)]),
      ...(endpoints.length === 0 ? ['Endpoints: <none>'] : ['Endpoints:', ...endpoints.flatMap(endpointLines)]),
      ...eventLines(surroundings),
    ]
  },
}

function endpointLines(endpoint: Fields): readonly string[] {
  const target = endpoint.at('targetRef')
  return [
    `  - Addresses:\t${endpoint.texts('addresses').join(', ') || '<none>'}`,
    '    Conditions:',
    `      Ready:\t${endpoint.text('conditions.ready') || '<unset>'}`,
    `    Hostname:\t${endpoint.has('hostname') ? endpoint.text('hostname') : '<unset>'}`,
    ...(target.value === null ? [] : [`    TargetRef:\t${target.text('kind')}/${target.text('name')}`]),
    `    NodeName:\t${endpoint.has('nodeName') ? endpoint.text('nodeName') : '<unset>'}`,
    `    Zone:\t${endpoint.has('zone') ? endpoint.text('zone') : '<unset>'}`,
  ]
}
