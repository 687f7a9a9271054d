import type {JsonObject} from '../../api/object.js'
import type {FilterChain, TcpRoute} from '../../routing/routing.js'
import {clusterNameOf} from '../proxy-view.js'
import {ACCESS_LOG} from './access-log.js'
import {protoDuration} from './duration.js'

const TCP_PROXY = 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy'
/** Envoy's own default, which Istio does not write. */
const DEFAULT_IDLE_MS = 3_600_000

/** The filters of a chain: at a TCP gateway that is `tcp_proxy` and nothing else (istio core/networkfilter.go). */
export function networkFilters({route}: FilterChain): readonly JsonObject[] {
  return [{name: 'envoy.filters.network.tcp_proxy', typedConfig: tcpProxy(route)}]
}

function tcpProxy(route: TcpRoute): JsonObject {
  const {statPrefix, idleTimeoutMs, maxConnectionDurationMs, hashesSourceIp, tunnel} = route
  return {
    '@type': TCP_PROXY,
    statPrefix,
    ...clusterSpecifier(route),
    ...(idleTimeoutMs === DEFAULT_IDLE_MS ? {} : {idleTimeout: protoDuration(idleTimeoutMs)}),
    ...(maxConnectionDurationMs === 0 ? {} : {maxDownstreamConnectionDuration: protoDuration(maxConnectionDurationMs)}),
    ...(hashesSourceIp === true ? {hashPolicy: [{sourceIp: {}}]} : {}),
    ...(tunnel === undefined ? {} : {tunnelingConfig: {hostname: tunnel.target, ...(tunnel.method === 'POST' ? {usePost: true} : {})}}),
    accessLog: [ACCESS_LOG],
  }
}

/** One destination in the YAML is a plain cluster; of several, one that is left is still a weighted one. */
function clusterSpecifier({statPrefix, destinations}: TcpRoute): JsonObject {
  const clusters = destinations.map(({cluster, weight}) => ({name: clusterNameOf(cluster), weight}))
  const [only, ...more] = clusters
  if (only !== undefined && more.length === 0 && statPrefix === only.name) return {cluster: only.name}
  return {weightedClusters: {clusters}}
}
