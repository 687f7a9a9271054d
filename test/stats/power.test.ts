import {describe, expect, test} from 'vitest'
import {errorUpperBound, goodman} from '../../src/stats/intervals.js'
import {exactMultinomialP} from '../../src/stats/exact-multinomial.js'
import {noncentrality} from '../../src/stats/noncentral-chi-square.js'
import {acceptance, exactPower, minimumDetectable} from '../../src/stats/power.js'
import {proveSize} from '../../src/stats/sample-size.js'

const points = (share: number | null | undefined) => (typeof share === 'number' ? Math.round(share * 1000) / 10 : null)

describe('before a run', () => {
  test.each([
    [0.5, 0.1, 271],
    [0.5, 0.05, 1083],
    [0.2, 0.1, 174],
    [0.2, 0.05, 693],
    [0.2, 0.03, 1924],
    [0.2, 0.02, 4329],
    [0.1, 0.05, 390],
    [0.05, 0.03, 572],
    [0.01, 0.01, 1072],
  ])('share %d ± %d takes %i to prove', (weight, difference, size) => {
    expect(proveSize(weight, difference, {alpha: 0.05, power: 0.9})).toBe(size)
  })

  test("non-centralities are Cohen's", () => {
    const rows = [0.05, 0.01, 0.001].map((alpha) => [1, 2, 3, 4].map((df) => Math.round(noncentrality(df, alpha, 0.9) * 1000) / 1000))
    expect(rows).toEqual([
      [10.507, 12.654, 14.171, 15.405],
      [14.879, 17.427, 19.247, 20.737],
      [20.904, 23.817, 25.935, 27.683],
    ])
  })
})

describe('after a run', () => {
  test.each([
    [20, 0, 10, 46.2, null],
    [50, 2, 20, 30.1, 18.9],
    [100, 8, 34, 20.8, 15.3],
    [500, 72, 130, 8.7, 7.6],
    [1000, 159, 242, 6, 5.6],
    [2000, 342, 459, 4.2, 4],
  ])('%i at 80/20 accept %i to %i of v2 and would catch +%d/−%d points', (n, low, high, up, down) => {
    expect(acceptance(n, 0.2, 0.001)).toEqual({low, high})
    const [, light] = minimumDetectable(n, [80, 20], {alpha: 0.001, power: 0.9})
    expect([points(light?.up), points(light?.down)]).toEqual([up, down])
  })

  test('the acceptance region is the exact test, count by count', () => {
    for (const [n, weight] of [[1, 0.2], [7, 0.5], [20, 0.2], [60, 0.05], [101, 0.8]] as const)
      for (const alpha of [0.001, 0.05]) {
        const accepted = Array.from({length: n + 1}, (_, y) => y).filter((y) => exactMultinomialP([y, n - y], [weight, 1 - weight]) > alpha)
        expect(acceptance(n, weight, alpha)).toEqual({low: accepted[0], high: accepted.at(-1)})
      }
  })

  test('power is the probability of the rejected counts', () => {
    expect([20, 50, 100].map((n) => Math.round(exactPower(n, acceptance(n, 0.2, 0.001), 0.5) * 1000) / 1000)).toEqual([0.412, 0.899, 0.999])
    expect(exactPower(100, acceptance(100, 0.2, 0.001), 0.2)).toBeLessThan(0.001)
  })

  test('more than two shares use the non-centrality, and a share cannot fall below 0', () => {
    const found = minimumDetectable(1000, [70, 20, 10], {alpha: 0.001, power: 0.9}).map(({up, down}) => [points(up), points(down)])
    expect(found).toEqual([[7.1, 7.1], [6.2, 6.2], [4.6, 4.6]])
    expect(minimumDetectable(100, [70, 25, 5], {alpha: 0.001, power: 0.9}).map(({down}) => points(down))).toEqual([22.4, 21.1, null])
  })
})

describe('intervals', () => {
  test('the upper bound of an error rate is one-sided', () => {
    expect(errorUpperBound(0, 1000, 0.05)).toBeCloseTo(1 - 0.05 ** (1 / 1000), 12)
    expect(errorUpperBound(3, 3, 0.05)).toBe(1)
  })

  test('nothing observed leaves everything possible, and the ends stay in [0, 1]', () => {
    expect(goodman([0, 0], 0.05)).toEqual([[0, 1], [0, 1]])
    expect(goodman([10, 0], 0.05).map(([low, high]) => [low >= 0, high <= 1])).toEqual([[true, true], [true, true]])
  })

  test('Goodman covers about 1 − α for all shares at once', () => {
    const binomial = (y: number, n: number, p: number) => {
      let value = (1 - p) ** n
      for (let j = 1; j <= y; j++) value *= ((n - j + 1) / j) * (p / (1 - p))
      return value
    }
    const covers = (of: (y: number) => readonly [number, number], p: number) =>
      Array.from({length: 51}, (_, y) => (of(y)[0] <= p && p <= of(y)[1] ? binomial(y, 50, p) : 0)).reduce((sum, value) => sum + value, 0)
    const worst = (of: (y: number) => readonly [number, number]) => Math.min(...Array.from({length: 19}, (_, i) => covers(of, (i + 1) / 20)))
    expect(worst((y) => goodman([y, 50 - y], 0.05)[0] ?? [0, 0])).toBeGreaterThanOrEqual(0.93)
  })
})
