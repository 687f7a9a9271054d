import type {Json} from '../../api/object.js'
import {clusterStatuses} from '../../inspect/envoy/cluster-statuses.js'
import {clustersText} from '../../inspect/envoy/clusters-text.js'
import {configDump} from '../../inspect/envoy/config-dump.js'
import {toSnakeCase} from '../../inspect/envoy/proto-names.js'
import {hasPages} from '../../inspect/pod-view.js'
import {proxyFor} from '../../inspect/proxies.js'
import {INGRESS_PROXY, proxyOfCluster, viewOf, type ProxyView} from '../../inspect/proxy-view.js'
import {redactRouting} from '../../inspect/redact.js'
import {indexRules, ruleRefs} from '../../inspect/rule-of.js'
import type {GatewayFacts} from './gateway-facts.js'
import {json, text, type Page} from './page.js'

/** The configuration of the ingress gateway, or of `?proxy=mesh` or `?proxy=namespace/gateway`. */
export function configDumpPage(facts: GatewayFacts): Page {
  return {
    path: '/config_dump',
    help: 'dump current Envoy configs (?include_eds, ?proxy=ingress|mesh|NAMESPACE/GATEWAY)',
    async answer(query) {
      const proxy = query.get('proxy') ?? INGRESS_PROXY
      const ruleOf = ruleRefs(indexRules(facts.world(), proxyFor(proxy)))
      const dump = configDump(viewOf(redactRouting(facts.routing()), proxy), {version: facts.revision(), ruleOf, hasPages: hasPages(proxy)})
      return json(toSnakeCase(query.has('include_eds') ? dump : withoutEndpoints(dump)))
    },
  }
}

function withoutEndpoints(dump: Json): Json {
  const {configs} = dump as {readonly configs: readonly {readonly '@type': string}[]}
  return {configs: configs.filter((config) => !config['@type'].endsWith('.EndpointsConfigDump'))} as unknown as Json
}

/** What is known of every cluster and endpoint of this process, in Envoy's text or as its JSON. */
export function clustersPage(facts: GatewayFacts): Page {
  return {
    path: '/clusters',
    help: 'upstream cluster status (?format=json)',
    async answer(query) {
      const stats = await facts.stats()
      const view = allProxies(facts)
      return query.get('format') === 'json' ? json(toSnakeCase(clusterStatuses(view, stats))) : text(clustersText(view, stats))
    },
  }
}

/** The clusters of all proxies of this process; those of the mesh and of managed gateways go by their keys, which tell them apart. */
function allProxies(facts: GatewayFacts): ProxyView {
  const {listeners, clusters} = facts.routing()
  const named = Object.entries(clusters).map(([key, cluster]) => [key, proxyOfCluster(key) === INGRESS_PROXY ? cluster : {...cluster, name: key}] as const)
  return {proxy: INGRESS_PROXY, listeners, clusters: Object.fromEntries(named)}
}

/** Name and address of every listener, bound or not. */
export function listenersPage(facts: GatewayFacts): Page {
  return {
    path: '/listeners',
    help: 'print listener info (?format=json)',
    async answer(query) {
      const {listeners} = facts.routing()
      if (query.get('format') !== 'json') return text(listeners.map(({name, bind, port}) => `${name}::${bind}:${port}\n`).join(''))
      const statuses = listeners.map(({name, bind, port}) => ({name, local_address: {socket_address: {address: bind, port_value: port}}}))
      return json({listener_statuses: statuses})
    },
  }
}
