import {expect, test} from 'vitest'
import {chainKey} from '../../src/engine/chain-key.js'
import type {Counts} from '../../src/inspect/counts.js'
import {envoyMetrics} from '../../src/inspect/metrics/envoy-metrics.js'
import {istioMetrics} from '../../src/inspect/metrics/istio-metrics.js'
import {prometheusText, statsText} from '../../src/inspect/metrics/render.js'
import {workloadOfPod} from '../../src/inspect/metrics/workload.js'
import {tutorial} from './tutorial.js'

const {snapshot, routing} = tutorial()
const [V1, V2] = ['v1', 'v2'].map((subset) => `outbound|9000|${subset}|tcp-echo.default.svc.cluster.local`) as [string, string]
const listener = routing.listeners.find(({port}) => port === 31400)
const chain = listener?.chains[0] === undefined ? '' : chainKey(listener.chains[0])

const counts: Counts = {
  listeners: {'0.0.0.0_31400': {accepted: 10, active: 1, noCluster: 0, noChain: 2, tlsFailed: 0}},
  clusters: {
    [V1]: {
      picked: 8,
      active: 1,
      connected: 6,
      connectFailed: 2,
      connectTimeouts: 1,
      noHealthyUpstream: 0,
      overflow: 0,
      bytesFromClients: 60,
      bytesToClients: 90,
    },
  },
  endpoints: {},
  traffic: [
    {listener: '0.0.0.0_31400', chain, cluster: V1, opened: 8, closed: {'-': 5, 'UF,URX': 2}, bytesFromClients: 60, bytesToClients: 90},
    {listener: '0.0.0.0_31400', chain, cluster: V2, opened: 2, closed: {'-': 2}, bytesFromClients: 20, bytesToClients: 30},
  ],
  ejected: {[V1]: ['10.0.0.1:9000']},
}

test("Istio's metrics say who talked to whom", () => {
  const metrics = istioMetrics(routing, counts, snapshot.pods).filter(({labels}) => labels['destination_version'] === 'v1')
  const labels = (flags: string) =>
    'reporter="source",source_workload="istio-ingressgateway",source_canonical_service="istio-ingressgateway",source_canonical_revision="latest",' +
    'source_workload_namespace="istio-system",source_principal="unknown",source_app="istio-ingressgateway",source_version="unknown",source_cluster="Kubernetes",' +
    'destination_workload="tcp-echo-v1-0",destination_workload_namespace="default",destination_principal="unknown",destination_app="tcp-echo",destination_version="v1",' +
    'destination_service="tcp-echo.default.svc.cluster.local",destination_canonical_service="tcp-echo",destination_canonical_revision="v1",destination_service_name="tcp-echo",' +
    `destination_service_namespace="default",destination_cluster="Kubernetes",request_protocol="tcp",response_flags="${flags}",connection_security_policy="unknown"`
  expect(prometheusText(metrics)).toBe(
    [
      '# TYPE istio_tcp_connections_closed_total counter',
      `istio_tcp_connections_closed_total{${labels('-')}} 5`,
      `istio_tcp_connections_closed_total{${labels('UF,URX')}} 2`,
      '# TYPE istio_tcp_connections_opened_total counter',
      `istio_tcp_connections_opened_total{${labels('-')}} 8`,
      '# TYPE istio_tcp_received_bytes_total counter',
      `istio_tcp_received_bytes_total{${labels('-')}} 60`,
      '# TYPE istio_tcp_sent_bytes_total counter',
      `istio_tcp_sent_bytes_total{${labels('-')}} 90`,
      '',
    ].join('\n'),
  )
})

test("Envoy's statistics have its names", () => {
  const metrics = envoyMetrics({...routing, clusters: {[V1]: routing.clusters[V1]!}, listeners: listener === undefined ? [] : [listener]}, counts, {
    uptimeSeconds: 3,
    isLive: true,
    chainKey,
  })
  expect(statsText(metrics)).toBe(
    [
      'cluster.outbound|9000|v1|tcp-echo.default.svc.cluster.local.membership_healthy: 0',
      'cluster.outbound|9000|v1|tcp-echo.default.svc.cluster.local.membership_total: 1',
      'cluster.outbound|9000|v1|tcp-echo.default.svc.cluster.local.upstream_cx_active: 1',
      'cluster.outbound|9000|v1|tcp-echo.default.svc.cluster.local.upstream_cx_connect_fail: 2',
      'cluster.outbound|9000|v1|tcp-echo.default.svc.cluster.local.upstream_cx_connect_timeout: 1',
      'cluster.outbound|9000|v1|tcp-echo.default.svc.cluster.local.upstream_cx_none_healthy: 0',
      'cluster.outbound|9000|v1|tcp-echo.default.svc.cluster.local.upstream_cx_overflow: 0',
      'cluster.outbound|9000|v1|tcp-echo.default.svc.cluster.local.upstream_cx_rx_bytes_total: 90',
      'cluster.outbound|9000|v1|tcp-echo.default.svc.cluster.local.upstream_cx_total: 8',
      'cluster.outbound|9000|v1|tcp-echo.default.svc.cluster.local.upstream_cx_tx_bytes_total: 60',
      'cluster_manager.active_clusters: 1',
      'listener.0.0.0.0_31400.downstream_cx_active: 1',
      'listener.0.0.0.0_31400.downstream_cx_total: 10',
      'listener.0.0.0.0_31400.no_filter_chain_match: 2',
      'listener.0.0.0.0_31400.ssl.connection_error: 0',
      'listener_manager.total_listeners_active: 1',
      'server.live: 1',
      'server.uptime: 3',
      'tcp.tcp-echo.default.downstream_cx_no_route: 0',
      'tcp.tcp-echo.default.downstream_cx_rx_bytes_total: 80',
      'tcp.tcp-echo.default.downstream_cx_total: 10',
      'tcp.tcp-echo.default.downstream_cx_tx_bytes_total: 120',
      '',
    ].join('\n'),
  )
  expect(prometheusText(metrics)).toContain(
    '# TYPE envoy_cluster_upstream_cx_total counter\nenvoy_cluster_upstream_cx_total{cluster_name="outbound|9000|v1|tcp-echo.default.svc.cluster.local"} 8\n',
  )
})

test("a label's value cannot break out of its quotes", () => {
  expect(prometheusText([{family: 'f', labels: {a: 'x"y\\z\n'}, type: 'gauge', value: 1}])).toBe('# TYPE f gauge\nf{a="x\\"y\\\\z\\n"} 1\n')
})

test.each([
  ['a Deployment', [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'echo-v1-abc', uid: '1', controller: true}], {'pod-template-hash': 'abc'}, 'echo-v1'],
  ['a bare ReplicaSet', [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'echo-rs', uid: '1', controller: true}], {}, 'echo-rs'],
  ['nobody', [], {}, 'pod-1'],
])('the workload of a pod of %s', (_, ownerReferences, labels, name) => {
  expect(workloadOfPod({metadata: {name: 'pod-1', namespace: 'n', ownerReferences, labels}}).name).toBe(name)
})
