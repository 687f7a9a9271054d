import {describe, expect, test} from 'vitest'
import {ClusterLoad} from '../../src/engine/cluster-load.js'
import {ClusterLoads} from '../../src/engine/cluster-loads.js'
import {MOST_GONE} from '../../src/engine/counters.js'
import {alwaysHealthy, type ConnectOutcome, type EndpointHealth} from '../../src/engine/health/endpoint-health.js'
import type {Cluster} from '../../src/routing/routing.js'
import {routingOf} from './routing-of.js'

const endpoints = (...hosts: number[]) => hosts.map((host) => ({address: `10.0.0.${host}`, port: 9000}))

function clusterOf(shape: Partial<Cluster> & Pick<Cluster, 'endpoints'>): Cluster {
  return {...(routingOf([], {v1: shape}).clusters['v1'] ?? expect.unreachable()), ...shape}
}

const OUTLIERS = {consecutive5xx: 1, intervalMs: 1000, baseEjectionMs: 1000, maxEjectionPercent: 100, panicPercent: 0}
const first = () => 0

/** Health that the test decides, and that notes what it is told. */
function healthOf() {
  const told: (readonly [string, ConnectOutcome])[] = []
  let ejected: ReadonlySet<string> = new Set()
  const health: EndpointHealth = {ejected: () => ejected, report: (_cluster, endpoint, outcome) => void told.push([endpoint, outcome])}
  return {health, told, eject: (...keys: string[]) => (ejected = new Set(keys))}
}

function pick(load: ClusterLoad, cluster: Cluster, count: number): (string | undefined)[] {
  return Array.from({length: count}, () => load.begin(cluster, first, undefined)?.address)
}

test('counts attempts, open connections and failures of each endpoint', () => {
  const load = new ClusterLoad({key: 'v1'})
  const cluster = clusterOf({endpoints: endpoints(1, 2), loadBalancer: 'ROUND_ROBIN'})
  const [one, two] = [load.begin(cluster, first, undefined), load.begin(cluster, first, undefined)]
  load.begin(cluster, first, undefined)
  if (one === undefined || two === undefined) return expect.unreachable()
  load.connected(one)
  load.connectFailed(two)
  load.end(two)
  expect(load.endpointStats()).toEqual({
    '10.0.0.1:9000': {total: 2, active: 2, connectFailed: 0},
    '10.0.0.2:9000': {total: 1, active: 0, connectFailed: 1},
  })
})

test('an endpoint that is gone is known for as long as it has connections', () => {
  const load = new ClusterLoad({key: 'v1'})
  const held = load.begin(clusterOf({endpoints: endpoints(1)}), first, undefined) ?? expect.unreachable()
  pick(load, clusterOf({endpoints: endpoints(2)}), 1)
  const before = Object.keys(load.endpointStats())
  load.end(held)
  expect([before, Object.keys(load.endpointStats())]).toEqual([['10.0.0.2:9000', '10.0.0.1:9000'], ['10.0.0.2:9000']])
})

test('connections are remembered over a new routing', () => {
  const load = new ClusterLoad({key: 'v1'})
  pick(load, clusterOf({endpoints: endpoints(1)}), 3)
  const draws = [0, 0.5]
  expect(load.begin(clusterOf({endpoints: endpoints(1, 2)}), () => draws.shift() ?? NaN, undefined)?.address).toBe('10.0.0.2')
})

test('the client address chooses the endpoint where the cluster hashes', () => {
  const load = new ClusterLoad({key: 'v1'})
  const cluster = clusterOf({endpoints: endpoints(1, 2, 3, 4), loadBalancer: 'MAGLEV'})
  const of = (client: string) => load.begin(cluster, () => expect.unreachable(), client)?.address
  expect(of('192.168.7.1')).toBe(of('192.168.7.1'))
  expect(new Set(Array.from({length: 50}, (_, i) => of(`192.168.7.${i}`))).size).toBe(4)
})

describe('warm-up', () => {
  test('begins when an endpoint comes into the routing, not when it is picked first', () => {
    let nowMs = 0
    const warmup = {durationMs: 10_000, minimumPercent: 10, aggression: 1}
    const load = new ClusterLoad({key: 'v1', nowMs: () => nowMs})
    load.adopt(clusterOf({endpoints: endpoints(1), loadBalancer: 'ROUND_ROBIN', warmup}))
    nowMs = 20_000
    const both = clusterOf({endpoints: endpoints(1, 2), loadBalancer: 'ROUND_ROBIN', warmup})
    load.adopt(both)
    const shareAt = (ms: number) => ((nowMs = ms), pick(load, both, 220).filter((address) => address === '10.0.0.2').length)
    expect([shareAt(20_000), shareAt(25_000), shareAt(31_000)]).toEqual([20, 71, 109]) // a turn that is due already keeps its earlier weight
  })
})

describe('outlier detection', () => {
  test('ejected endpoints get no new connections, until they are back', () => {
    const {health, eject} = healthOf()
    const load = new ClusterLoad({key: 'v1', health})
    const cluster = clusterOf({endpoints: endpoints(1, 2, 3), loadBalancer: 'ROUND_ROBIN', outlierDetection: OUTLIERS})
    const before = pick(load, cluster, 3)
    eject('10.0.0.2:9000')
    const without = pick(load, cluster, 4)
    eject()
    expect([before, without, pick(load, cluster, 3)]).toEqual([
      ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
      ['10.0.0.3', '10.0.0.1', '10.0.0.3', '10.0.0.1'],
      ['10.0.0.2', '10.0.0.3', '10.0.0.1'],
    ])
  })

  test.each<[number, number, string | undefined]>([
    [0, 2, undefined],
    [0, 1, '10.0.0.2'],
    [50, 2, '10.0.0.1'],
    [80, 1, '10.0.0.1'],
    [50, 1, '10.0.0.2'],
  ])('with a panic threshold of %d %% and %d of 2 ejected picks %s', (panicPercent, count, expected) => {
    const {health, eject} = healthOf()
    eject(...['10.0.0.1:9000', '10.0.0.2:9000'].slice(0, count))
    const cluster = clusterOf({endpoints: endpoints(1, 2), outlierDetection: {...OUTLIERS, panicPercent}})
    expect(new ClusterLoad({key: 'v1', health}).begin(cluster, first, undefined)?.address).toBe(expected)
  })

  test('is told of every attempt, and only where it is on', () => {
    const {health, told} = healthOf()
    const load = new ClusterLoad({key: 'v1', health})
    for (const outlierDetection of [OUTLIERS, undefined]) {
      const cluster = clusterOf({endpoints: endpoints(1), ...(outlierDetection && {outlierDetection})})
      const [one, two] = [load.begin(cluster, first, undefined), load.begin(cluster, first, undefined)]
      if (one === undefined || two === undefined) return expect.unreachable()
      load.connected(one)
      load.connectFailed(two)
    }
    expect(told).toEqual([
      ['10.0.0.1:9000', 'connected'],
      ['10.0.0.1:9000', 'failed'],
    ])
  })
})

test('a cluster that leaves the routing is remembered for when it comes back', () => {
  const loads = new ClusterLoads(alwaysHealthy)
  const both = routingOf([], {v1: {endpoints: endpoints(1)}, v2: {endpoints: endpoints(2)}})
  for (const [key, cluster] of Object.entries(both.clusters)) loads.of(key).begin(cluster, first, undefined)
  loads.apply(routingOf([], {v2: {endpoints: endpoints(2)}}))
  loads.apply(both)
  const one = {total: 1, active: 1, connectFailed: 0}
  expect(loads.endpointStats()).toEqual({v1: {'10.0.0.1:9000': one}, v2: {'10.0.0.2:9000': one}})
})

test('of very many clusters that left the routing, those known longest are forgotten', () => {
  const loads = new ClusterLoads(alwaysHealthy)
  const many = routingOf([], Object.fromEntries(Array.from({length: MOST_GONE + 1}, (_, i) => [`v${i}`, {endpoints: endpoints(1)}])))
  for (const [key, cluster] of Object.entries(many.clusters)) loads.of(key).begin(cluster, first, undefined)
  loads.apply(routingOf([], {}))
  expect(Object.keys(loads.endpointStats())).toEqual(Object.keys(many.clusters).slice(1))
})
