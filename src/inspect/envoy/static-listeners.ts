import type {JsonObject} from '../../api/object.js'
import {LISTENER_TYPE} from './listener-config.js'

const CONNECTION_MANAGER = 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager'
const ROUTE_CONFIGURATION = 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration'

const READINESS_PORT = 15021
const METRICS_PORT = 15090

/** What every gateway pod answers on its own: the two listeners of Istio's bootstrap. */
const PAGES = [
  {port: METRICS_PORT, path: '/stats/prometheus', statPrefix: 'stats', cluster: 'prometheus_stats'},
  {port: READINESS_PORT, path: '/healthz/ready', statPrefix: 'agent', cluster: 'agent'},
]

/** The listeners that Istio's bootstrap gives every proxy (envoy_bootstrap.json): readiness and metrics. */
export function staticListeners(): readonly JsonObject[] {
  return PAGES.map(({port, statPrefix, ...page}) => ({
    '@type': LISTENER_TYPE,
    address: {socketAddress: {address: '0.0.0.0', portValue: port}},
    filterChains: [
      {
        filters: [
          {
            name: 'envoy.filters.network.http_connection_manager',
            typedConfig: {'@type': CONNECTION_MANAGER, statPrefix, routeConfig: routeConfig(page), httpFilters: [{name: 'envoy.filters.http.router'}]},
          },
        ],
      },
    ],
  }))
}

/** The route configurations of these listeners. */
export function staticRoutes(): readonly JsonObject[] {
  return PAGES.map((page) => ({'@type': ROUTE_CONFIGURATION, ...routeConfig(page)}))
}

function routeConfig({path, cluster}: {readonly path: string; readonly cluster: string}): JsonObject {
  return {virtualHosts: [{name: 'backend', domains: ['*'], routes: [{match: {prefix: path}, route: {cluster}}]}]}
}
