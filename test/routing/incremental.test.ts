import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../src/api/object.js'
import {seededRandom, type Random} from '../../src/base/random.js'
import {compileAll} from '../../src/routing/compile-all.js'
import type {Routing} from '../../src/routing/routing.js'
import {shareRouting} from '../../src/routing/share.js'
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

test.each([1, 2, 3])('random changes lead to what a compiler without a memory makes of the same objects (seed %i)', (seed) => {
  const random = seededRandom(seed)
  let snapshot = world(6)
  let routing = NOTHING
  for (let step = 0; step < 40; step++) {
    const change = CHANGES[pick(CHANGES, random)]
    snapshot = {...snapshot, ...change?.(snapshot, random)}
    routing = shareRouting(routing, compileAll(snapshot, INGRESS_PROXY))
    expect(routing, `step ${step}`).toEqual(compileAll(structuredClone(snapshot), INGRESS_PROXY))
  }
})
