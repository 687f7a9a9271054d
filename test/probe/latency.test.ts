import {describe, expect, test} from 'vitest'
import {seededRandom, type Random} from '../../src/base/random.js'
import {latencyHistogram} from '../../src/probe/latency.js'

const SHARES = [0, 0.001, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1]

function exactQuantile(sorted: readonly number[], q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
}

describe('a histogram of latencies', () => {
  test.each<[string, number, (random: Random) => number]>([
    ['uniform', 10_000, (random) => random() * 100],
    ['exponential', 10_000, (random) => -Math.log(1 - random())],
    ['heavy-tailed', 10_000, (random) => 0.05 / (1 - random()) ** 2],
    ['two modes', 10_000, (random) => (random() < 0.8 ? 0.2 : 40) + random() * 0.01],
    ['few', 7, (random) => random()],
    ['one', 1, (random) => random()],
  ])('its quantiles are within 1 %% of the sorted ones: %s', (_name, count, draw) => {
    const random = seededRandom(20261121)
    const values = Array.from({length: count}, () => draw(random))
    const histogram = latencyHistogram()
    values.forEach((value) => histogram.record(value))
    const sorted = values.toSorted((a, b) => a - b)
    for (const q of SHARES) {
      const exact = exactQuantile(sorted, q)
      expect(Math.abs((histogram.quantile(q) ?? Number.NaN) / exact - 1), `q = ${q}`).toBeLessThan(0.01)
    }
    expect([histogram.quantile(0), histogram.quantile(1), histogram.count]).toEqual([sorted[0], sorted.at(-1), count])
    expect(histogram.mean()).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / count, 9)
  })

  test('without a value it has neither quantile nor mean', () => {
    const {count, quantile, mean} = latencyHistogram()
    expect([count, quantile(0.5), mean()]).toEqual([0, undefined, undefined])
  })

  test('values beyond its range are counted at its ends', () => {
    const histogram = latencyHistogram()
    for (const ms of [0, 0, 1e12, 1e12]) histogram.record(ms)
    expect([0, 0.5, 1].map((q) => histogram.quantile(q))).toEqual([0, 0.001 * 2 / (1 + 1.005 / 0.995), 1e12])
  })
})
