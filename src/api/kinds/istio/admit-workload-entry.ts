import {isIPAddress} from '../../ip-address.js'
import type {Workload, WorkloadEntry} from '../workload-entry.js'
import {checkFqdn} from './domain.js'
import {checkPort, checkPortName, checkUnixPath, UNIX} from './network.js'
import {checkReservedAnnotations} from './reserved-annotations.js'
import {checkTags} from './tags.js'
import {FINE, merge, refuse, warn, type Verdict} from './verdict.js'

/** istiod's verdict on a WorkloadEntry (istio validation.go ValidateWorkloadEntry). */
export function admitWorkloadEntry(entry: WorkloadEntry): Verdict {
  return merge(refuse(...checkReservedAnnotations(entry)), checkWorkload(entry.spec ?? {}, {allowsNames: true}))
}

export interface WorkloadRules {
  /** Whether the address may be a host name. */
  readonly allowsNames: boolean
  /** The names of the service's ports, where the service is known. */
  readonly servicePorts?: ReadonlySet<string>
}

/** A WorkloadEntry, or an endpoint of a STATIC ServiceEntry (istio validateWorkloadEntry). */
export function checkWorkload(workload: Workload, {allowsNames, servicePorts}: WorkloadRules): Verdict {
  const {address = '', network = '', labels} = workload
  if (address === '' && network === '') return refuse('address is required')
  const isUnix = address.startsWith(UNIX)
  return merge(
    address === '' ? warn(`address is unset with network ${JSON.stringify(network)}`) : FINE,
    refuse(...checkWorkloadAddress(workload, allowsNames), ...checkEndpointPorts(workload, servicePorts)),
    checkTags(labels),
    isUnix && servicePorts !== undefined && servicePorts.size !== 1 ? refuse('exactly 1 service port required for unix endpoints') : FINE,
  )
}

function checkWorkloadAddress({address = '', ports = {}}: Workload, allowsNames: boolean): readonly string[] {
  if (address.startsWith(UNIX)) {
    const hasPorts = Object.keys(ports).length > 0
    return [...checkUnixPath(address.slice(UNIX.length)), ...(hasPorts ? [`unix endpoint ${address} must not include ports`] : [])]
  }
  if (address === '' || isIPAddress(address)) return []
  if (!allowsNames) return [`endpoint address ${JSON.stringify(address)} is not a valid IP address`]
  return checkNamedAddress(address)
}

/** An address, or a host name. */
export function checkNamedAddress(address: string): readonly string[] {
  const isKnown = isIPAddress(address) || checkFqdn(address).length === 0
  return isKnown ? [] : [`endpoint address ${JSON.stringify(address)} is not a valid FQDN or an IP address`]
}

/** What istiod refuses of an endpoint's ports. `servicePorts` are the names its ServiceEntry has; undefined for a workload of its own. */
export function checkEndpointPorts({ports = {}}: Workload, servicePorts: ReadonlySet<string> | undefined): readonly string[] {
  return Object.entries(ports).flatMap(([name, port]) => [
    ...(servicePorts === undefined || servicePorts.has(name) ? [] : [`endpoint port ${port} is not defined by the service entry`]),
    ...checkPortName(name),
    ...checkPort(port),
  ])
}
