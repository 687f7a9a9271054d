import {isIPAddress} from '../../api/ip-address.js'
import {namespaceOf} from '../naming.js'
import type {ServicePort} from '../objects/service.js'
import type {ServiceEntry} from '../objects/service-entry.js'
import type {EntryService} from '../services.js'
import type {Snapshot} from '../snapshot.js'
import type {Candidate} from './endpoints.js'
import {toWorkload, type Workload, type Workloads} from './workloads.js'

const UNIX = 'unix://'

export interface EntrySources {
  readonly workloads: Workloads
  readonly resolved: NonNullable<Snapshot['resolved']>
  readonly lookupProblems: NonNullable<Snapshot['lookupProblems']>
}

/**
 * What is behind a port of a ServiceEntry's host: the endpoints of every entry for the host that has a port of this name. A name that stands for
 * several addresses is as many endpoints, or the first of them under DNS_ROUND_ROBIN (istio serviceentry conversion.go, Envoy LOGICAL_DNS).
 */
export function entryEndpoints({host, entries, object}: EntryService, port: ServicePort, sources: EntrySources): readonly Candidate[] {
  const most = object.spec?.resolution === 'DNS_ROUND_ROBIN' ? 1 : Infinity
  return entries.flatMap((entry) => {
    const members = membersOf(entry, host, sources.workloads).slice(0, most)
    return members.flatMap((workload) => place(workload, portOf(entry, port, workload), sources).slice(0, most))
  })
}

/** Whether the host's endpoints are names that somebody has to resolve. */
export function isDns({spec}: ServiceEntry): boolean {
  return spec?.resolution === 'DNS' || spec?.resolution === 'DNS_ROUND_ROBIN'
}

/**
 * The workloads behind an entry. Without endpoints and selector a DNS entry's hosts are its endpoints themselves; names and sockets of selected
 * WorkloadEntries count for DNS entries only; with resolution NONE a gateway has nothing to send to.
 */
export function membersOf(entry: ServiceEntry, host: string, workloads: Workloads): readonly Workload[] {
  const {resolution = 'NONE', endpoints = [], workloadSelector} = entry.spec ?? {}
  if (resolution === 'NONE') return []
  if (endpoints.length > 0) return endpoints.map((endpoint) => toWorkload(endpoint))
  if (workloadSelector !== undefined) {
    const selected = workloads.selected(namespaceOf(entry), workloadSelector.labels)
    return isDns(entry) ? selected : selected.filter(({address}) => isIPAddress(address))
  }
  return isDns(entry) && !host.startsWith('*') ? [{address: host, labels: {}, ports: {}}] : []
}

/** The name that has to be resolved to reach a workload; undefined for addresses and sockets. */
export function hostNameOf({address}: Workload): string | undefined {
  return address === '' || address.startsWith(UNIX) || isIPAddress(address) ? undefined : address
}

/** The workload's own port of that name, else the entry's target port, else the port itself; undefined where the entry has no port of the name. */
function portOf(entry: ServiceEntry, {name = ''}: ServicePort, {ports}: Workload): number | undefined {
  const port = entry.spec?.ports?.find((candidate) => (candidate.name ?? '') === name)
  if (port === undefined) return undefined
  const {number, targetPort = 0} = port
  return positive(ports[name]) ?? positive(targetPort) ?? number
}

function positive(port: number | undefined): number | undefined {
  return port !== undefined && port > 0 ? port : undefined
}

function place(workload: Workload, port: number | undefined, {resolved, lookupProblems}: EntrySources): readonly Candidate[] {
  const {address, labels, weight, pod} = workload
  if (port === undefined) return []
  const about = {...(pod !== undefined && {pod}), ...(weight !== undefined && {weight})}
  if (address.startsWith(UNIX)) return [{endpoint: {address: address.slice(UNIX.length), port: 0, ...about}, labels}]
  const hostname = hostNameOf(workload)
  if (hostname === undefined) return [{endpoint: {address, port, ...about}, labels}]
  const addresses = resolved[hostname] ?? []
  const reason = lookupProblems[hostname]
  if (addresses.length === 0) return [{unresolved: hostname, labels, ...(reason !== undefined && {reason})}]
  return addresses.map((found) => ({endpoint: {address: found, port, ...about, hostname}, labels}))
}
