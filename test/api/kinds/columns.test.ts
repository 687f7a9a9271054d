import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/api/object.js'
import {typeFor} from '../../../src/api/registry.js'

const NOW = Date.parse('2026-11-21T02:49:19Z')
const metadata = {name: 'x', namespace: 'n', creationTimestamp: '2026-11-21T02:49:16Z'}

function headers(kind: string, apiVersion: string, isWide: boolean): string {
  return typeFor({kind, apiVersion}).columns.filter(({wide}) => isWide || wide !== true).map(({name}) => name.toUpperCase()).join('|')
}

function row(object: object): string {
  const whole = {metadata, ...object} as KubeObject
  return typeFor(whole).columns.map((column) => column.cell(whole, NOW)).join('|')
}

// as the header lines of kubectl 1.35.2
test.each([
  ['v1', 'Namespace', 'STATUS|AGE', ''],
  ['v1', 'Service', 'TYPE|CLUSTER-IP|EXTERNAL-IP|PORT(S)|AGE', '|SELECTOR'],
  ['apps/v1', 'Deployment', 'READY|UP-TO-DATE|AVAILABLE|AGE', '|CONTAINERS|IMAGES|SELECTOR'],
  ['apps/v1', 'ReplicaSet', 'DESIRED|CURRENT|READY|AGE', '|CONTAINERS|IMAGES|SELECTOR'],
  ['apps/v1', 'StatefulSet', 'READY|AGE', '|CONTAINERS|IMAGES'],
  ['batch/v1', 'Job', 'STATUS|COMPLETIONS|DURATION|AGE', '|CONTAINERS|IMAGES|SELECTOR'],
  ['apps/v1', 'DaemonSet', 'DESIRED|CURRENT|READY|UP-TO-DATE|AVAILABLE|NODE SELECTOR|AGE', '|CONTAINERS|IMAGES|SELECTOR'],
  ['apps/v1', 'ControllerRevision', 'CONTROLLER|REVISION|AGE', ''],
  ['v1', 'PersistentVolumeClaim', 'STATUS|VOLUME|CAPACITY|ACCESS MODES|STORAGECLASS|VOLUMEATTRIBUTESCLASS|AGE', '|VOLUMEMODE'],
  ['v1', 'Pod', 'READY|STATUS|RESTARTS|AGE', '|IP|NODE|NOMINATED NODE|READINESS GATES'],
  ['v1', 'Endpoints', 'ENDPOINTS|AGE', ''],
  ['discovery.k8s.io/v1', 'EndpointSlice', 'ADDRESSTYPE|PORTS|ENDPOINTS|AGE', ''],
  ['v1', 'ServiceAccount', 'SECRETS|AGE', ''],
  ['v1', 'ConfigMap', 'DATA|AGE', ''],
  ['v1', 'Secret', 'TYPE|DATA|AGE', ''],
  ['v1', 'Node', 'STATUS|ROLES|AGE|VERSION', '|INTERNAL-IP|EXTERNAL-IP|OS-IMAGE|KERNEL-VERSION|CONTAINER-RUNTIME'],
  ['networking.istio.io/v1', 'Gateway', 'AGE', ''],
  ['networking.istio.io/v1', 'VirtualService', 'GATEWAYS|HOSTS|AGE', ''],
  ['networking.istio.io/v1', 'DestinationRule', 'HOST|AGE', ''],
  ['networking.istio.io/v1', 'ServiceEntry', 'HOSTS|LOCATION|RESOLUTION|AGE', ''],
  ['networking.istio.io/v1', 'WorkloadEntry', 'AGE|ADDRESS', ''],
  ['networking.istio.io/v1', 'WorkloadGroup', 'AGE', ''],
  ['networking.istio.io/v1', 'Sidecar', 'AGE', ''],
  ['security.istio.io/v1', 'PeerAuthentication', 'MODE|AGE', ''],
  ['gateway.networking.k8s.io/v1', 'Gateway', 'CLASS|ADDRESS|PROGRAMMED|AGE', ''],
  ['gateway.networking.k8s.io/v1', 'GatewayClass', 'CONTROLLER|ACCEPTED|AGE', '|DESCRIPTION'],
  ['gateway.networking.k8s.io/v1', 'TCPRoute', 'AGE', ''],
  ['gateway.networking.k8s.io/v1', 'TLSRoute', 'AGE', ''],
  ['gateway.networking.k8s.io/v1', 'ReferenceGrant', 'AGE', ''],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'HOSTNAMES|AGE', ''],
  ['security.istio.io/v1', 'AuthorizationPolicy', 'ACTION|AGE', ''],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'CREATED AT', ''],
])('%s %s has the columns %s', (apiVersion, kind, narrow, more) => {
  expect([headers(kind, apiVersion, false), headers(kind, apiVersion, true)]).toEqual([narrow, narrow + more])
})

test('events show their name last and only in wide tables', () => {
  expect(headers('Event', 'v1', false)).toBe('LAST SEEN|TYPE|REASON|OBJECT|MESSAGE')
  expect(headers('Event', 'v1', true)).toBe('LAST SEEN|TYPE|REASON|OBJECT|SUBOBJECT|SOURCE|MESSAGE|FIRST SEEN|COUNT|NAME')
})

const service = (spec: object, status: object = {}) => ({apiVersion: 'v1', kind: 'Service', spec, status})
const image = 'docker.io/istio/tcp-echo-server:1.3'
const selector = {matchLabels: {version: 'v1', app: 'tcp-echo'}}
const template = {spec: {containers: [{name: 'tcp-echo', image}]}}
const addresses = [{ip: '10.244.0.10'}, {ip: '10.244.0.11'}]
const ports = [{name: 'tcp', port: 9000}, {name: 'tcp-other', port: 9001}]
const istio = {apiVersion: 'networking.istio.io/v1'}

test.each<[string, object]>([
  ['Active|3s', {apiVersion: 'v1', kind: 'Namespace', status: {phase: 'Active'}}],
  ['ClusterIP|10.96.0.10|<none>|9000/TCP,9001/TCP|3s|app=tcp-echo', service({type: 'ClusterIP', clusterIP: '10.96.0.10', clusterIPs: ['10.96.0.10'], ports, selector: {app: 'tcp-echo'}})],
  ['ClusterIP|None|1.1.1.1,2.2.2.2|<none>|3s|<none>', service({type: 'ClusterIP', clusterIP: 'None', externalIPs: ['1.1.1.1', '2.2.2.2']})],
  ['LoadBalancer|10.0.0.1|<pending>|80:30001/UDP|3s|<none>', service({type: 'LoadBalancer', clusterIP: '10.0.0.1', ports: [{port: 80, nodePort: 30001, protocol: 'UDP'}]})],
  ['LoadBalancer|10.0.0.1|127.0.0.1|80:30001/TCP|3s|<none>', service({type: 'LoadBalancer', clusterIP: '10.0.0.1', ports: [{port: 80, nodePort: 30001}]}, {loadBalancer: {ingress: [{ip: '127.0.0.1'}]}})],
  ['LoadBalancer|10.0.0.1|a.example.com...|<none>|3s|<none>', service({type: 'LoadBalancer', clusterIP: '10.0.0.1'}, {loadBalancer: {ingress: [{hostname: 'b.example.com'}, {hostname: 'a.example.com'}]}})],
  ['ExternalName|<none>|example.com|<none>|3s|<none>', service({type: 'ExternalName', externalName: 'example.com'})],
  [`1/1|1|1|3s|tcp-echo|${image}|app=tcp-echo,version=v1`, {apiVersion: 'apps/v1', kind: 'Deployment', spec: {replicas: 1, selector, template}, status: {readyReplicas: 1, updatedReplicas: 1, availableReplicas: 1}}],
  [`0/2|0|0|3s|tcp-echo|${image}|<none>`, {apiVersion: 'apps/v1', kind: 'Deployment', spec: {replicas: 2, template}}],
  [`1|1|0|3s|tcp-echo|${image}|app=tcp-echo,version=v1`, {apiVersion: 'apps/v1', kind: 'ReplicaSet', spec: {replicas: 1, selector, template}, status: {replicas: 1}}],
  ['10.244.0.10:9000,10.244.0.11:9000,10.244.0.10:9001 + 1 more...|3s', {apiVersion: 'v1', kind: 'Endpoints', subsets: [{addresses, ports}]}],
  ['<none>|3s', {apiVersion: 'v1', kind: 'Endpoints'}],
  ['10.0.0.1,[::1]:1|3s', {apiVersion: 'v1', kind: 'Endpoints', subsets: [{addresses: [{ip: '10.0.0.1'}]}, {addresses: [{ip: '::1'}], ports: [{port: 1}]}]}],
  ['IPv4|9000,9001|10.244.0.10,10.244.0.11|3s', {apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', addressType: 'IPv4', ports, endpoints: addresses.map(({ip}) => ({addresses: [ip]}))}],
  ['IPv4|<unset>|<unset>|3s', {apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', addressType: 'IPv4', ports: null, endpoints: null}],
  ['0|3s', {apiVersion: 'v1', kind: 'ServiceAccount'}],
  ['2|3s', {apiVersion: 'v1', kind: 'ConfigMap', data: {a: 'b'}, binaryData: {c: 'eA=='}}],
  ['Opaque|1|3s', {apiVersion: 'v1', kind: 'Secret', type: 'Opaque', data: {a: 'eA=='}}],
  [
    'Ready|control-plane|3s|v1.35.2|127.0.0.1|<none>|tshift|node|tshift://1.0.0',
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {...metadata, labels: {'node-role.kubernetes.io/control-plane': ''}},
      status: {
        conditions: [{type: 'Ready', status: 'True'}],
        addresses: [{type: 'InternalIP', address: '127.0.0.1'}],
        nodeInfo: {kubeletVersion: 'v1.35.2', osImage: 'tshift', kernelVersion: 'node', containerRuntimeVersion: 'tshift://1.0.0'},
      },
    },
  ],
  ['NotReady,SchedulingDisabled|<none>|3s||<none>|<none>|<unknown>|<unknown>|<unknown>', {apiVersion: 'v1', kind: 'Node', spec: {unschedulable: true}, status: {conditions: [{type: 'Ready', status: 'False'}]}}],
  ['["tcp-echo-gateway"]|["*"]|3s', {...istio, kind: 'VirtualService', spec: {gateways: ['tcp-echo-gateway'], hosts: ['*']}}],
  ['|["a","b"]|3s', {...istio, kind: 'VirtualService', spec: {hosts: ['a', 'b']}}],
  ['tcp-echo|3s', {...istio, kind: 'DestinationRule', spec: {host: 'tcp-echo'}}],
  ['<unknown>', {...istio, kind: 'Gateway', metadata: {name: 'g'}, spec: {}}],
  [
    '5s|Normal|Started|pod/tcp-echo|spec.containers{tcp-echo}|kubelet|Started container|5s|1|x',
    {
      apiVersion: 'v1',
      kind: 'Event',
      type: 'Normal',
      reason: 'Started',
      message: 'Started container\n',
      involvedObject: {kind: 'Pod', name: 'tcp-echo', fieldPath: 'spec.containers{tcp-echo}'},
      source: {component: 'kubelet'},
      firstTimestamp: '2026-11-21T02:49:14Z',
      lastTimestamp: '2026-11-21T02:49:14Z',
    },
  ],
  ['["a.b"]|MESH_EXTERNAL|DNS|3s', {...istio, kind: 'ServiceEntry', spec: {hosts: ['a.b'], location: 'MESH_EXTERNAL', resolution: 'DNS'}}],
  ['3s|10.0.0.1', {...istio, kind: 'WorkloadEntry', spec: {address: '10.0.0.1'}}],
  [
    'istio|127.0.0.1 ::1|True|3s',
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      spec: {gatewayClassName: 'istio'},
      status: {addresses: [{value: '127.0.0.1'}, {value: '::1'}], conditions: [{type: 'Accepted', status: 'False'}, {type: 'Programmed', status: 'True'}]},
    },
  ],
  ['istio|||3s', {apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', spec: {gatewayClassName: 'istio'}}],
  ['nginx|a.b c.d||3s', {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', spec: {ingressClassName: 'nginx', rules: [{host: 'a.b'}, {host: 'c.d'}]}}],
  ['["a.b"]|3s', {apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', spec: {hostnames: ['a.b']}}],
  [
    '1s|||node||scheduler, host||9s|7|x',
    {
      apiVersion: 'v1',
      kind: 'Event',
      involvedObject: {kind: 'Node'},
      reportingComponent: 'scheduler',
      reportingInstance: 'host',
      eventTime: '2026-11-21T02:49:10Z',
      series: {count: 7, lastObservedTime: '2026-11-21T02:49:18Z'},
    },
  ],
])('%s', (cells, object) => {
  expect(row(object)).toBe(cells)
})

describe('pods', () => {
  const running = {running: {startedAt: '2026-11-21T02:49:15Z'}}
  const up = (name: string, restartCount = 0) => ({name, ready: true, started: true, restartCount, state: running})
  const stopped = (terminated: object) => ({name: 'a', ready: false, restartCount: 0, state: {terminated}})
  const waiting = (reason: string, restartCount = 0) => ({name: 'a', ready: false, restartCount, state: {waiting: {reason}}, lastState: {terminated: {exitCode: 1, finishedAt: '2026-11-21T02:44:19Z'}}})
  const two = {containers: [{name: 'a'}, {name: 'b'}], initContainers: [{name: 'i'}, {name: 'j'}]}
  const deleted = {...metadata, deletionTimestamp: '2026-11-21T02:49:18Z'}
  const cells = (status: object, spec: object = {containers: [{name: 'a'}]}, meta: object = metadata) =>
    row({apiVersion: 'v1', kind: 'Pod', metadata: meta, spec, status}).split('|').slice(0, 3).join('|')

  test.each<[string, string]>([
    ['0/1|Pending|0', cells({phase: 'Pending'})],
    ['0/1|Evicted|0', cells({phase: 'Failed', reason: 'Evicted'})],
    ['0/1|SchedulingGated|0', cells({phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False', reason: 'SchedulingGated'}]})],
    ['0/1|ContainerCreating|0', cells({phase: 'Pending', containerStatuses: [waiting('ContainerCreating')]})],
    ['2/2|Running|0', cells({phase: 'Running', containerStatuses: [up('a'), up('b')]}, two)],
    ['1/2|CrashLoopBackOff|3 (5m ago)', cells({phase: 'Running', containerStatuses: [waiting('CrashLoopBackOff', 3), up('b')]}, two)],
    ['1/1|Running|2', cells({phase: 'Running', containerStatuses: [up('a', 2)]})],
    ['0/1|ErrImagePull|0', cells({phase: 'Pending', containerStatuses: [waiting('ErrImagePull')]})],
    ['0/1|Completed|0', cells({phase: 'Succeeded', containerStatuses: [stopped({exitCode: 0, reason: 'Completed'})]})],
    ['0/1|ExitCode:3|0', cells({phase: 'Failed', containerStatuses: [stopped({exitCode: 3})]})],
    ['0/1|Signal:9|0', cells({phase: 'Failed', containerStatuses: [stopped({exitCode: 137, signal: 9})]})],
    ['0/1|OOMKilled|0', cells({phase: 'Failed', containerStatuses: [stopped({exitCode: 137, reason: 'OOMKilled'})]})],
    ['1/2|NotReady|0', cells({phase: 'Running', containerStatuses: [stopped({exitCode: 0, reason: 'Completed'}), up('b')]}, two)],
    ['1/2|Running|0', cells({phase: 'Running', conditions: [{type: 'Ready', status: 'True'}], containerStatuses: [stopped({exitCode: 0, reason: 'Completed'}), up('b')]}, two)],
    ['0/2|Init:0/2|0', cells({phase: 'Pending', initContainerStatuses: [{name: 'i', ready: false, restartCount: 0, state: running}], containerStatuses: [waiting('PodInitializing')]}, two)],
    ['0/2|Init:1/2|0', cells({phase: 'Pending', initContainerStatuses: [stopped({exitCode: 0}), {name: 'j', ready: false, restartCount: 0, state: {waiting: {reason: 'PodInitializing'}}}]}, two)],
    ['0/2|Init:CrashLoopBackOff|4 (5m ago)', cells({phase: 'Pending', initContainerStatuses: [waiting('CrashLoopBackOff', 4)]}, two)],
    ['0/2|Init:Error|0', cells({phase: 'Failed', initContainerStatuses: [stopped({exitCode: 1, reason: 'Error'})]}, two)],
    ['0/2|Init:ExitCode:1|0', cells({phase: 'Failed', initContainerStatuses: [stopped({exitCode: 1})]}, two)],
    ['0/2|Init:Signal:9|0', cells({phase: 'Failed', initContainerStatuses: [stopped({exitCode: 1, signal: 9})]}, two)],
    ['2/2|Running|1', cells({phase: 'Running', initContainerStatuses: [up('i', 1)], containerStatuses: [up('a')]}, {containers: [{name: 'a'}], initContainers: [{name: 'i', restartPolicy: 'Always'}]})],
    ['1/1|Running|0', cells({phase: 'Running', initContainerStatuses: [{...stopped({exitCode: 0}), restartCount: 5}], containerStatuses: [up('a')]}, {containers: [{name: 'a'}], initContainers: [{name: 'a'}]})],
    ['1/1|Terminating|0', cells({phase: 'Running', containerStatuses: [up('a')]}, undefined, deleted)],
    ['1/1|Unknown|0', cells({phase: 'Running', reason: 'NodeLost', containerStatuses: [up('a')]}, undefined, deleted)],
    ['0/1|Completed|0', cells({phase: 'Succeeded', containerStatuses: [stopped({exitCode: 0, reason: 'Completed'})]}, undefined, deleted)],
  ])('%s', (expected, actual) => {
    expect(actual).toBe(expected)
  })

  test('wide tables show the address, the node and the readiness gates', () => {
    const placed = {apiVersion: 'v1', kind: 'Pod', spec: {containers: [], nodeName: 'tshift', readinessGates: [{conditionType: 'a'}, {conditionType: 'b'}]}, status: {podIP: '10.244.0.10', podIPs: [{ip: '10.244.0.10'}], conditions: [{type: 'a', status: 'True'}]}}
    expect(row(placed).split('|').slice(4)).toEqual(['10.244.0.10', 'tshift', '<none>', '1/2'])
    expect(row({apiVersion: 'v1', kind: 'Pod', spec: {containers: []}}).split('|').slice(4)).toEqual(['<none>', '<none>', '<none>', '<none>'])
  })
})
