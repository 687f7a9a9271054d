import {expect, test} from 'vitest'
import {describePod, type PodView} from '../../src/inspect/describe/describe-pod.js'
import {describeService} from '../../src/inspect/describe/describe-service.js'
import type {DescribedPod} from '../../src/inspect/describe/pod-facts.js'
import {proxyFor} from '../../src/inspect/proxies.js'
import {MESH_PROXY} from '../../src/inspect/proxy-view.js'
import {indexRules} from '../../src/inspect/rule-of.js'
import {compiled, GATEWAY_AND_RULE, SERVICES, SPLIT} from './tutorial.js'

const {snapshot} = compiled(SERVICES, GATEWAY_AND_RULE, SPLIT)
const service = snapshot.services.find(({metadata}) => metadata.name === 'tcp-echo')!

function meshed(pod: (typeof snapshot.pods)[number], ready = true): DescribedPod {
  const containers = [{name: 'tcp-echo', ports: [{containerPort: 9000}]}, {name: 'istio-proxy'}]
  return {
    ...pod,
    spec: {containers},
    status: {
      phase: 'Running',
      containerStatuses: [
        {name: 'tcp-echo', ready: true},
        {name: 'istio-proxy', ready},
      ],
    },
  }
}

function view(pods: readonly DescribedPod[], asked = 'default'): PodView {
  const ingress = {address: '127.0.0.1', gateways: snapshot.gateways, virtualServices: snapshot.virtualServices, asked}
  return {
    asked,
    pods,
    services: [service],
    virtualServices: snapshot.virtualServices,
    rulesOf: indexRules(snapshot, proxyFor(MESH_PROXY)),
    peerAuthentications: [],
    ingress,
  }
}

test('a service is described with its rules and the way through the gateway', () => {
  expect(
    describeService(
      service,
      view(
        snapshot.pods.slice(0, 1).map((pod) => meshed(pod)),
        'other',
      ),
    ),
  ).toEqual([
    'Service: tcp-echo.default',
    '   Port: tcp 9000/TCP targets pod port 9000',
    '   Port: tcp-other 9001/TCP targets pod port 9001',
    '9000:',
    '   DestinationRule: tcp-echo-destination.default for "tcp-echo"',
    '      Matching subsets: v1',
    '         (Non-matching subsets v2)',
    '      No Traffic Policy',
    '9001:',
    '   DestinationRule: tcp-echo-destination.default for "tcp-echo"',
    '      Matching subsets: v1',
    '         (Non-matching subsets v2)',
    '      No Traffic Policy',
    '--------------------',
    'Exposed on Ingress Gateway tcp://127.0.0.1:31400',
    'VirtualService: tcp-echo.default',
    '   port:31400',
  ])
})

test('of the servers of a Gateway only those are named at which a route leads to the Service, each address once', () => {
  const server = (number: number, protocol: string, tls?: object) => ({port: {number, name: `p${number}`, protocol}, hosts: ['*'], ...(tls && {tls})})
  const servers = [
    server(31400, 'TLS', {mode: 'SIMPLE', credentialName: 'a'}),
    server(31400, 'TLS', {mode: 'MUTUAL', credentialName: 'b'}),
    server(31401, 'TCP'),
    server(31400, 'TLS', {mode: 'PASSTHROUGH'}),
    server(31400, 'HTTP'),
  ]
  const gateways = snapshot.gateways.map((gateway) => ({...gateway, spec: {...gateway.spec, servers}}))
  const shown = view(snapshot.pods.map((pod) => meshed(pod)))
  const described = describeService(service, {...shown, ingress: {address: '127.0.0.1', gateways, virtualServices: snapshot.virtualServices, asked: 'default'}})
  expect(described.filter((line) => line.startsWith('Exposed'))).toEqual(['Exposed on Ingress Gateway tls://127.0.0.1:31400'])
})

test.each([
  ['has no pods', [], ['Service "tcp-echo" has no pods.']],
  [
    'has pods without a sidecar',
    snapshot.pods.map((pod): DescribedPod => ({...pod, status: {phase: 'Running'}}) as DescribedPod),
    [
      'Pod tcp-echo-v1-0: no container "istio-proxy" in pod',
      'Pod tcp-echo-v2-0: no container "istio-proxy" in pod',
      'Service "tcp-echo" has no Istio pods.  (2 pods in service).',
      'Use `istioctl kube-inject` or redeploy with Istio automatic sidecar injection.',
    ],
  ],
  [
    'has a sidecar that is not ready',
    snapshot.pods.slice(0, 1).map((pod) => meshed(pod, false)),
    [
      'WARNING: Pod tcp-echo-v1-0 Container istio-proxy NOT READY',
      'Service "tcp-echo" has no Istio pods.  (1 pods in service).',
      'Use `istioctl kube-inject` or redeploy with Istio automatic sidecar injection.',
    ],
  ],
])('a service that %s', (_, pods, lines) => {
  expect(describeService(service, view(pods))).toEqual(lines)
})

test('a pod of no subset is warned about', () => {
  const [pod] = snapshot.pods
  const odd = meshed({...pod!, metadata: {...pod!.metadata, labels: {app: 'tcp-echo', version: 'v9'}}})
  expect(describePod(odd, view([odd]))).toEqual([
    'Pod: tcp-echo-v1-0',
    '   Pod Revision: ',
    '   Pod Ports: 9000 (tcp-echo)',
    '--------------------',
    'Service: tcp-echo',
    '   Port: tcp 9000/TCP targets pod port 9000',
    '   Port: tcp-other 9001/TCP targets pod port 9001',
    ...['9000:', '9001:'].flatMap((port) => [
      port,
      '   DestinationRule: tcp-echo-destination for "tcp-echo"',
      '      WARNING POD DOES NOT MATCH ANY SUBSETS.  (Non matching subsets v1,v2)',
      '      Matching subsets: ',
      '         (Non-matching subsets v1,v2)',
      '      No Traffic Policy',
    ]),
    '--------------------',
    'Effective PeerAuthentication:',
    '   Workload mTLS mode: PERMISSIVE',
    '--------------------',
    'Exposed on Ingress Gateway tcp://127.0.0.1:31400',
    'VirtualService: tcp-echo',
    '   port:31400',
  ])
})

test('without an ingress gateway its part is skipped', () => {
  const {ingress: _, ...rest} = view(snapshot.pods.map((pod) => meshed(pod)))
  expect(describeService(service, rest).at(-1)).toBe('Skipping Gateway information (no ingress gateway pods)')
})
