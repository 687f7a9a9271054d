import {describe, expect, test} from 'vitest'
import {seededRandom} from '../../src/base/random.js'
import {pickCluster} from '../../src/routing/pick.js'
import type {TcpRoute} from '../../src/routing/routing.js'

const routeOf = (...weights: number[]): TcpRoute => ({
  statPrefix: '',
  destinations: weights.map((weight, i) => ({cluster: `c${i}`, weight, subset: '', host: ''})),
  idleTimeoutMs: 0,
  maxConnectionDurationMs: 0,
})

function tally(names: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names.toSorted()) counts[name ?? 'none'] = (counts[name ?? 'none'] ?? 0) + 1
  return counts
}

function drawClusters(route: TcpRoute, count: number): Record<string, number> {
  const random = seededRandom(1)
  return tally(Array.from({length: count}, () => pickCluster(route, random).cluster))
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
