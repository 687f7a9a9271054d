import type {JsonObject} from '../../api/object.js'
import {needsInspection} from '../../routing/choose-chain.js'
import type {ChainMatch, FilterChain, Listener} from '../../routing/routing.js'
import {NO_ROUTE_LOG} from './access-log.js'
import {networkFilters} from './tcp-proxy.js'
import {downstreamTls} from './tls-context.js'

export const LISTENER_TYPE = 'type.googleapis.com/envoy.config.listener.v3.Listener'
const LISTENER_FILTERS = 'type.googleapis.com/envoy.extensions.filters.listener'

/** A listener as Istio would send it to Envoy (istio core/listener.go buildGatewayListener). */
export function listenerConfig(listener: Listener): JsonObject {
  const {name, bind, port, chains} = listener
  return {
    '@type': LISTENER_TYPE,
    name,
    address: {socketAddress: {address: bind, portValue: port}},
    filterChains: chains.map(filterChain),
    ...listenerFilters(listener),
    trafficDirection: 'OUTBOUND',
    accessLog: [NO_ROUTE_LOG],
  }
}

function listenerFilters(listener: Listener): JsonObject {
  const proxyProtocol = {name: 'envoy.filters.listener.proxy_protocol', typedConfig: {'@type': `${LISTENER_FILTERS}.proxy_protocol.v3.ProxyProtocol`}}
  const inspector = {name: 'envoy.filters.listener.tls_inspector', typedConfig: {'@type': `${LISTENER_FILTERS}.tls_inspector.v3.TlsInspector`}}
  const filters = [...(listener.expectsProxyHeader === true ? [proxyProtocol] : []), ...(needsInspection(listener) ? [inspector] : [])]
  return filters.length === 0 ? {} : {listenerFilters: filters}
}

function filterChain(chain: FilterChain): JsonObject {
  return {
    ...(chain.match === undefined ? {} : {filterChainMatch: chainMatch(chain.match)}),
    filters: networkFilters(chain),
    ...(chain.tls === undefined ? {} : {transportSocket: downstreamTls(chain.tls)}),
  }
}

function chainMatch({serverNames, applicationProtocols, sources}: ChainMatch): JsonObject {
  return {
    ...(serverNames === undefined ? {} : {serverNames: [...serverNames]}),
    ...(applicationProtocols === undefined ? {} : {applicationProtocols: [...applicationProtocols]}),
    ...(sources === undefined ? {} : {sourcePrefixRanges: sources.map(prefixRange)}),
  }
}

function prefixRange(block: string): JsonObject {
  const slash = block.lastIndexOf('/')
  if (slash === -1) return {addressPrefix: block, prefixLen: block.includes(':') ? 128 : 32}
  return {addressPrefix: block.slice(0, slash), prefixLen: Number(block.slice(slash + 1))}
}
