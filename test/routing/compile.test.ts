import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../src/api/object.js'
import {compile} from '../../src/routing/compile.js'
import type {VirtualService} from '../../src/routing/objects/virtual-service.js'
import type {Snapshot} from '../../src/routing/snapshot.js'
import {largeSnapshot} from './large-snapshot.js'
import {INGRESS_PROXY, snapshotOf} from './snapshot-of.js'

/** How often compile reads `metadata` and `spec` of the objects of a snapshot. */
function readsOf(snapshot: Snapshot): number {
  let reads = 0
  const counted = <T extends KubeObject>(objects: readonly T[]): T[] =>
    objects.map((object) => new Proxy(object, {get: (target, key, receiver) => ((reads += 1), Reflect.get(target, key, receiver) as unknown)}))
  const {gateways, virtualServices, destinationRules, services, endpointSlices, pods} = snapshot
  compile(
    {
      gateways: counted(gateways),
      virtualServices: counted(virtualServices),
      destinationRules: counted(destinationRules),
      services: counted(services),
      endpointSlices: counted(endpointSlices),
      pods: counted(pods),
    },
    INGRESS_PROXY,
  )
  return reads
}

/** Every VirtualService applies to every port and belongs to the first: all others are dead. */
function crowded(size: number): Snapshot {
  const snapshot = largeSnapshot(size)
  const withoutMatch = ({spec, ...rest}: VirtualService) => ({...rest, spec: {...spec, tcp: (spec?.tcp ?? []).map(({route = []}) => ({route}))}})
  return {...snapshot, virtualServices: snapshot.virtualServices.map(withoutMatch)}
}

describe('a large snapshot', () => {
  test('becomes one listener for each server and two clusters for each', () => {
    const {listeners, clusters, findings} = compile(largeSnapshot(100), INGRESS_PROXY)
    const endpoints = Object.values(clusters).map((cluster) => cluster.endpoints.length)
    expect({listeners: listeners.length, clusters: endpoints.length, endpoints: new Set(endpoints), codes: new Set(findings.map(({code}) => code))}).toEqual({
      listeners: 100,
      clusters: 200,
      endpoints: new Set([5]),
      codes: new Set(['port-not-on-service']),
    })
  })

  test.each([
    ['on ports of their own', largeSnapshot],
    ['all on the same ports', crowded],
  ])('of twice the size, with VirtualServices %s, is read about twice as often', (_, build) => {
    const [once, twice] = [readsOf(build(100)), readsOf(build(200))]
    expect(twice / once).toBeLessThan(2.4)
  })
})

describe('a compiled routing', () => {
  const manifest = `
{kind: Service, metadata: {name: echo}, spec: {selector: {app: echo}, ports: [{name: tcp, port: 9000}]}}
---
{kind: Deployment, metadata: {name: echo}, spec: {template: {metadata: {labels: {app: echo}}}}}
---
{kind: Gateway, metadata: {name: g}, spec: {servers: [{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ["*"]}]}}
---
{kind: VirtualService, metadata: {name: echo}, spec: {hosts: ["*"], gateways: [g], tcp: [{route: [{destination: {host: echo}}]}]}}
`

  test('is plain data that survives being sent to another thread', () => {
    const routing = compile(snapshotOf(manifest), INGRESS_PROXY)
    expect(structuredClone(routing)).toEqual(routing)
  })

  test('is the same for the same snapshot in another order, and leaves the snapshot as it was', () => {
    const snapshot = snapshotOf(manifest)
    const copy = structuredClone(snapshot)
    const reversed = {...snapshot, services: snapshot.services.toReversed(), pods: snapshot.pods.toReversed()}
    expect(compile(reversed, INGRESS_PROXY)).toEqual(compile(snapshot, INGRESS_PROXY))
    expect(snapshot).toEqual(copy)
  })

  test('of nothing is empty', () => {
    expect(compile(snapshotOf(''), INGRESS_PROXY)).toEqual({listeners: [], clusters: {}, findings: []})
  })

  test('a Gateway without selector is for every gateway workload', () => {
    expect(compile(snapshotOf(manifest), INGRESS_PROXY).listeners.map(({name}) => name)).toEqual(['0.0.0.0_31400'])
  })
})
