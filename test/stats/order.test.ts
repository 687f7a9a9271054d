import {describe, expect, test} from 'vitest'
import {dispersionTest} from '../../src/stats/dispersion.js'
import {driftTest, kolmogorovUpper} from '../../src/stats/drift.js'
import {markovTest} from '../../src/stats/markov.js'
import {judgeOrder} from '../../src/stats/order.js'
import {runsTest, stretch} from '../../src/stats/runs.js'
import {draw, drawer, roundRobin} from './simulate.js'

/** Every answer repeated in blocks. */
function blocks(n: number, size: number, seed: number): number[] {
  return draw(n / size, [0.8, 0.2], seed).flatMap((answer) => Array.from({length: size}, () => answer))
}

/** Keeps the last answer with probability rho, else draws. */
function persistent(n: number, rho: number, seed: number): number[] {
  const keep = drawer([rho, 1 - rho], seed + 1000)
  const next = drawer([0.8, 0.2], seed)
  let last = next()
  return Array.from({length: n}, () => (last = keep() === 0 ? last : next()))
}

const count = (seeds: number, holds: (seed: number) => boolean) => Array.from({length: seeds}, (_, i) => holds(i + 1)).filter(Boolean).length

describe('runs', () => {
  test('counts runs and expects what every arrangement gives on average', () => {
    const {runs, expected, z} = runsTest([0, 0, 1, 0, 2, 2, 1, 1, 0])
    expect({runs, expected}).toEqual({runs: 6, expected: expect.closeTo((9 * 10 - (16 + 9 + 4)) / 9, 12)})
    expect(z).toBeCloseTo(meanAndDeviation([0, 0, 0, 0, 1, 1, 1, 2, 2], 6), 10)
  })

  test('a constant or empty sequence says nothing', () => {
    expect([runsTest([]).p, runsTest([1, 1, 1]).p, runsTest([0]).z]).toEqual([1, 1, 0])
  })
})

/** z of a number of runs by enumeration of all distinct arrangements. */
function meanAndDeviation(values: number[], observed: number): number {
  const tally = new Map<string, number>()
  const visit = (left: number[], last: number, runs: number) => {
    if (left.length === 0) tally.set(String(runs), (tally.get(String(runs)) ?? 0) + 1)
    for (const value of new Set(left)) {
      const rest = [...left]
      rest.splice(rest.indexOf(value), 1)
      visit(rest, value, runs + Number(value !== last))
    }
  }
  visit(values, -1, 0)
  const rows = [...tally].map(([runs, times]) => [Number(runs), times] as const)
  const total = rows.reduce((sum, [, times]) => sum + times, 0)
  const mean = rows.reduce((sum, [runs, times]) => sum + (runs * times) / total, 0)
  const variance = rows.reduce((sum, [runs, times]) => sum + ((runs - mean) ** 2 * times) / total, 0)
  return (observed - mean) / Math.sqrt(variance)
}

describe('the parts', () => {
  test('Markov G is 2n times the mutual information of neighbours', () => {
    // pairs of 0,0,1,1,0,0,1,1,0: 00 ×2, 01 ×2, 11 ×2, 10 ×2: independent
    expect(markovTest([0, 0, 1, 1, 0, 0, 1, 1, 0])).toEqual({statistic: 0, df: 1, p: 1})
    expect(markovTest([0, 1, 0, 1, 0]).statistic).toBeCloseTo(2 * 4 * Math.log(2), 12)
  })

  test("Kolmogorov's tail: published values, and both series meet", () => {
    expect([1.2238, 1.3581, 1.6276].map((d) => Math.round(kolmogorovUpper(d) * 1000) / 1000)).toEqual([0.1, 0.05, 0.01])
    expect(kolmogorovUpper(1 - 1e-12)).toBeCloseTo(kolmogorovUpper(1), 10)
    expect([kolmogorovUpper(0), kolmogorovUpper(0.2)]).toEqual([1, expect.closeTo(1, 8)])
  })

  test('drift dates the change', () => {
    const {p, at, answer} = driftTest([...draw(500, [0.9, 0.1], 3), ...draw(500, [0.6, 0.4], 4)])
    expect(p).toBeLessThan(1e-9)
    expect(Math.abs(at - 500)).toBeLessThan(30)
    expect(answer).toBeLessThan(2)
  })

  test('sizes at α = 0.01 on 600 random sequences are at most 0.02 each', () => {
    const tests = [
      (s: number[]) => runsTest(s).p,
      (s: number[]) => markovTest(s).p,
      (s: number[]) => driftTest(s).p,
      (s: number[]) => dispersionTest(s).pLow,
    ]
    for (const of of tests) expect(count(600, (seed) => of(draw(500, [0.8, 0.2], seed)) < 0.01)).toBeLessThanOrEqual(12)
  })
})

describe('the finding', () => {
  test.each([
    ['random draws', (seed: number) => draw(300, [0.8, 0.2], seed), 'random', 300],
    ['smooth weighted round robin', (seed: number) => roundRobin(200 + seed, [80, 20]), 'even', 300],
    ['round robin over three', (seed: number) => roundRobin(200 + seed, [70, 20, 10]), 'even', 300],
    ['blocks of 10', (seed: number) => blocks(500, 10, seed), 'sticky', 290],
    ['50 % persistence', (seed: number) => persistent(400, 0.5, seed), 'sticky', 290],
    ['one change of weights', (seed: number) => [...draw(500, [0.95, 0.05], seed), ...draw(500, [0.7, 0.3], seed + 500)], 'drifting', 290],
  ] as const)('%s: %s', (_name, sequence, finding, atLeast) => {
    expect(count(300, (seed) => judgeOrder(sequence(seed)).finding === finding)).toBeGreaterThanOrEqual(atLeast - (finding === 'random' ? 2 : 0))
  })

  test('nothing is said of few answers or of one', () => {
    expect([judgeOrder([0, 1, 0]).finding, judgeOrder(new Array(100).fill(0)).finding, judgeOrder([]).finding]).toEqual(['unknown', 'unknown', 'unknown'])
  })

  test('sticky answers count for fewer', () => {
    const order = judgeOrder(blocks(1000, 20, 5))
    expect(order.finding).toBe('sticky')
    expect(order.effectiveN).toBeGreaterThan(15)
    expect(order.effectiveN).toBeLessThan(60)
    expect(judgeOrder(draw(500, [0.8, 0.2], 1)).effectiveN).toBe(500)
  })
})

test('a long sequence of small numbers is judged in place, with the result of a list of the same', () => {
  const list = draw(2000, [0.5, 0.5], 7).map((answer, i) => (i < 1000 ? 0 : answer)) // drifts, so that its parts are looked at
  const packed = Uint16Array.from(list)
  expect(judgeOrder(packed)).toEqual(judgeOrder(list))
  expect(stretch(packed, 10, 20)).toEqual(packed.subarray(10, 20))
  expect((stretch(packed, 10, 20) as Uint16Array).buffer).toBe(packed.buffer)
})
