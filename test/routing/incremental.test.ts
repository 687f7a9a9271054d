import {describe, expect, test, vi} from 'vitest'
import type {KubeObject} from '../../src/api/object.js'
import {seededRandom, type Random} from '../../src/base/random.js'
import {compileAll} from '../../src/routing/compile-all.js'
import type {Routing} from '../../src/routing/routing.js'
import {shareRouting} from '../../src/routing/share.js'
import type {EndpointSlice} from '../../src/routing/objects/endpoint-slice.js'
import type {Pod} from '../../src/routing/objects/pod.js'
import type {VirtualService} from '../../src/routing/objects/virtual-service.js'
import type {Snapshot} from '../../src/routing/snapshot.js'
import {largeSnapshot} from './large-snapshot.js'
import {INGRESS_PROXY} from './snapshot-of.js'

const NOTHING: Routing = {listeners: [], clusters: {}, findings: []}

/** Services with addresses, so that the mesh takes part. */
function world(size: number): Snapshot {
  const snapshot = largeSnapshot(size)
  return {...snapshot, services: snapshot.services.map((service, i) => ({...service, spec: {...service.spec, clusterIP: `127.129.0.${i}`}}))}
}

function replaced<T>(list: readonly T[], at: number, change: (element: T) => T): readonly T[] {
  return list.map((element, i) => (i === at ? change(element) : element))
}

function withWeight(object: VirtualService, weight: number): VirtualService {
  const tcp = (object.spec?.tcp ?? []).map((block) => ({...block, route: (block.route ?? []).map((entry, i) => ({...entry, weight: i === 0 ? weight : 100 - weight}))}))
  return {...object, spec: {...object.spec, tcp}}
}

function withReadiness(pod: Pod, status: string): Pod {
  return {...pod, status: {...pod.status, conditions: [{type: 'Ready', status}]}}
}

function withEndpoint(slice: EndpointSlice, at: number, ready: boolean): EndpointSlice {
  return {...slice, endpoints: replaced(slice.endpoints ?? [], at, (endpoint) => ({...endpoint, conditions: {ready}}))}
}

/** What is in `after` and is not the very same object in `before`. */
function fresh(before: Routing, after: Routing): {listeners: readonly string[]; clusters: readonly string[]} {
  const known = new Set<object>([...before.listeners, ...Object.values(before.clusters)])
  return {
    listeners: after.listeners.filter((listener) => !known.has(listener)).map(({name}) => name),
    clusters: Object.entries(after.clusters).flatMap(([key, cluster]) => (known.has(cluster) ? [] : [key])),
  }
}

describe('after a change of', () => {
  const snapshot = world(20)
  const before = compileAll(snapshot, INGRESS_PROXY)
  const changes: readonly (readonly [string, Partial<Snapshot>, ReturnType<typeof fresh>])[] = [
    ['nothing but a fresh copy of everything', structuredClone(snapshot), {listeners: [], clusters: []}],
    ['a weight', {virtualServices: replaced(snapshot.virtualServices, 7, (object) => withWeight(object, 30))}, {listeners: ['0.0.0.0_10007'], clusters: []}],
    [
      'the policy of a host',
      {destinationRules: replaced(snapshot.destinationRules, 7, ({spec, ...rule}) => ({...rule, spec: {...spec, trafficPolicy: {connectionPool: {tcp: {maxConnections: 5}}}}}))},
      {listeners: [], clusters: ['', 'v1', 'v2'].flatMap((subset) => keysOf(subset, 7)).sort()},
    ],
    ['the pods of a Service', {pods: snapshot.pods.filter(({metadata}) => metadata.name !== 'echo-7-1')}, {listeners: [], clusters: ['outbound|9000|v2|echo-7.ns-7.svc.cluster.local', 'mesh/outbound|9000||echo-7.ns-7.svc.cluster.local', 'plain/outbound|9000||echo-7.ns-7.svc.cluster.local'].sort()}],
    ['the readiness a pod has by itself', {pods: replaced(snapshot.pods, 71, (pod) => withReadiness(pod, 'False'))}, {listeners: [], clusters: []}],
    [
      'the readiness a pod has by its EndpointSlice',
      {endpointSlices: replaced(snapshot.endpointSlices, 7, (slice) => withEndpoint(slice, 1, false))},
      {listeners: [], clusters: ['outbound|9000|v2|', 'mesh/outbound|9000||', 'plain/outbound|9000||'].map((prefix) => `${prefix}echo-7.ns-7.svc.cluster.local`).sort()},
    ],
    ['a VirtualService that is gone', {virtualServices: snapshot.virtualServices.filter((_, i) => i !== 7)}, {listeners: [], clusters: []}],
  ]

  test.each(changes)('%s, only what it touches is another object', (_, change, expected) => {
    const after = shareRouting(before, compileAll({...snapshot, ...change}, INGRESS_PROXY))
    const {listeners, clusters} = fresh(before, after)
    expect({listeners, clusters: [...clusters].sort()}).toEqual(expected)
    expect(after).toEqual(compileAll(structuredClone({...snapshot, ...change}), INGRESS_PROXY))
  })

  test('nothing at all, the routing is the very same', () => {
    expect(shareRouting(before, compileAll(structuredClone(snapshot), INGRESS_PROXY))).toBe(before)
  })
})

function keysOf(subset: string, i: number): readonly string[] {
  const name = `outbound|9000|${subset}|echo-${i}.ns-${i}.svc.cluster.local`
  return subset === '' ? [`mesh/${name}`] : [name]
}

const pick = <T>(list: readonly T[], random: Random): number => Math.floor(random() * list.length)

/** The kinds of changes there are; each leaves all other objects as they are. */
const CHANGES: readonly ((snapshot: Snapshot, random: Random) => Partial<Snapshot>)[] = [
  ({virtualServices}, random) => ({virtualServices: replaced(virtualServices, pick(virtualServices, random), (object) => withWeight(object, Math.floor(random() * 101)))}),
  ({virtualServices}, random) => ({virtualServices: without(virtualServices, random)}),
  ({virtualServices}, random) => ({virtualServices: replaced(virtualServices, pick(virtualServices, random), ({spec, ...object}) => ({...object, spec: {...spec, gateways: ['mesh', 'istio-system/gateway'], hosts: [object.metadata.name]}}))}),
  ({virtualServices}, random) => ({virtualServices: [...virtualServices, ...copies(virtualServices, random)]}),
  ({destinationRules}, random) => ({destinationRules: without(destinationRules, random)}),
  ({destinationRules}, random) => ({destinationRules: replaced(destinationRules, pick(destinationRules, random), ({spec, ...rule}) => ({...rule, spec: {...spec, trafficPolicy: {loadBalancer: {simple: 'ROUND_ROBIN'}}}}))}),
  ({services}, random) => ({services: without(services, random)}),
  ({pods}, random) => ({pods: without(pods, random)}),
  ({pods}, random) => ({pods: replaced(pods, pick(pods, random), (pod) => ({...pod, spec: {containers: [{name: 'istio-proxy'}]}}))}),
  ({pods}, random) => ({pods: replaced(pods, pick(pods, random), ({metadata, ...pod}) => ({...pod, metadata: {...metadata, labels: {...metadata.labels, version: 'v1'}}}))}),
  ({endpointSlices}, random) => ({endpointSlices: replaced(endpointSlices, pick(endpointSlices, random), (slice) => ({...slice, endpoints: (slice.endpoints ?? []).slice(1)}))}),
  ({gateways}, random) => ({gateways: replaced(gateways, 0, ({spec, ...gateway}) => ({...gateway, spec: {...spec, servers: without(spec?.servers ?? [], random)}}))}),
]

function without<T>(list: readonly T[], random: Random): readonly T[] {
  const at = pick(list, random)
  return list.length <= 3 ? list : list.filter((_, i) => i !== at)
}

function copies<T extends KubeObject>(list: readonly T[], random: Random): readonly T[] {
  const object = list[pick(list, random)]
  return object === undefined ? [] : [{...object, metadata: {...object.metadata, name: `${object.metadata.name}-again`}}]
}

const PORTS = [{number: 5432, name: 'tcp', protocol: 'TCP'}]
const SEALED = {port: {number: 8443, name: 'tls', protocol: 'TLS'}, hosts: ['*'], tls: {mode: 'SIMPLE', credentialName: 'server'}}

function object(kind: string, name: string, namespace: string, rest: object): KubeObject {
  return {apiVersion: 'v1', kind, metadata: {name, ...(namespace !== '' && {namespace}), uid: `${kind} ${name}`}, ...rest}
}

function entry(name: string, spec: object): KubeObject {
  return object('ServiceEntry', name, 'ns-2', {spec})
}

function tcpRoute(weight: number): KubeObject {
  const backendRefs = [0, 1].map((i) => ({name: 'echo-5', port: 9000, weight: i === 0 ? weight : 100 - weight}))
  return object('TCPRoute', 'api', 'ns-5', {spec: {parentRefs: [{name: 'api'}], rules: [{backendRefs}]}})
}

/** Other objects there may be: each comes and goes, and some change while they are there. */
const OTHERS: readonly (readonly [keyof Lists, KubeObject, ...KubeObject[]])[] = [
  ['serviceEntries', entry('names', {hosts: ['db.example.com'], addresses: ['127.140.0.1'], ports: PORTS, resolution: 'DNS'})],
  [
    'serviceEntries',
    entry('selected', {hosts: ['echo.outside'], addresses: ['127.140.0.2'], ports: PORTS, resolution: 'STATIC', location: 'MESH_INTERNAL', workloadSelector: {labels: {version: 'v1'}}}),
    entry('selected', {hosts: ['echo.outside'], ports: PORTS, resolution: 'STATIC', workloadSelector: {labels: {version: 'v2'}}}),
  ],
  [
    'workloadEntries',
    object('WorkloadEntry', 'machine', 'ns-1', {spec: {address: '127.141.0.1', labels: {app: 'echo-1', version: 'v1'}}}),
    object('WorkloadEntry', 'machine', 'ns-1', {spec: {address: '127.141.0.2', labels: {app: 'echo-1', version: 'v2'}, weight: 3}}),
  ],
  ['virtualServices', object('VirtualService', 'outside', 'ns-2', {spec: {hosts: ['*'], gateways: ['istio-system/gateway'], tcp: [{match: [{port: 10_002}], route: [{destination: {host: 'db.example.com'}}]}]}})],
  ['virtualServices', object('VirtualService', 'inside', 'ns-3', {spec: {hosts: ['echo-3'], tcp: [{route: [{destination: {host: 'echo.outside'}}]}]}})],
  [
    'destinationRules',
    object('DestinationRule', 'sealed', 'ns-2', {spec: {host: 'db.example.com', trafficPolicy: {tls: {mode: 'MUTUAL', credentialName: 'client'}}}}),
    object('DestinationRule', 'sealed', 'ns-2', {spec: {host: 'db.example.com', trafficPolicy: {outlierDetection: {consecutive5xxErrors: 3}}}}),
  ],
  ['gateways', object('Gateway', 'sealed', 'istio-system', {spec: {selector: {istio: 'ingressgateway'}, servers: [SEALED]}})],
  ['virtualServices', object('VirtualService', 'sealed', 'ns-4', {spec: {hosts: ['*'], gateways: ['istio-system/sealed'], tcp: [{route: [{destination: {host: 'echo-4', port: {number: 9000}}}]}]}})],
  ['gatewayClasses', object('GatewayClass', 'istio', '', {spec: {controllerName: 'istio.io/gateway-controller'}})],
  ['k8sGateways', object('Gateway', 'api', 'ns-5', {spec: {gatewayClassName: 'istio', listeners: [{name: 'tcp', port: 7000, protocol: 'TCP'}]}})],
  ['services', object('Service', 'api-istio', 'ns-5', {spec: {clusterIP: '127.142.0.1', selector: {'gateway.networking.k8s.io/gateway-name': 'api'}, ports: [{name: 'tcp', port: 7000}]}})],
  ['tcpRoutes', tcpRoute(80), tcpRoute(50)],
]

type Lists = Required<Omit<Snapshot, 'credentials' | 'resolved' | 'lookupProblems'>>

/** One of the OTHERS comes, changes or goes. */
function other(snapshot: Snapshot, random: Random): Partial<Snapshot> {
  const [field = 'pods', ...versions] = OTHERS[pick(OTHERS, random)] ?? []
  const list: readonly KubeObject[] = snapshot[field] ?? []
  const rest = list.filter(({metadata, kind}) => kind !== versions[0]?.kind || metadata.name !== versions[0].metadata.name)
  const fresh = structuredClone(versions[pick(versions, random)])
  return {[field]: rest.length < list.length && random() < 0.4 ? rest : [...rest, ...(fresh === undefined ? [] : [fresh])]}
}

/** Of the changes of endpoints, which are the most. */
const READINESS: typeof CHANGES = [
  ({pods}, random) => ({pods: replaced(pods, pick(pods, random), (pod) => withReadiness(pod, random() < 0.5 ? 'True' : 'False'))}),
  ({endpointSlices}, random) => ({
    endpointSlices: replaced(endpointSlices, pick(endpointSlices, random), (slice) => withEndpoint(slice, Math.floor(random() * 10), random() < 0.5)),
  }),
  ({endpointSlices}, random) => ({
    endpointSlices: replaced(endpointSlices, pick(endpointSlices, random), (slice) => ({...slice, endpoints: (slice.endpoints ?? []).slice(0, Math.floor(random() * 3))})),
  }),
  (_, random) => ({resolved: random() < 0.3 ? {} : {'db.example.com': random() < 0.5 ? ['127.143.0.1'] : ['127.143.0.1', '127.143.0.2']}}),
  (_, random) => {
    const credential = random() < 0.5 ? {problem: 'Secret not found'} : {pair: {certificate: `certificate ${Math.floor(random() * 2)}`, privateKey: 'key'}, ca: 'authority'}
    return {credentials: {'secret:istio-system/client': credential, 'secret:istio-system/server': credential}}
  },
]

/**
 * All changes first, so that what the compiler remembers is never of the copies, which are compiled by another one afterwards. Deleted objects come back
 * as they were, or as others of the same name.
 */
test.each([1, 2, 3, 4])('random changes lead to what a compiler without a memory makes of the same objects (seed %i)', async (seed) => {
  const random = seededRandom(seed)
  const start = world(6)
  const kinds = [...CHANGES, ...READINESS, other, other, other, other, other, other, restore(start)]
  const steps: {snapshot: Snapshot; routing: Routing}[] = []
  let [snapshot, routing] = [start, NOTHING]
  for (let step = 0; step < 60; step++) {
    snapshot = {...snapshot, ...kinds[pick(kinds, random)]?.(snapshot, random)}
    routing = shareRouting(routing, compileAll(snapshot, INGRESS_PROXY))
    steps.push({snapshot, routing})
  }
  vi.resetModules()
  const fresh = await import('../../src/routing/compile-all.js')
  for (const [step, {snapshot, routing}] of steps.entries()) {
    expect(sorted(routing), `step ${step}`).toEqual(sorted(fresh.compileAll(structuredClone(snapshot), structuredClone(INGRESS_PROXY))))
  }
})

/** One kind of objects is again as it was in the beginning. */
function restore(start: Snapshot): (typeof CHANGES)[number] {
  const fields = ['virtualServices', 'destinationRules', 'services', 'pods', 'endpointSlices', 'gateways'] as const
  return (_, random) => {
    const field = fields[pick(fields, random)] ?? 'pods'
    return {[field]: start[field]}
  }
}

/** Findings have no order among themselves. */
function sorted({findings, ...routing}: Routing): Routing {
  return {...routing, findings: [...findings].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))}
}
