import type {ServiceEntry, ServiceEntryPort} from '../service-entry.js'
import {allotsAddresses} from './allots-addresses.js'
import {checkEndpointPorts, checkNamedAddress, checkWorkload} from './admit-workload-entry.js'
import {checkPartialWildcard, checkWildcardDomain} from './domain.js'
import {checkExportTo} from './export-to.js'
import {checkPort, checkPortName, checkProtocol, checkSubnet} from './network.js'
import {isTcp, parseProtocol} from './protocol.js'
import {checkReservedAnnotations} from './reserved-annotations.js'
import {checkSelector, checkTags} from './tags.js'
import {FINE, merge, refuse, warn, type Verdict} from './verdict.js'

type Spec = ServiceEntry['spec']

/** istiod's verdict on a ServiceEntry (istio validation.go ValidateServiceEntry). A wrong selector ends the check. */
export function admitServiceEntry(entry: ServiceEntry): Verdict {
  const spec = (entry.spec ?? {}) as Partial<Spec>
  const {hosts = [], addresses = [], exportTo, workloadSelector, endpoints} = spec
  const ofSelector = workloadSelector === undefined ? FINE : checkSelector(workloadSelector.labels)
  if (ofSelector.errors.length > 0) return ofSelector
  const whole: Spec = {...spec, hosts}
  const hasRange = addresses.some((address) => address.includes('/'))
  return merge(
    refuse(...checkReservedAnnotations(entry)),
    warn(...ofSelector.warnings.map((text) => `service entry: ${text}, will be applied to all services in namespace`)),
    workloadSelector !== undefined && endpoints !== undefined ? refuse('only one of WorkloadSelector or Endpoints is allowed in Service Entry') : FINE,
    hosts.length === 0 ? refuse('service entry must have at least one host') : merge(...hosts.map(checkHost)),
    refuse(...addresses.flatMap(checkSubnet)),
    hasRange && !['NONE', 'STATIC'].includes(resolutionOf(whole)) ? refuse('CIDR addresses are allowed only for NONE/STATIC resolution types') : FINE,
    checkPorts({...entry, spec: whole}),
    checkResolution(whole),
    refuse(...checkSeveralHosts(whole), ...checkExportTo(exportTo, entry.metadata.namespace ?? '', {allowsNobody: true})),
  )
}

function resolutionOf({resolution = 'NONE'}: Spec): string {
  return resolution
}

function checkHost(host: string): Verdict {
  if (host === '*') return refuse('invalid host *')
  return merge(refuse(...checkWildcardDomain(host)), warn(...checkPartialWildcard(host)))
}

function checkPorts({spec, metadata}: ServiceEntry): Verdict {
  const {ports = [], addresses = []} = spec
  const lacksAddress = addresses.length === 0 && !allotsAddresses({metadata, spec})
  const seen = {names: new Set<string>(), numbers: new Set<number>()}
  return merge(
    ...ports.map((port) => {
      if (port === null) return refuse('service entry port may not be null')
      const {name = '', number = 0} = port
      const repeated = [
        ...(seen.names.has(name) ? [`service entry port name ${JSON.stringify(name)} already defined`] : []),
        ...(seen.numbers.has(number) ? [`service entry port ${number} already defined`] : []),
      ]
      seen.names.add(name)
      seen.numbers.add(number)
      return merge(refuse(...repeated), checkServicePort(port, lacksAddress))
    }),
  )
}

function checkServicePort({name = '', number = 0, protocol = '', targetPort = 0}: ServiceEntryPort, lacksAddress: boolean): Verdict {
  return merge(
    refuse(...(targetPort === 0 ? [] : checkPort(targetPort))),
    lacksAddress && (protocol === '' || protocol === 'TCP')
      ? warn('addresses are required for ports serving TCP (or unset) protocol when IP Autoallocation is not enabled')
      : FINE,
    refuse(...checkPortName(name), ...checkProtocol(protocol), ...checkPort(number)),
  )
}

function checkResolution(spec: Spec): Verdict {
  switch (resolutionOf(spec)) {
    case 'NONE':
      return merge(
        (spec.endpoints ?? []).length === 0 ? FINE : refuse('no endpoints should be provided for resolution type none'),
        spec.workloadSelector === undefined ? FINE : warn('workloadSelector should not be set when resolution mode is NONE'),
      )
    case 'STATIC':
      return merge(...checkEndpoints(spec, (endpoint, servicePorts) => checkWorkload(endpoint, {allowsNames: false, servicePorts})))
    case 'DNS':
    case 'DNS_ROUND_ROBIN':
      return checkDns(spec)
    case 'DYNAMIC_DNS':
      return FINE
    default:
      return refuse(`unsupported resolution type ${resolutionOf(spec)}`)
  }
}

type Endpoint = NonNullable<Spec['endpoints']>[number]

function checkEndpoints({endpoints = [], ports = []}: Spec, check: (endpoint: Endpoint, servicePorts: ReadonlySet<string>) => Verdict): readonly Verdict[] {
  const servicePorts = new Set(ports.filter((port) => port !== null).map(({name}) => name))
  return endpoints.map((endpoint) => (endpoint === null ? refuse('endpoint cannot be nil') : check(endpoint, servicePorts)))
}

function checkDns(spec: Spec): Verdict {
  const {hosts, endpoints = [], ports = [], addresses = []} = spec
  const mode = resolutionOf(spec)
  const unresolvable = endpoints.length > 0 ? [] : hosts.flatMap(checkWildcardDomain)
  const sharesAddress = addresses.length > 0 && hosts.length > 1 && ports.some((port) => port !== null && isTcp(port.protocol ?? ''))
  const unresolvableText = `hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode ${mode}`
  return merge(
    refuse(...unresolvable.map((error) => `${unresolvableText}, ${error}`)),
    mode === 'DNS_ROUND_ROBIN' && endpoints.length > 1 ? refuse(`there must only be 0 or 1 endpoint for resolution mode ${mode}`) : FINE,
    ...checkEndpoints(spec, (endpoint, servicePorts) =>
      merge(refuse(...checkNamedAddress(endpoint.address ?? '')), checkTags(endpoint.labels), refuse(...checkEndpointPorts(endpoint, servicePorts))),
    ),
    sharesAddress ? warn('service entry can not have more than one host specified simultaneously with address and tcp port') : FINE,
  )
}

/** HTTP and TLS tell the host they are meant for, plain TCP does not. */
function checkSeveralHosts(spec: Spec): readonly string[] {
  const {hosts, ports = []} = spec
  if (resolutionOf(spec) === 'NONE' || hosts.length < 2) return []
  const isMute = ports.some((port) => port !== null && !['http', 'tls'].includes(parseProtocol(port.protocol ?? '')))
  return isMute ? ['multiple hosts provided with non-HTTP, non-TLS ports'] : []
}
