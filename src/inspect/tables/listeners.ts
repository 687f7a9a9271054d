import type {Json} from '../../api/object.js'
import {compareBytes} from './compare-bytes.js'
import {at, listAt, numberAt, textAt, textsAt} from '../envoy/reading.js'

export interface ListenerFilter {
  readonly address?: string | undefined
  readonly port?: number | undefined
  /** HTTP, TCP or HTTP+TCP. */
  readonly type?: string | undefined
}

export interface ListenerTableOptions {
  /** Matches and destinations; otherwise the listener's type. */
  readonly verbose: boolean
  /** As istioctl prints it: a weighted TCP route has no destination. */
  readonly compat: boolean
  /** A NAME column in front, for `proxy-config all`. */
  readonly named?: boolean
}

/** `istioctl proxy-config listeners`: a header and a row for each filter chain. Source: istioctl writer/envoy/configdump/listener.go. */
export function listenerTable(listeners: readonly Json[], options: ListenerTableOptions): readonly (readonly string[])[] {
  const header = options.verbose ? ['ADDRESSES', 'PORT', 'MATCH', 'DESTINATION'] : ['ADDRESSES', 'PORT', 'TYPE']
  const rows = [...listeners]
    .sort(byPlace)
    .flatMap((listener) => rowsOf(listener, options).map((row) => (options.named === true ? [`listener/${textAt(listener, 'name')}`, ...row] : row)))
  return [options.named === true ? ['NAME', ...header] : header, ...rows]
}

/** Without a filter every listener; address and type are compared without regard to case. */
export function filterListeners(listeners: readonly Json[], {address, port, type}: ListenerFilter): readonly Json[] {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  return listeners.filter(
    (listener) =>
      (address === undefined || same(addressOf(listener), address)) &&
      (port === undefined || portOf(listener) === port) &&
      (type === undefined || same(typeOf(listener), type)),
  )
}

function rowsOf(listener: Json, {verbose, compat}: ListenerTableOptions): readonly string[][] {
  const place = [addressesOf(listener), String(portOf(listener))]
  if (!verbose) return [[...place, typeOf(listener)]]
  const chains = chainsOf(listener).map((chain) => ({
    match: matchOf(at(chain, 'filterChainMatch')),
    destination: destinationOf(listAt(chain, 'filters'), compat),
  }))
  return chains.sort((a, b) => compareBytes(b.destination, a.destination)).map(({match, destination}) => [...place, match, destination])
}

function byPlace(a: Json, b: Json): number {
  return portOf(a) - portOf(b) || compareBytes(addressOf(a), addressOf(b)) || compareBytes(typeOf(a), typeOf(b))
}

function addressOf(listener: Json): string {
  return textAt(listener, 'address', 'socketAddress', 'address')
}

function portOf(listener: Json): number {
  return numberAt(listener, 'address', 'socketAddress', 'portValue')
}

function addressesOf(listener: Json): string {
  const more = listAt(listener, 'additionalAddresses').map(addressOf)
  return [addressOf(listener), ...more].join(',')
}

function chainsOf(listener: Json): readonly Json[] {
  const last = at(listener, 'defaultFilterChain')
  return [...listAt(listener, 'filterChains'), ...(last === undefined ? [] : [last])]
}

const HTTP = 'envoy.filters.network.http_connection_manager'
const TCP = 'envoy.filters.network.tcp_proxy'
const BLACK_HOLE = 'BlackHoleCluster'

function typeOf(listener: Json): string {
  const filters = chainsOf(listener).flatMap((chain) => listAt(chain, 'filters'))
  const isHttp = filters.some((filter) => textAt(filter, 'name') === HTTP)
  const isTcp = filters.some((filter) => textAt(filter, 'name') === TCP && textAt(filter, 'typedConfig', 'cluster') !== BLACK_HOLE)
  if (isHttp) return isTcp ? 'HTTP+TCP' : 'HTTP'
  return isTcp ? 'TCP' : 'UNKNOWN'
}

function matchOf(match: Json | undefined): string {
  const names = textsAt(match, 'serverNames')
  const transport = textAt(match, 'transportProtocol')
  const parts = [
    ...(names.length > 0 ? [`SNI: ${names.join(',')}`] : []),
    ...(transport === '' ? [] : [`Trans: ${transport}`]),
    ...applicationsOf(textsAt(match, 'applicationProtocols')),
    ...addressMatch(match),
  ]
  return parts.length === 0 ? 'ALL' : parts.join('; ')
}

/** Lists of protocols that Istio uses have names of their own. */
const KNOWN_PROTOCOLS: Readonly<Record<string, string>> = {
  'http/1.0,http/1.1,h2c': 'App: HTTP',
  'istio,istio-http/1.0,istio-http/1.1,istio-h2': 'App: Istio HTTP Plain',
  'http/1.0,http/1.1,h2c,istio-http/1.0,istio-http/1.1,istio-h2': 'App: HTTP TLS',
  'istio-peer-exchange,istio': 'App: TCP TLS',
}

function applicationsOf(protocols: readonly string[]): readonly string[] {
  const joined = protocols.join(',')
  return joined === '' ? [] : [KNOWN_PROTOCOLS[joined] ?? `App: ${joined}`]
}

function addressMatch(match: Json | undefined): readonly string[] {
  const port = at(match, 'destinationPort') === undefined ? '' : `:${numberAt(match, 'destinationPort')}`
  const blocks = listAt(match, 'prefixRanges').map((range) => `${textAt(range, 'addressPrefix')}/${numberAt(range, 'prefixLen')}`)
  if (blocks.length > 0) return [`Addr: ${blocks.join(',')}${port}`]
  return port === '' ? [] : [`Addr: *${port}`]
}

function destinationOf(filters: readonly Json[], compat: boolean): string {
  for (const filter of filters) {
    const config = at(filter, 'typedConfig')
    if (textAt(filter, 'name') === HTTP) return httpDestination(config)
    if (textAt(filter, 'name') === TCP && textAt(config, 'cluster') !== BLACK_HOLE) return tcpDestination(config, compat)
  }
  return 'Non-HTTP/Non-TCP'
}

function tcpDestination(config: Json | undefined, compat: boolean): string {
  const cluster = textAt(config, 'cluster')
  if (cluster.includes('Cluster')) return cluster
  const weighted = listAt(config, 'weightedClusters', 'clusters')
  if (compat || weighted.length === 0) return `Cluster: ${cluster}`
  const total = weighted.reduce<number>((sum, one) => sum + numberAt(one, 'weight'), 0)
  return `Cluster: ${weighted.map((one) => `${textAt(one, 'name')} ${numberAt(one, 'weight')} (${percent(numberAt(one, 'weight'), total)})`).join(', ')}`
}

/** To a tenth, which weights of one cannot need more than. */
function percent(weight: number, total: number): string {
  return `${Math.round((1000 * weight) / (total || 1)) / 10}%`
}

function httpDestination(config: Json | undefined): string {
  const inline = at(config, 'routeConfig')
  if (inline !== undefined) return inlineRoute(inline)
  const name = textAt(config, 'rds', 'routeConfigName')
  return name === '' ? 'HTTP' : `Route: ${name}`
}

function inlineRoute(config: Json): string {
  const hosts = listAt(config, 'virtualHosts')
  const everything = hosts.length === 1 ? clusterForAll(hosts[0]) : ''
  if (everything !== '') return everything.includes('Cluster') ? everything : `Cluster: ${everything}`
  return `Inline Route: ${hosts.map(describeHost).join('; ')}`
}

/** A route that takes everything and forwards to a cluster is that cluster. */
function clusterForAll(host: Json | undefined): string {
  const routes = listAt(host, 'routes')
  const isAll = textsAt(host, 'domains').join() === '*' && routes.length === 1 && textAt(routes[0], 'match', 'prefix') === '/'
  return isAll ? textAt(routes[0], 'route', 'cluster') : ''
}

function describeHost(host: Json): string {
  const domains = textsAt(host, 'domains')
  const routes = listAt(host, 'routes')
    .map((route) => describeMatch(at(route, 'match')))
    .join(', ')
  return domains.join() === '*' ? routes : `${domains.join('/')} ${routes}`
}

/** Header conditions are left out. */
export function describeMatch(match: Json | undefined): string {
  const prefix = textAt(match, 'prefix')
  const regex = textAt(match, 'safeRegex', 'regex')
  return [...(prefix === '' ? [] : [`${prefix}*`]), ...[textAt(match, 'path')].filter((path) => path !== ''), ...(regex === '' ? [] : [`regex ${regex}`])].join(
    ' ',
  )
}
