import {describe, expect, test} from 'vitest'
import {buildMaglev} from '../../../src/routing/balance/maglev.js'
import {buildRing} from '../../../src/routing/balance/ring-hash.js'
import {sortByHash} from '../../../src/routing/balance/sort-by-hash.js'
import type {LoadBalancer} from '../../../src/routing/routing.js'
import {balancerOf, candidatesOf, countsOf, drawOf, picksOf} from './cluster-of.js'

const HASHED: readonly LoadBalancer[] = ['RING_HASH', 'MAGLEV']
const SIX = candidatesOf(1, 1, 1, 1, 1, 1)
const CLIENTS = Array.from({length: 2000}, (_, i) => `10.${i >> 8}.${i & 255}.7`)

/** A draw for clients without an address whose hash is this number. */
function hashed(hash: bigint) {
  const halves = [Number(hash >> 32n) / 2 ** 32, Number(hash & 0xffffffffn) / 2 ** 32]
  return {random: () => halves.shift() ?? NaN}
}

describe('the ring', () => {
  // Envoy ring_hash_lb_test.cc, Basic
  test('has the points that Envoy gives it', () => {
    const {hi, lo, owner} = buildRing(SIX, 12)
    const points = [...owner].map((place, i) => [90 + place, (BigInt(hi[i] ?? 0) << 32n) | BigInt(lo[i] ?? 0)])
    expect(points).toEqual([
      [94, 833437586790550860n],
      [92, 928266305478181108n],
      [90, 1033482794131418490n],
      [95, 3551244743356806947n],
      [93, 3851675632748031481n],
      [91, 5583722120771150861n],
      [91, 6311230543546372928n],
      [93, 7700377290971790572n],
      [95, 13144177310400110813n],
      [92, 13444792449719432967n],
      [94, 15516499411664133160n],
      [90, 16117243373044804889n],
    ])
  })

  test.each<[bigint, number]>([
    [0n, 4],
    [2n ** 64n - 1n, 4],
    [3551244743356806947n, 5],
    [3551244743356806948n, 3],
    [16117243373044804880n, 0],
  ])('gives hash %d to candidate %d', (hash, place) => {
    expect(picksOf(balancerOf({loadBalancer: 'RING_HASH', hashSize: 12}, SIX), 1, hashed(hash))).toEqual([place])
  })

  test.each<[string, number[], number, number[]]>([
    ['as many points for each of equal weight, at least the minimum together', [1, 1, 1], 1024, [342, 342, 342]],
    ['points by weight', [1, 2, 5], 12, [2, 4, 10]],
    ['one point at the least', [1, 1, 1], 1, [1, 1, 1]],
  ])('has %s', (_what, weights, minimum, expected) => {
    const {owner} = buildRing(candidatesOf(...weights), minimum)
    expect(weights.map((_, place) => owner.filter((other) => other === place).length)).toEqual(expected)
  })

  test('puts points right whose upper halves are the same', () => {
    const ring = {hi: Uint32Array.of(7, 65536, 7, 7), lo: Uint32Array.of(3, 0, 1, 2), owner: Uint32Array.of(0, 1, 2, 3)}
    expect(sortByHash(ring)).toEqual({hi: Uint32Array.of(7, 7, 7, 65536), lo: Uint32Array.of(1, 2, 3, 0), owner: Uint32Array.of(2, 3, 0, 1)})
  })
})

describe('the table of Maglev', () => {
  // Envoy maglev_lb_test.cc, Basic, BasicStability, Weighted
  test.each<[string, number[], number, number[]]>([
    ['of six', [1, 1, 1, 1, 1, 1], 7, [2, 4, 0, 1, 5, 0, 3]],
    ['of two with weights 1 and 2', [1, 2], 17, [1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1]],
    ['of one', [7], 7, [0, 0, 0, 0, 0, 0, 0]],
  ])('%s is the one that Envoy builds', (_what, weights, size, expected) => {
    expect([...buildMaglev(candidatesOf(...weights), size)]).toEqual(expected)
  })

  test.each([1, 2])('may have %d places for more endpoints', (size) => {
    expect(new Set(buildMaglev(SIX, size)).size).toBe(size)
  })

  test('does not depend on the order of the endpoints', () => {
    const ports = (candidates: typeof SIX) => [...buildMaglev(candidates, 7)].map((place) => candidates[place]?.endpoint.port)
    expect(ports(SIX.toReversed())).toEqual(ports(SIX))
  })

  test('is found by the hash modulo its size', () => {
    const balancer = balancerOf({loadBalancer: 'MAGLEV', hashSize: 7}, SIX)
    expect([0n, 10n, 2n ** 64n - 1n].map((hash) => picksOf(balancer, 1, hashed(hash))[0])).toEqual([2, 1, 4])
  })
})

describe.each(HASHED)('%s', (loadBalancer) => {
  const placesOf = (candidates: typeof SIX) => {
    const balancer = balancerOf({loadBalancer}, candidates)
    return CLIENTS.map((clientAddress) => balancer(drawOf({clientAddress}))?.endpoint.port)
  }

  test('sends a client to the same endpoint again', () => {
    expect(placesOf(SIX)).toEqual(placesOf(SIX))
  })

  // the others' points become more when one goes, so that the ring keeps its size: some clients move to them (Envoy does the same)
  test('moves few clients but those of an endpoint that goes', () => {
    const [before, after] = [placesOf(SIX), placesOf(SIX.slice(1))]
    const moved = CLIENTS.filter((_, i) => before[i] !== after[i] && before[i] !== 90)
    expect(after).not.toContain(90)
    expect(moved.length).toBeLessThan(CLIENTS.length / (loadBalancer === 'RING_HASH' ? 10 : 50))
  })

  test('shares clients out by weight', () => {
    const balancer = balancerOf({loadBalancer, hashSize: loadBalancer === 'MAGLEV' ? 65537 : 65536}, candidatesOf(1, 3))
    const counts = countsOf(balancer, 4000)
    expect((counts[1] ?? 0) / 4000).toBeCloseTo(0.75, 1)
  })
})
