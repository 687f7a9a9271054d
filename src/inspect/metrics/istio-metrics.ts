import type {KubeObject} from '../../api/object.js'
import {keyOf} from '../../routing/naming.js'
import type {Routing} from '../../routing/routing.js'
import type {Counts, TrafficCounts} from '../counts.js'
import {clusterNameOf, proxyOfCluster} from '../proxy-view.js'
import type {Metric} from './metric.js'
import {commonWorkload, workloadOfPod, workloadOfProxy, type Workload} from './workload.js'

/** There is one cluster, by the name Istio gives the only one. */
const CLUSTER = 'Kubernetes'
const UNKNOWN = 'unknown'

/**
 * Istio's TCP metrics as the gateway reports them, with the standard labels. A connection that ended is counted under its response flags.
 * Source: istio.io reference/config/metrics; label order as the stats filter writes it.
 */
export function istioMetrics({clusters}: Routing, {traffic}: Counts, pods: readonly Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>[]): readonly Metric[] {
  const byKey = new Map(pods.map((pod) => [keyOf(pod), pod]))
  const sums = new Map<string, Metric>()
  for (const entry of traffic) {
    const found = (clusters[entry.cluster]?.endpoints ?? []).flatMap(({pod = ''}) => byKey.get(pod) ?? [])
    const labels = labelsOf(entry.cluster, commonWorkload(found.map(workloadOfPod)))
    for (const {name, flags, value} of countersOf(entry)) add(sums, `istio_tcp_${name}_total`, labels(flags), value)
  }
  return [...sums.values()]
}

interface Counter {
  readonly name: string
  readonly flags: string
  readonly value: number
}

function countersOf({opened, closed, bytesFromClients, bytesToClients}: TrafficCounts): readonly Counter[] {
  return [
    {name: 'connections_opened', flags: '-', value: opened},
    ...Object.entries(closed).map(([flags, value = 0]) => ({name: 'connections_closed', flags, value})),
    {name: 'received_bytes', flags: '-', value: bytesFromClients},
    {name: 'sent_bytes', flags: '-', value: bytesToClients},
  ]
}

function add(sums: Map<string, Metric>, family: string, labels: Metric['labels'], value: number): void {
  const key = JSON.stringify([family, labels])
  sums.set(key, {family, labels, type: 'counter', value: (sums.get(key)?.value ?? 0) + value})
}

function labelsOf(clusterKey: string, destination: Workload): (responseFlags: string) => Metric['labels'] {
  const source = workloadOfProxy(proxyOfCluster(clusterKey))
  const host = clusterNameOf(clusterKey).split('|')[3] ?? UNKNOWN
  const service = serviceOf(host)
  return (responseFlags) => ({
    reporter: 'source',
    source_workload: source.name,
    source_canonical_service: source.canonicalService,
    source_canonical_revision: source.canonicalRevision,
    source_workload_namespace: source.namespace,
    source_principal: UNKNOWN,
    source_app: source.app,
    source_version: source.version,
    source_cluster: CLUSTER,
    destination_workload: destination.name,
    destination_workload_namespace: destination.namespace,
    destination_principal: UNKNOWN,
    destination_app: destination.app,
    destination_version: destination.version,
    destination_service: host,
    destination_canonical_service: destination.canonicalService,
    destination_canonical_revision: destination.canonicalRevision,
    destination_service_name: service.name,
    destination_service_namespace: service.namespace,
    destination_cluster: CLUSTER,
    request_protocol: 'tcp',
    response_flags: responseFlags,
    connection_security_policy: UNKNOWN,
  })
}

/** A Service of the cluster has a short name and a namespace; any other host is its own name. */
function serviceOf(host: string): {readonly name: string; readonly namespace: string} {
  const [name = host, namespace = UNKNOWN, svc] = host.split('.')
  return svc === 'svc' ? {name, namespace} : {name: host, namespace: UNKNOWN}
}
