import type {Labels} from '../../api/labels.js'
import {readYamlValue} from '../../api/manifest/yaml-value.js'
import {isJsonObject, type Json} from '../../api/object.js'
import {memoizeByIdentity} from '../../base/memoize.js'
import {selects} from '../labels.js'
import {namespaceOf, titleOf} from '../naming.js'
import type {Pod} from '../objects/pod.js'
import type {Proxy} from '../proxy.js'
import type {Listener, RoutingFinding} from '../routing.js'

/** Where a pod's own ProxyConfig is, as YAML or JSON. */
const CONFIG = 'proxy.istio.io/config'
/** Differs between the ReplicaSets of one Deployment, while it rolls. */
const REVISION = 'pod-template-hash'

export interface GatewayTopology {
  /** What stands in front of the gateway says with each connection whose it is. */
  readonly listener: Pick<Listener, 'expectsProxyHeader'>
  readonly findings: readonly RoutingFinding[]
}

/**
 * Whether connections to this gateway workload begin with a PROXY header: its newest pod says so in its annotation. With a ProxyConfig that
 * cannot be read they do not. Sources: istio core/gateway.go and listener.go (needPROXYProtocol), ProxyConfig.gatewayTopology.
 */
export const gatewayTopology = memoizeByIdentity((pods: readonly Pod[], proxy: Proxy): GatewayTopology => {
  const pod = newestPod(pods, proxy)
  const text = pod?.metadata.annotations?.[CONFIG]
  if (pod === undefined || text === undefined) return {listener: {}, findings: []}
  const setting = proxyProtocolOf(text)
  return {listener: setting === 'on' ? {expectsProxyHeader: true} : {}, findings: setting === 'unreadable' ? [unreadable(pod)] : []}
})

function newestPod(pods: readonly Pod[], {namespace, labels}: Proxy): Pod | undefined {
  const selector: Labels = Object.fromEntries(Object.entries(labels).filter(([key]) => key !== REVISION))
  const own = pods.filter((pod) => namespaceOf(pod) === namespace && selects(selector, pod.metadata.labels) && pod.metadata.deletionTimestamp === undefined)
  return own.reduce<Pod | undefined>((newest, pod) => (newest === undefined || createdAt(pod) > createdAt(newest) ? pod : newest), undefined)
}

/** Times of the API sort as text. */
function createdAt({metadata}: Pod): string {
  return metadata.creationTimestamp ?? ''
}

/** Fields go by their names in JSON and in protobuf, and null is as good as absent (protojson). */
function proxyProtocolOf(text: string): 'on' | 'off' | 'unreadable' {
  const topology = fieldOf(readYamlValue(text), 'gatewayTopology', 'gateway_topology')
  const setting = fieldOf(topology, 'proxyProtocol', 'proxy_protocol')
  if (setting === null) return 'off'
  return isJsonObject(setting) ? 'on' : 'unreadable'
}

/** Null where it is not set; undefined where there is no telling, as `holder` is no object. */
function fieldOf(holder: Json | undefined, name: string, alias: string): Json | undefined {
  if (holder === null) return null
  return isJsonObject(holder) ? (holder[name] ?? holder[alias] ?? null) : undefined
}

function unreadable(pod: Pod): RoutingFinding {
  const message = `its annotation ${CONFIG} is not a ProxyConfig: no PROXY headers are expected. Istio would not start the pod`
  return {code: 'proxy-config-unreadable', level: 'error', object: titleOf(pod), message}
}
