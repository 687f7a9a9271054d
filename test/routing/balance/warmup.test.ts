import {describe, expect, test} from 'vitest'
import {warmFactor} from '../../../src/routing/balance/warmup.js'
import {balancerOf, candidatesOf, picksOf} from './cluster-of.js'

const [candidate = expect.unreachable()] = candidatesOf(1)

describe('the part of its weight that an endpoint has', () => {
  // max(minimum, (time / window) ^ (1 / aggression)): Envoy's documentation of slow start
  test.each<[number, {minimumPercent?: number; aggression?: number}, number]>([
    [0, {}, 0.1],
    [5_000, {}, 0.1],
    [12_000, {}, 0.2],
    [30_000, {}, 0.5],
    [60_000, {}, 1],
    [90_000, {}, 1],
    [12_000, {minimumPercent: 35}, 0.35],
    [15_000, {aggression: 2}, 0.5],
    [30_000, {aggression: 0.5}, 0.25],
    [0, {minimumPercent: 0}, 1 / 60_000],
  ])('after %d ms of 60 s with %j is %d', (nowMs, settings, factor) => {
    expect(warmFactor({durationMs: 60_000, minimumPercent: 10, aggression: 1, ...settings}, candidate, nowMs)).toBeCloseTo(factor, 12)
  })

  test('is all of it without warm-up', () => {
    expect(warmFactor(undefined, candidate, 0)).toBe(1)
  })
})

describe.each(['ROUND_ROBIN', 'LEAST_REQUEST'] as const)('%s', (loadBalancer) => {
  const warmup = {durationMs: 60_000, minimumPercent: 10, aggression: 1}
  const share = (nowMs: number) => {
    const candidates = candidatesOf(1, 1)
    Object.assign(candidates[1] ?? {}, {sinceMs: 100_000})
    const balancer = balancerOf({loadBalancer, warmup}, candidates, {nowMs})
    return picksOf(balancer, 1100, {nowMs, random: () => 0.5}).filter((place) => place === 1).length
  }

  test('gives a new endpoint the share of its weight so far', () => {
    expect([share(100_000), share(112_000), share(130_000)]).toEqual([100, 183, 367])
  })
})

test('RANDOM and hashing know no warm-up', () => {
  const candidates = candidatesOf(1, 1)
  const warmup = {durationMs: 60_000, minimumPercent: 10, aggression: 1}
  expect(picksOf(balancerOf({loadBalancer: 'RANDOM', warmup}, candidates), 3, {random: () => 0.9})).toEqual([1, 1, 1])
})
