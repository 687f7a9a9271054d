import type {KubeObject} from '../../src/api/object.js'
import type {EndpointSlice} from '../../src/routing/objects/endpoint-slice.js'
import type {Pod} from '../../src/routing/objects/pod.js'
import type {Snapshot} from '../../src/routing/snapshot.js'

/** One Gateway with a server for each of `size` VirtualServices, each 80/20 over two subsets of its own Service with ten pods. */
export function largeSnapshot(size: number): Snapshot {
  const indexes = Array.from({length: size}, (_, i) => i)
  const object = (kind: string, name: string, namespace: string): KubeObject => ({apiVersion: 'v1', kind, metadata: {name, namespace}})
  const servers = indexes.map((i) => ({port: {number: 10_000 + i, name: `tcp-${i}`, protocol: 'TCP'}, hosts: ['*']}))
  const namespaceOf = (i: number) => `ns-${i % 50}`
  const pods = indexes.flatMap((i) => Array.from({length: 10}, (_, n) => podOf(i, n, namespaceOf(i))))
  return {
    gateways: [{...object('Gateway', 'gateway', 'istio-system'), spec: {selector: {istio: 'ingressgateway'}, servers}}],
    virtualServices: indexes.map((i) => ({
      ...object('VirtualService', `echo-${i}`, namespaceOf(i)),
      spec: {
        hosts: ['*'],
        gateways: ['istio-system/gateway'],
        tcp: [
          {
            match: [{port: 10_000 + i}],
            route: [
              {destination: {host: `echo-${i}`, subset: 'v1', port: {number: 9000}}, weight: 80},
              {destination: {host: `echo-${i}`, subset: 'v2', port: {number: 9000}}, weight: 20},
            ],
          },
        ],
      },
    })),
    destinationRules: indexes.map((i) => ({
      ...object('DestinationRule', `echo-${i}`, namespaceOf(i)),
      spec: {host: `echo-${i}`, subsets: ['v1', 'v2'].map((name) => ({name, labels: {version: name}}))},
    })),
    services: indexes.map((i) => ({
      ...object('Service', `echo-${i}`, namespaceOf(i)),
      spec: {selector: {app: `echo-${i}`}, ports: [{name: 'tcp', port: 9000}]},
    })),
    endpointSlices: indexes.map((i) => sliceOf(i, namespaceOf(i), pods.slice(i * 10, i * 10 + 10))),
    pods,
  }
}

function podOf(i: number, n: number, namespace: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: `echo-${i}-${n}`, namespace, labels: {app: `echo-${i}`, version: n % 2 === 0 ? 'v1' : 'v2'}},
    status: {podIP: `10.${i >> 8}.${i & 255}.${n}`},
  }
}

function sliceOf(i: number, namespace: string, pods: readonly Pod[]): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {name: `echo-${i}-slice`, namespace, labels: {'kubernetes.io/service-name': `echo-${i}`}},
    addressType: 'IPv4',
    ports: [{name: 'tcp', port: 9000}],
    endpoints: pods.map(({metadata, status}) => ({
      addresses: [status?.podIP ?? ''],
      conditions: {ready: true},
      targetRef: {kind: 'Pod', namespace, name: metadata.name},
    })),
  }
}
