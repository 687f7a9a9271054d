import {describe, expect, test} from 'vitest'
import {seededRandom} from '../../../src/base/random.js'
import {createBalancer} from '../../../src/routing/balance/balancer.js'
import type {LoadBalancer} from '../../../src/routing/routing.js'
import {balancerOf, candidatesOf, countsOf, drawOf, picksOf} from './cluster-of.js'

const KINDS: readonly LoadBalancer[] = ['LEAST_REQUEST', 'ROUND_ROBIN', 'RANDOM', 'RING_HASH', 'MAGLEV']

test.each(KINDS)('%s picks nobody where nobody is, and the only one without a draw', (loadBalancer) => {
  const random = () => expect.unreachable()
  const [only] = candidatesOf(1)
  const picked = [[], [only ?? expect.unreachable()]].map((candidates) => balancerOf({loadBalancer}, candidates, {random})(drawOf({random})))
  expect(picked).toEqual([undefined, only])
})

describe('ROUND_ROBIN', () => {
  test('goes around from a random start', () => {
    expect(picksOf(balancerOf({loadBalancer: 'ROUND_ROBIN'}, candidatesOf(1, 1, 1)), 7, {random: () => 0.4})).toEqual([1, 2, 0, 1, 2, 0, 1])
  })

  test('goes on where it was when endpoints come or go', () => {
    const cursor = {next: -1}
    const balancers = [[1, 1], [1, 1, 1], [1, 1]].map((weights) => createBalancer({loadBalancer: 'ROUND_ROBIN'}, candidatesOf(...weights), {...drawOf(), cursor}))
    expect(balancers.map((balancer) => picksOf(balancer, 3))).toEqual([
      [0, 1, 0],
      [0, 1, 2],
      [0, 1, 0],
    ])
  })

  // Envoy round_robin_lb_test.cc, Weighted: a new weight counts from the candidate's next turn on
  test('gives turns by weight, in the order of deadlines, and follows weights that change', () => {
    const candidates = candidatesOf(1, 2)
    const balancer = balancerOf({loadBalancer: 'ROUND_ROBIN'}, candidates)
    const before = picksOf(balancer, 6)
    for (const [i, weight] of [2, 1].entries()) Object.assign(candidates[i]?.endpoint ?? {}, {weight})
    expect([before, picksOf(balancer, 8)]).toEqual([
      [1, 0, 1, 1, 0, 1],
      [1, 0, 1, 0, 0, 1, 0, 0],
    ])
  })

  test('serves each candidate exactly its share in each round', () => {
    expect(countsOf(balancerOf({loadBalancer: 'ROUND_ROBIN'}, candidatesOf(1, 2, 3, 10)), 1600)).toEqual({0: 100, 1: 200, 2: 300, 3: 1000})
  })
})

describe('LEAST_REQUEST', () => {
  test('takes the less busy of two draws, the first where they tie', () => {
    const candidates = candidatesOf(1, 1, 1)
    for (const [i, active] of [9, 1, 1].entries()) Object.assign(candidates[i] ?? {}, {active})
    const balancer = balancerOf({loadBalancer: 'LEAST_REQUEST'}, candidates)
    const picked = [[0, 0], [0, 0.4], [0.4, 0], [0.4, 0.7], [0.7, 0.4]].map((draws) => picksOf(balancer, 1, {random: () => draws.shift() ?? NaN})[0])
    expect(picked).toEqual([0, 1, 1, 1, 2])
  })

  test('keeps long connections level', () => {
    const candidates = candidatesOf(1, 1, 1, 1, 1)
    const balancer = balancerOf({loadBalancer: 'LEAST_REQUEST'}, candidates)
    const draw = drawOf({random: seededRandom(2)})
    for (let i = 0; i < 1000; i++) (balancer(draw) ?? expect.unreachable()).active++
    const counts = candidates.map(({active}) => active)
    expect(counts.reduce((sum, count) => sum + count)).toBe(1000)
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(4)
  })

  // Envoy least_request_lb_test.cc, WeightImbalance
  test('with unequal weights goes by weight / (active + 1)', () => {
    const candidates = candidatesOf(1, 2)
    const balancer = balancerOf({loadBalancer: 'LEAST_REQUEST'}, candidates)
    const setActive = (...active: number[]) => candidates.forEach((candidate, i) => (candidate.active = active[i] ?? 0))
    const idle = picksOf(balancer, 6)
    setActive(0, 1)
    const heavyBusy = picksOf(balancer, 5)
    setActive(1, 0)
    expect([idle, heavyBusy, picksOf(balancer, 10)]).toEqual([
      [1, 0, 1, 1, 0, 1],
      [1, 0, 1, 0, 1],
      [0, 1, 1, 1, 0, 1, 1, 1, 1, 0],
    ])
  })
})

test('RANDOM is even whatever the weights, as Envoy is', () => {
  expect(countsOf(balancerOf({loadBalancer: 'RANDOM'}, candidatesOf(1, 1, 1, 97)), 4000)).toEqual({0: 1012, 1: 994, 2: 1020, 3: 974})
})

test('LEAST_REQUEST among idle endpoints is even', () => {
  expect(countsOf(balancerOf({loadBalancer: 'LEAST_REQUEST'}, candidatesOf(1, 1, 1, 1)), 4000)).toEqual({0: 1046, 1: 978, 2: 1039, 3: 937})
})
