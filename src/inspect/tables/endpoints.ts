import {isJsonObject, type Json} from '../../api/object.js'
import {at, listAt, numberAt, textAt} from '../envoy/reading.js'
import {compareBytes} from './compare-bytes.js'

export interface EndpointFilter {
  readonly address?: string | undefined
  readonly port?: number | undefined
  readonly cluster?: string | undefined
  readonly status?: string | undefined
}

const HEADER = ['ENDPOINT', 'STATUS', 'OUTLIER CHECK', 'CLUSTER']

/**
 * `istioctl proxy-config endpoints` from what `/clusters?format=json` shows: STATUS is what discovery says, an ejected endpoint shows in
 * OUTLIER CHECK. Source: istioctl writer/envoy/clusters/clusters.go.
 */
export function endpointTable(statuses: readonly Json[], filter: EndpointFilter = {}): readonly (readonly string[])[] {
  const rows = statuses.flatMap((status) => hostsOf(status, filter).map((host) => ({host, cluster: textAt(status, 'name')})))
  const sorted = rows.sort(
    (a, b) => compareBytes(addressOf(a.host), addressOf(b.host)) || portOf(a.host) - portOf(b.host) || compareBytes(a.cluster, b.cluster),
  )
  return [
    HEADER,
    ...sorted.map(({host, cluster}) => [nameOf(host), statusOf(host), at(host, 'healthStatus', 'failedOutlierCheck') === true ? 'FAILED' : 'OK', cluster]),
  ]
}

/** Whole clusters of which an endpoint is meant. */
export function filterStatuses(statuses: readonly Json[], filter: EndpointFilter): readonly Json[] {
  return Object.values(filter).every((value) => value === undefined) ? statuses : statuses.filter((status) => hostsOf(status, filter).length > 0)
}

function hostsOf(status: Json, {address, port, cluster, status: health}: EndpointFilter): readonly Json[] {
  const same = (a: string, b: string | undefined) => b === undefined || a.toLowerCase() === b.toLowerCase()
  if (!same(textAt(status, 'name'), cluster)) return []
  return listAt(status, 'hostStatuses').filter(
    (host) => same(addressOf(host), address) && (port === undefined || portOf(host) === port) && same(statusOf(host), health),
  )
}

/** Where health is not said, it is UNKNOWN; protobuf's JSON leaves that out. */
function statusOf(host: Json): string {
  return textAt(host, 'healthStatus', 'edsHealthStatus') || 'UNKNOWN'
}

function addressOf(host: Json): string {
  const pipe = textAt(host, 'address', 'pipe', 'path')
  return pipe === '' ? textAt(host, 'address', 'socketAddress', 'address') : `unix://${pipe}`
}

function portOf(host: Json): number {
  return numberAt(host, 'address', 'socketAddress', 'portValue')
}

function nameOf(host: Json): string {
  return isJsonObject(at(host, 'address', 'pipe')) ? addressOf(host) : `${addressOf(host)}:${portOf(host)}`
}
