import {describe, expect, test} from 'vitest'
import {compileAll} from '../../../src/routing/compile-all.js'
import {gatewayTopology} from '../../../src/routing/gateways/gateway-topology.js'
import type {Pod} from '../../../src/routing/objects/pod.js'
import {INGRESS_PROXY, snapshotOf} from '../snapshot-of.js'

const podWith = (config: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'ingress',
    namespace: 'istio-system',
    labels: {...INGRESS_PROXY.labels, 'pod-template-hash': 'b'},
    annotations: {'proxy.istio.io/config': config},
  },
})
const proxy = {...INGRESS_PROXY, labels: {...INGRESS_PROXY.labels, 'pod-template-hash': 'a'}}
const ON = {listener: {expectsProxyHeader: true}, findings: []}
const OFF = {listener: {}, findings: []}
const UNREADABLE = {
  listener: {},
  findings: [
    {
      code: 'proxy-config-unreadable',
      level: 'error',
      object: 'Pod istio-system/ingress',
      message: 'its annotation proxy.istio.io/config is not a ProxyConfig: no PROXY headers are expected. Istio would not start the pod',
    },
  ],
}

describe('PROXY headers are expected as the ProxyConfig of the pod says', () => {
  test.each([
    ['{"gatewayTopology":{"proxyProtocol":{}}}', ON],
    ['gatewayTopology:\n  numTrustedProxies: 1\n  proxyProtocol: {}\n', ON],
    ['gateway_topology: {proxy_protocol: {}}', ON],
    ['', OFF],
    ['concurrency: 2', OFF],
    ['gatewayTopology: null', OFF],
    ['gatewayTopology: {proxyProtocol: null}', OFF],
    ['gatewayTopology: {numTrustedProxies: 2}', OFF],
    ['gatewayTopology: {proxyProtocol: true}', UNREADABLE],
    ['gatewayTopology: on', UNREADABLE],
    ['on', UNREADABLE],
    ['[nonsense', UNREADABLE],
    ['a: *nobody', UNREADABLE],
    ['gatewayTopology: {}\ngatewayTopology: {}', UNREADABLE],
  ])('%j', (config, expected) => {
    expect(gatewayTopology([podWith(config)], proxy)).toEqual(expected)
  })

  test('by the pods of that gateway alone', () => {
    const [{metadata, ...pod}] = [podWith('gatewayTopology: {proxyProtocol: {}}')]
    const others = [{...pod, metadata: {...metadata, namespace: 'default'}}, {...pod, metadata: {...metadata, labels: {app: 'other'}}}]
    expect(gatewayTopology(others, proxy)).toEqual(OFF)
  })

  test('at a managed gateway and nowhere else: not at the ingress gateway, not in the mesh', () => {
    const {listeners, findings} = compileAll(snapshotOf(MANAGED), INGRESS_PROXY)
    expect([listeners.map(({name, scope, expectsProxyHeader}) => [name, scope, expectsProxyHeader]), findings]).toEqual([
      [
        ['0.0.0.0_31400', undefined, undefined],
        ['0.0.0.0_9001', undefined, true],
        ['127.128.0.9_9001', undefined, true],
        ['127.128.0.1_9000', 'mesh', undefined],
      ],
      [],
    ])
  })
})

const MANAGED = `
kind: Gateway
apiVersion: gateway.networking.k8s.io/v1
metadata: {name: managed, uid: u}
spec: {gatewayClassName: istio, listeners: [{name: tcp, port: 9001, protocol: TCP}]}
---
kind: TCPRoute
metadata: {name: echo}
spec: {parentRefs: [{name: managed}], rules: [{backendRefs: [{name: echo, port: 9000}]}]}
---
kind: Service
metadata: {name: managed-istio}
spec: {type: LoadBalancer, clusterIP: 127.128.0.9, selector: {gateway.networking.k8s.io/gateway-name: managed}, ports: [{name: tcp, port: 9001}]}
---
kind: Pod
metadata:
  name: managed-istio-0
  labels: {gateway.networking.k8s.io/gateway-name: managed}
  annotations: {proxy.istio.io/config: "gatewayTopology: {proxyProtocol: {}}"}
status: {podIP: 10.0.0.2}
---
kind: Gateway
metadata: {name: gateway}
spec: {selector: {istio: ingressgateway}, servers: [{hosts: ["*"], port: {number: 31400, name: tcp, protocol: TCP}}]}
---
kind: VirtualService
metadata: {name: echo}
spec: {hosts: ["*"], gateways: [gateway], tcp: [{route: [{destination: {host: echo}}]}]}
---
kind: Service
metadata: {name: echo}
spec: {clusterIP: 127.128.0.1, selector: {app: echo}, ports: [{name: tcp, port: 9000}]}
---
kind: Pod
metadata: {name: echo-0, labels: {app: echo}}
status: {podIP: 10.0.0.1}
`
