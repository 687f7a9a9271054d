import {describe, expect, test} from 'vitest'
import {seededRandom} from '../../src/base/random.js'
import {chiSquareTest, chiSquareQuantile, chiSquareUpper} from '../../src/stats/chi-square.js'
import {exactMultinomialP, outcomeCount} from '../../src/stats/exact-multinomial.js'
import {monteCarloP} from '../../src/stats/monte-carlo.js'
import {logEvidence, logMarginal} from '../../src/stats/mixture.js'
import {testShares} from '../../src/stats/share-test.js'

/** All ways to put n observations into k answers. */
function outcomes(n: number, k: number): number[][] {
  if (k === 1) return [[n]]
  return Array.from({length: n + 1}, (_, y) => outcomes(n - y, k - 1).map((rest) => [y, ...rest])).flat()
}

/** By the definition, with factorials. */
function probability(counts: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let left = counts.reduce((sum, count) => sum + count, 0)
  let p = 1
  counts.forEach((count, i) => {
    for (let j = 1; j <= count; j++) p *= ((left-- / j) * (weights[i] ?? 0)) / total
  })
  return p
}

describe('exact multinomial test', () => {
  test.each([
    {n: 12, weights: [80, 20]},
    {n: 9, weights: [70, 20, 10]},
    {n: 6, weights: [1, 1, 1, 1]},
    {n: 7, weights: [3]},
  ])('sums the outcomes no likelier than the observed one: n = $n, $weights', ({n, weights}) => {
    const all = outcomes(n, weights.length)
    expect(all.length).toBe(outcomeCount(n, weights.length))
    for (const counts of all) {
      const observed = probability(counts, weights) * (1 + 1e-7)
      const expected = all.map((other) => probability(other, weights)).filter((p) => p <= observed).reduce((sum, p) => sum + p, 0)
      expect(exactMultinomialP(counts, weights)).toBeCloseTo(expected, 12)
    }
  })

  test('is 1 for the likeliest outcome: the probabilities sum to 1', () => {
    expect([exactMultinomialP([80, 20], [80, 20]), exactMultinomialP([210, 60, 30], [70, 20, 10]), exactMultinomialP([25, 25, 25, 25], [1, 1, 1, 1])]).toEqual([
      expect.closeTo(1, 11), expect.closeTo(1, 11), expect.closeTo(1, 11),
    ])
  })

  test("agrees with R: binom.test(4, 10, 0.2), and binom.test(682, 925, 0.75) of R's own help page", () => {
    expect(exactMultinomialP([4, 6], [0.2, 0.8])).toBeCloseTo(0.1208738816, 10)
    expect(exactMultinomialP([682, 243], [0.75, 0.25])).toBeCloseTo(0.3824916, 7)
  })

  test('rejects a right split no more often than α, and as often as enumeration says', () => {
    const rejected = (n: number, weights: number[], alpha: number) =>
      outcomes(n, 2).filter((counts) => exactMultinomialP(counts, weights) <= alpha).reduce((sum, counts) => sum + probability(counts, weights), 0)
    expect([rejected(100, [80, 20], 0.05), rejected(100, [95, 5], 0.05), rejected(20, [80, 20], 0.01), rejected(100, [80, 20], 0.001)]).toEqual([
      expect.closeTo(0.04535, 4), expect.closeTo(0.0341, 4), expect.closeTo(0.01, 4), expect.closeTo(0.0006, 4),
    ])
  })
})

describe('choice of the test', () => {
  const never = () => {
    throw new Error('no draw is needed')
  }

  test('exact where it can be enumerated, χ² where that is sound, simulation otherwise', () => {
    expect(testShares([82, 18], [80, 20], never)).toEqual({method: 'exact', p: expect.closeTo(0.7080538658089783, 10)})
    expect(testShares([7020, 1980, 1000], [70, 20, 10], never)).toEqual({method: 'chi-square', p: chiSquareTest([7020, 1980, 1000], [70, 20, 10]).p})
    expect(testShares([3936, 60, 4], [98.4, 1.5, 0.1], seededRandom(7)).method).toBe('monte-carlo')
  })

  test('the simulated p is close to the exact one and the same for the same seed', () => {
    for (const [counts, weights] of [[[60, 25, 15], [70, 20, 10]], [[96, 1, 3], [98, 1, 1]], [[65, 35], [80, 20]]] as const) {
      const exact = exactMultinomialP(counts, weights)
      const options = () => ({random: seededRandom(42), draws: 20_000})
      expect(Math.abs(monteCarloP(counts, weights, options()) - exact)).toBeLessThan(5 * Math.sqrt((exact * (1 - exact)) / 20_000) + 1 / 20_000)
      expect(monteCarloP(counts, weights, options())).toBe(monteCarloP(counts, weights, options()))
    }
  })

  test('χ² quantiles invert the tail', () => {
    for (const df of [1, 2, 5, 40]) for (const p of [0.9, 0.5, 0.05, 1e-6]) expect(chiSquareUpper(chiSquareQuantile(p, df), df)).toBeCloseTo(p, 11)
  })
})

describe('mixture evidence', () => {
  test('has mean 1 under the weights, at every n: a martingale', () => {
    for (const [n, weights] of [[1, [80, 20]], [10, [80, 20]], [40, [95, 5]], [8, [70, 20, 10]]] as const) {
      const mean = outcomes(n, weights.length).reduce((sum, counts) => sum + probability(counts, weights) * Math.exp(logEvidence(counts, weights)), 0)
      expect(mean).toBeCloseTo(1, 11)
    }
  })

  test('is a mean over the next answer: what one more connection may bring does not depend on the past', () => {
    const counts = [12, 5]
    const next = [0.8, 0.2].reduce((sum, w, i) => sum + w * Math.exp(logEvidence(counts.map((count, j) => count + Number(i === j)), [80, 20])), 0)
    expect(next).toBeCloseTo(Math.exp(logEvidence(counts, [80, 20])), 12)
  })

  test('sums over all sequences to 1', () => {
    const total = outcomes(7, 3).reduce((sum, counts) => sum + Math.exp(logMarginal(counts, [70, 20, 10])) * (probability(counts, [1, 1, 1]) * 3 ** 7), 0)
    expect(total).toBeCloseTo(1, 11)
  })
})
