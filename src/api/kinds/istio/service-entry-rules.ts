import {duplicate, ruleBroken, type FieldError} from '../../field-error.js'
import type {ServiceEntry, ServiceEntryPort} from '../service-entry.js'
import {validateSelectorLabels} from './selector-rules.js'
import {validatePort, validateWorkload} from './workload-rules.js'

/** What the CRD refuses of a ServiceEntry beyond the schema (istio api networking/v1alpha3/service_entry.proto). */
export function validateServiceEntry({spec}: ServiceEntry): readonly FieldError[] {
  const {ports = [], endpoints = [], workloadSelector} = spec
  return [
    ...validatePorts(ports),
    ...brokenRules(spec).map((message) => ruleBroken('spec', message)),
    ...endpoints.flatMap((endpoint, index) => validateWorkload(endpoint, `spec.endpoints[${index}]`, {needsAddress: true})),
    ...validateSelectorLabels(workloadSelector?.labels, 'spec.workloadSelector.labels'),
  ]
}

function brokenRules({resolution = 'NONE', addresses = [], endpoints, workloadSelector}: ServiceEntry['spec']): readonly string[] {
  const hasRange = addresses.some((address) => address.includes('/'))
  return [
    ...(workloadSelector !== undefined && endpoints !== undefined ? ['only one of WorkloadSelector or Endpoints can be set'] : []),
    ...(hasRange && !['NONE', 'STATIC'].includes(resolution) ? ['CIDR addresses are allowed only for NONE/STATIC resolution types'] : []),
    ...(resolution === 'NONE' && endpoints !== undefined ? ['NONE mode cannot set endpoints'] : []),
    ...(resolution === 'DNS_ROUND_ROBIN' && (endpoints ?? []).length > 1 ? ['DNS_ROUND_ROBIN mode cannot have multiple endpoints'] : []),
  ]
}

function validatePorts(ports: readonly ServiceEntryPort[]): readonly FieldError[] {
  const [names, numbers] = [ports.map(({name}) => name), ports.map(({number}) => number)]
  return [
    ...names.flatMap((name, index) => (names.indexOf(name) < index ? [duplicate(`spec.ports[${index}]`, {name})] : [])),
    ...(new Set(numbers).size < numbers.length ? [ruleBroken('spec.ports', 'port number cannot be duplicated')] : []),
    ...ports.flatMap(({number, targetPort}, index) => [
      ...validatePort(number, `spec.ports[${index}].number`),
      ...validatePort(targetPort, `spec.ports[${index}].targetPort`),
    ]),
  ]
}
