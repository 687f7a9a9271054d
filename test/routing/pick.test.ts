import {describe, expect, test} from 'vitest'
import {seededRandom} from '../../src/base/random.js'
import {newCursor, pickCluster, pickEndpoint} from '../../src/routing/pick.js'
import type {Cluster, Endpoint, LoadBalancer, TcpRoute} from '../../src/routing/routing.js'

const routeOf = (...weights: number[]): TcpRoute => ({
  statPrefix: '',
  destinations: weights.map((weight, i) => ({cluster: `c${i}`, weight, subset: '', host: ''})),
  idleTimeoutMs: 0,
  maxConnectionDurationMs: 0,
})

const clusterOf = (loadBalancer: LoadBalancer, size: number): Cluster => ({
  name: 'c',
  host: 'h',
  port: 1,
  subset: '',
  endpoints: Array.from({length: size}, (_, i) => ({address: `10.0.0.${i}`, port: 1})),
  loadBalancer,
  connectTimeoutMs: 0,
  maxConnections: 0,
})

const idle = () => 0

function tally(names: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names.toSorted()) counts[name ?? 'none'] = (counts[name ?? 'none'] ?? 0) + 1
  return counts
}

function drawClusters(route: TcpRoute, count: number): Record<string, number> {
  const random = seededRandom(1)
  return tally(Array.from({length: count}, () => pickCluster(route, random).cluster))
}

function drawEndpoints(cluster: Cluster, count: number, activeOf: (endpoint: Endpoint) => number = idle): (string | undefined)[] {
  const [random, cursor] = [seededRandom(1), newCursor()]
  return Array.from({length: count}, () => pickEndpoint(cluster, activeOf, random, cursor)?.address)
}

describe('the cluster of a connection', () => {
  test.each([
    [[1], 0.999, 'c0'],
    [[80, 20], 0, 'c0'],
    [[80, 20], 0.799, 'c0'],
    [[80, 20], 0.8, 'c1'],
    [[80, 20], 0.999999, 'c1'],
    [[1, 3, 2], 0.16, 'c0'],
    [[1, 3, 2], 0.17, 'c1'],
    [[1, 3, 2], 0.67, 'c2'],
  ])('of weights %j at a draw of %s is %s', (weights, draw, expected) => {
    expect(pickCluster(routeOf(...weights), () => draw).cluster).toBe(expected)
  })

  test('follows the weights, with the counts of the seed', () => {
    expect({
      'all to one': drawClusters(routeOf(1), 10_000),
      '80/20': drawClusters(routeOf(80, 20), 10_000),
      '1/3/2': drawClusters(routeOf(1, 3, 2), 10_000),
    }).toMatchInlineSnapshot(`
      {
        "1/3/2": {
          "c0": 1722,
          "c1": 4978,
          "c2": 3300,
        },
        "80/20": {
          "c0": 8022,
          "c1": 1978,
        },
        "all to one": {
          "c0": 10000,
        },
      }
    `)
  })

  test('is drawn once for each connection, and not at all where there is no choice', () => {
    let draws = 0
    const random = () => ((draws += 1), 0.5)
    pickCluster(routeOf(5), random)
    pickCluster(routeOf(5, 5), random)
    expect(draws).toBe(1)
  })
})

describe('the endpoint of a connection', () => {
  test('is none in an empty cluster, and the only one without a draw', () => {
    const never = () => expect.unreachable()
    expect([pickEndpoint(clusterOf('RANDOM', 0), idle, never, newCursor()), pickEndpoint(clusterOf('LEAST_REQUEST', 1), idle, never, newCursor())]).toEqual([
      undefined,
      {address: '10.0.0.0', port: 1},
    ])
  })

  test('goes around from a random start with ROUND_ROBIN', () => {
    const addresses = drawEndpoints(clusterOf('ROUND_ROBIN', 3), 7)
    const start = Number(addresses[0]?.slice(-1))
    expect(addresses).toEqual(Array.from({length: 7}, (_, i) => `10.0.0.${(start + i) % 3}`))
  })

  test('stays valid with ROUND_ROBIN when the cluster shrinks', () => {
    const cursor = {next: 5}
    expect([pickEndpoint(clusterOf('ROUND_ROBIN', 2), idle, idle, cursor)?.address, cursor]).toEqual(['10.0.0.1', {next: 2}])
  })

  test('is even with RANDOM and with LEAST_REQUEST among idle endpoints', () => {
    const [random, leastRequest] = (['RANDOM', 'LEAST_REQUEST'] as const).map((balancer) => tally(drawEndpoints(clusterOf(balancer, 4), 4000)))
    expect({random, leastRequest}).toMatchInlineSnapshot(`
      {
        "leastRequest": {
          "10.0.0.0": 1046,
          "10.0.0.1": 978,
          "10.0.0.2": 1039,
          "10.0.0.3": 937,
        },
        "random": {
          "10.0.0.0": 1012,
          "10.0.0.1": 994,
          "10.0.0.2": 1020,
          "10.0.0.3": 974,
        },
      }
    `)
  })

  test('with LEAST_REQUEST is the less busy of two draws, the first where they tie', () => {
    const active = (endpoint: Endpoint) => ({'10.0.0.0': 9, '10.0.0.1': 1, '10.0.0.2': 1})[endpoint.address] ?? 0
    const withDraws = (...draws: number[]) => pickEndpoint(clusterOf('LEAST_REQUEST', 3), active, () => draws.shift() ?? 0, newCursor())?.address
    const picked = [withDraws(0, 0), withDraws(0, 0.4), withDraws(0.4, 0), withDraws(0.4, 0.7), withDraws(0.7, 0.4)]
    expect(picked).toEqual(['10.0.0.0', '10.0.0.1', '10.0.0.1', '10.0.0.1', '10.0.0.2'])
  })

  test('with LEAST_REQUEST keeps long connections level', () => {
    const active = new Map<string, number>()
    const cluster = clusterOf('LEAST_REQUEST', 5)
    const [random, cursor] = [seededRandom(2), newCursor()]
    for (let i = 0; i < 1000; i++) {
      const address = pickEndpoint(cluster, (endpoint) => active.get(endpoint.address) ?? 0, random, cursor)?.address ?? ''
      active.set(address, (active.get(address) ?? 0) + 1)
    }
    const counts = [...active.values()]
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000)
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(4)
  })
})
