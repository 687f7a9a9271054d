import type {JsonObject} from '../../api/object.js'
import type {Cluster} from '../../routing/routing.js'
import type {ProxyView} from '../proxy-view.js'
import {clusterConfig, type RuleRef} from './cluster-config.js'
import {listenerConfig} from './listener-config.js'
import {loadAssignmentResource} from './load-assignment.js'
import {secretsDump} from './secrets-dump.js'
import {staticListeners, staticRoutes} from './static-listeners.js'

const ADMIN = 'type.googleapis.com/envoy.admin.v3'

export interface DumpFacts {
  /** Of the configuration: the store's revision. */
  readonly version: string
  /** RFC 3339: when it came into force, where that is known. */
  readonly lastUpdated?: string
  readonly ruleOf: (cluster: Cluster) => RuleRef | undefined
  /** A gateway pod also answers for itself on 15021 and 15090. */
  readonly hasPages: boolean
}

/**
 * What Envoy's `/config_dump?include_eds` would show of a proxy, field names in camel case (`toSnakeCase` makes Envoy's own spelling).
 * Secrets are redacted.
 */
export function configDump(view: ProxyView, facts: DumpFacts): JsonObject {
  return {configs: [clustersDump(view, facts), endpointsDump(view), listenersDump(view, facts), routesDump(facts), secretsDump(view, facts)]}
}

function stamp({version, lastUpdated}: DumpFacts): JsonObject {
  return {versionInfo: version, ...(lastUpdated === undefined ? {} : {lastUpdated})}
}

function clustersDump({clusters}: ProxyView, facts: DumpFacts): JsonObject {
  const active = Object.values(clusters).map((cluster) => ({...stamp(facts), cluster: clusterConfig(cluster, facts.ruleOf(cluster))}))
  return {'@type': `${ADMIN}.ClustersConfigDump`, versionInfo: facts.version, dynamicActiveClusters: active}
}

function endpointsDump({clusters}: ProxyView): JsonObject {
  const discovered = Object.values(clusters).filter(({discovery}) => discovery === undefined)
  return {'@type': `${ADMIN}.EndpointsConfigDump`, dynamicEndpointConfigs: discovered.map((cluster) => ({endpointConfig: loadAssignmentResource(cluster)}))}
}

function listenersDump({listeners}: ProxyView, facts: DumpFacts): JsonObject {
  const {lastUpdated} = facts
  const own = facts.hasPages ? staticListeners().map((listener) => ({listener, ...(lastUpdated === undefined ? {} : {lastUpdated})})) : []
  return {
    '@type': `${ADMIN}.ListenersConfigDump`,
    versionInfo: facts.version,
    staticListeners: own,
    dynamicListeners: listeners.map((listener) => ({name: listener.name, activeState: {...stamp(facts), listener: listenerConfig(listener)}})),
  }
}

function routesDump({hasPages, lastUpdated}: DumpFacts): JsonObject {
  const own = hasPages ? staticRoutes().map((routeConfig) => ({routeConfig, ...(lastUpdated === undefined ? {} : {lastUpdated})})) : []
  return {'@type': `${ADMIN}.RoutesConfigDump`, staticRouteConfigs: own}
}
