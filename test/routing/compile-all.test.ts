import {describe, expect, test} from 'vitest'
import {compileAll} from '../../src/routing/compile-all.js'
import {changedListeners} from './changed-listeners.js'
import type {Pod} from '../../src/routing/objects/pod.js'
import type {VirtualService} from '../../src/routing/objects/virtual-service.js'
import type {Snapshot} from '../../src/routing/snapshot.js'
import {largeSnapshot} from './large-snapshot.js'
import {INGRESS_PROXY, snapshotOf} from './snapshot-of.js'

/** A large cluster whose Services have addresses, and whose pods have sidecars but every third. */
function largeMesh(size: number): Snapshot {
  const snapshot = largeSnapshot(size)
  const injected = (pod: Pod, i: number): Pod => (i % 30 < 20 ? {...pod, spec: {containers: [{name: 'istio-proxy'}]}} : pod)
  return {
    ...snapshot,
    services: snapshot.services.map((service, i) => ({...service, spec: {...service.spec, clusterIP: `127.129.${i >> 8}.${i & 255}`}})),
    pods: snapshot.pods.map(injected),
  }
}

const ROUTE = [{destination: {host: 'echo-0.ns-0.svc.cluster.local', port: {number: 9000}}}]

function crowd(size: number, spec: (i: number) => NonNullable<VirtualService['spec']>): readonly VirtualService[] {
  return Array.from({length: size}, (_, i) => ({apiVersion: 'v1', kind: 'VirtualService', metadata: {name: `vs-${i}`, namespace: 'ns-0'}, spec: spec(i)}))
}

function gatewayOf(server: object): Snapshot['gateways'] {
  return [{apiVersion: 'v1', kind: 'Gateway', metadata: {name: 'gateway', namespace: 'ns-0'}, spec: {servers: [server]}}]
}

describe('everything in one routing', () => {
  test('has a listener for each server and each Service, with few chains', () => {
    const {listeners} = compileAll(largeMesh(100), INGRESS_PROXY)
    const mesh = listeners.filter(({scope}) => scope === 'mesh')
    expect([listeners.length, mesh.length, new Set(mesh.map(({chains}) => chains.length))]).toEqual([200, 100, new Set([2])])
  })

  test('is plain data that survives being sent to another thread', () => {
    const routing = compileAll(largeMesh(20), INGRESS_PROXY)
    expect(structuredClone(routing)).toEqual(routing)
    expect(Object.keys(routing.clusters).map((key) => key.split('/')[0]?.split('|')[0])).toEqual(expect.arrayContaining(['outbound', 'mesh', 'plain']))
  })

  test('leaves no destination under another view: every cluster key is its own', () => {
    const {listeners, clusters} = compileAll(largeMesh(20), INGRESS_PROXY)
    const used = new Set(listeners.flatMap(({chains}) => chains.flatMap(({route}) => route.destinations.map(({cluster}) => cluster))))
    expect([...used].filter((key) => clusters[key] === undefined)).toEqual([])
  })

  test('of nothing is empty', () => {
    expect(compileAll(snapshotOf(''), INGRESS_PROXY)).toEqual({listeners: [], clusters: {}, findings: []})
  })
})

describe('5,000 VirtualServices', () => {
  const base = largeMesh(1)

  test('passed through by name on one port are 5,000 chains', () => {
    const virtualServices = crowd(5000, (i) => ({hosts: [`${i}.example.com`], gateways: ['gateway'], tls: [{match: [{sniHosts: [`${i}.example.com`]}], route: ROUTE}]}))
    const gateways = gatewayOf({port: {number: 443, name: 'tls', protocol: 'TLS'}, hosts: ['*'], tls: {}})
    const {listeners} = compileAll({...base, gateways, virtualServices}, INGRESS_PROXY)
    expect(listeners.map(({chains}) => chains.length)).toEqual([5000, 1])
  })

  test('on one TCP port are one chain and 4,999 remarks', () => {
    const virtualServices = crowd(5000, () => ({hosts: ['*'], gateways: ['gateway'], tcp: [{route: ROUTE}]}))
    const gateways = gatewayOf({port: {number: 31400, name: 'tcp', protocol: 'TCP'}, hosts: ['*']})
    const {listeners, findings} = compileAll({...base, gateways, virtualServices}, INGRESS_PROXY)
    expect([listeners[0]?.chains.length, findings.filter(({code}) => code === 'dead-route').length]).toEqual([1, 4999])
  })

  test('for one Service of the mesh are a chain for each kind of client', () => {
    const virtualServices = crowd(5000, () => ({hosts: ['echo-0'], tcp: [{match: [{sourceLabels: {app: 'echo-0'}}], route: ROUTE}, {route: ROUTE}]}))
    const {listeners, findings} = compileAll({...base, gateways: [], virtualServices}, INGRESS_PROXY)
    expect(listeners.map(({chains}) => chains.map(({source}) => source?.rule))).toEqual([[0, 1]])
    expect(new Set(findings.map(({code}) => code))).toEqual(new Set(['mesh-without-client', 'mesh-dead-route']))
  })
})

describe('odd configurations', () => {
  test.each([
    ['Services that stand for each other', '{kind: Service, metadata: {name: a}, spec: {type: ExternalName, externalName: b.default.svc.cluster.local}}\n---\n{kind: Service, metadata: {name: b}, spec: {type: ExternalName, externalName: a.default.svc.cluster.local}}'],
    ['a Service without ports', '{kind: Service, metadata: {name: a}, spec: {clusterIP: 10.96.0.1, selector: {a: b}}}'],
    ['objects without a spec', '{kind: Gateway, metadata: {name: g}}\n---\n{kind: VirtualService, metadata: {name: v}}\n---\n{kind: DestinationRule, metadata: {name: d}}\n---\n{kind: Service, metadata: {name: s}}\n---\n{kind: Pod, metadata: {name: p}}'],
    ['blocks of nothing', '{kind: Gateway, metadata: {name: g}, spec: {servers: [{}, {port: {}}, {port: {number: 1}, tls: {mode: SIMPLE}}, {port: {number: 2}, tls: {mode: WHAT}}]}}\n---\n{kind: VirtualService, metadata: {name: v}, spec: {hosts: ["*"], gateways: [g, mesh], tcp: [{}, {match: [{}]}, {route: [{}]}], tls: [{}, {match: [{}], route: [{}]}]}}'],
  ])('%s break nothing', (_, manifest) => {
    expect(() => compileAll(snapshotOf(manifest), INGRESS_PROXY)).not.toThrow()
  })
})

test('a pod more in the mesh changes whom a chain is for and drains nothing', () => {
  const before = compileAll(largeMesh(2), INGRESS_PROXY)
  const snapshot = largeMesh(2)
  const late: Pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'late', namespace: 'ns-0'}, status: {podIP: '10.9.9.9'}}
  const {added, removed, changed} = changedListeners(before, compileAll({...snapshot, pods: [...snapshot.pods, late]}, INGRESS_PROXY))
  expect({added, removed, changed: changed.map(({after, drained}) => [after.scope, drained])}).toEqual({added: [], removed: [], changed: [['mesh', []], ['mesh', []]]})
})
