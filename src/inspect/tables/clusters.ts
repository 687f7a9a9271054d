import type {Json} from '../../api/object.js'
import {at, textAt} from '../envoy/reading.js'
import {compareBytes} from './compare-bytes.js'

export interface ClusterFilter {
  readonly fqdn?: string | undefined
  readonly port?: number | undefined
  readonly subset?: string | undefined
  readonly direction?: string | undefined
}

const HEADER = ['SERVICE FQDN', 'PORT', 'SUBSET', 'DIRECTION', 'TYPE', 'DESTINATION RULE']

/** `istioctl proxy-config clusters`: a header and a row for each cluster. Source: istioctl writer/envoy/configdump/cluster.go. */
export function clusterTable(clusters: readonly Json[], named = false): readonly (readonly string[])[] {
  const rows = sortClusters(clusters).map((cluster) => (named ? [`cluster/${textAt(cluster, 'name')}`, ...rowOf(cluster)] : rowOf(cluster)))
  return [named ? ['NAME', ...HEADER] : HEADER, ...rows]
}

/** By service, subset, port and direction. */
export function sortClusters(clusters: readonly Json[]): readonly Json[] {
  const keyed = clusters.map((cluster) => ({cluster, key: parseName(textAt(cluster, 'name'))}))
  const order = keyed.sort(
    ({key: a}, {key: b}) => compareBytes(a.fqdn, b.fqdn) || compareBytes(a.subset, b.subset) || a.port - b.port || compareBytes(a.direction, b.direction),
  )
  return order.map(({cluster}) => cluster)
}

/** Each condition is looked for anywhere in the name, as istioctl does. */
export function filterClusters(clusters: readonly Json[], {fqdn = '', port, subset = '', direction = ''}: ClusterFilter): readonly Json[] {
  const parts = [fqdn, subset, direction, port === undefined ? '' : `|${port}|`]
  return clusters.filter((cluster) => parts.every((part) => textAt(cluster, 'name').includes(part)))
}

interface ClusterName {
  readonly direction: string
  readonly port: number
  readonly subset: string
  readonly fqdn: string
  readonly isIstios: boolean
}

/** `direction|port|subset|fqdn`; other names are a name and nothing more. */
function parseName(name: string): ClusterName {
  const [direction = '', port = '', subset = '', fqdn] = name.split('|')
  if (fqdn === undefined) return {direction: '', port: 0, subset: '', fqdn: name, isIstios: false}
  return {direction, port: Number(port) || 0, subset, fqdn, isIstios: true}
}

function rowOf(cluster: Json): readonly string[] {
  const {direction, port, subset, fqdn, isIstios} = parseName(textAt(cluster, 'name'))
  const type = textAt(cluster, 'clusterType', 'name') || textAt(cluster, 'type') || 'STATIC'
  const tail = [type, ruleOf(cluster)]
  return isIstios ? [fqdn, String(port), subset === '' ? '-' : subset, direction, ...tail] : [fqdn, '-', '-', '-', ...tail]
}

const RULE_PATH = /^\/apis\/networking(?:\.istio\.io)?\/v[^/]+\/namespaces\/([^/]+)\/destination-rule\/([^/]+)$/

/** `name.namespace` of the DestinationRule that Istio noted on the cluster. */
function ruleOf(cluster: Json): string {
  const path = at(cluster, 'metadata', 'filterMetadata', 'istio', 'config')
  const [, namespace, name] = RULE_PATH.exec(typeof path === 'string' ? path : '') ?? []
  return name === undefined ? '' : `${name}.${namespace}`
}
