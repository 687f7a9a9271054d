import {describe, expect, test} from 'vitest'
import {createPaceCount} from '../../src/probe/pace-count.js'
import {createPacer} from '../../src/probe/pacer.js'

const indexes = Array.from({length: 100_000}, (_, index) => index)

describe('a pacer', () => {
  test('spaces uniform arrivals equally', () => {
    expect([0, 1, 2, 1000].map(createPacer({ratePerSecond: 200, arrivals: 'uniform', seed: 1}))).toEqual([0, 5, 10, 5000])
  })

  test('keeps the rate on average with Poisson arrivals, whose gaps are exponential', () => {
    const times = indexes.map(createPacer({ratePerSecond: 1000, arrivals: 'poisson', seed: 20261121}))
    const gaps = times.slice(1).map((ms, index) => ms - (times[index] ?? 0))
    expect(times[0]).toBe(0)
    expect(gaps.every((gap) => gap >= 0)).toBe(true)
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length
    expect(Math.abs(mean - 1)).toBeLessThan(0.015) // 4.7 standard errors
    expect(Math.abs(variance - 1)).toBeLessThan(0.04) // 4.5 standard errors: Var(S²) = 8/n
    expect(Math.abs(gaps.filter((gap) => gap > 1).length / gaps.length - Math.exp(-1))).toBeLessThan(0.007)
  })

  test('gives the same index the same time, in whatever order it is asked', () => {
    const pace = {ratePerSecond: 50, arrivals: 'poisson', seed: 7} as const
    const [pacer, other] = [createPacer(pace), createPacer(pace)]
    const asked = [5, 3, 3, 9, 0, 4]
    const ascending = Array.from({length: 10}, (_, index) => other(index))
    expect(asked.map(pacer)).toEqual(asked.map((index) => ascending[index]))
    expect(createPacer({...pace, seed: 8})(9)).not.toBe(ascending[9])
  })

  test.each([0, -1, Number.NaN, Infinity])('does not take the rate %s', (ratePerSecond) => {
    expect(() => createPacer({ratePerSecond, arrivals: 'uniform', seed: 1})).toThrow(RangeError)
  })
})

describe('the count of a pace', () => {
  const pacer = createPacer({ratePerSecond: 100, arrivals: 'uniform', seed: 1})
  const reportOf = (waits: readonly number[]) => {
    const count = createPaceCount(pacer)
    waits.forEach((waitedMs, index) => count.add({index, waitedMs}))
    return count.report()
  }

  test.each([
    ['kept', [0, 1, 0, 1, 0], {achievedPerSecond: 100, late: 0, longestWaitMs: 1, isShort: false}],
    ['kept again after a backlog', [0, 90, 80, 40, 0], {achievedPerSecond: 100, late: 3, longestWaitMs: 90, isShort: false}],
    ['not kept', [0, 20, 30, 40, 50], {achievedPerSecond: 50, late: 4, longestWaitMs: 50, isShort: true}],
  ])('says what rate was %s', (_, waits, report) => {
    expect(reportOf(waits)).toEqual({intendedPerSecond: 100, ...report})
  })

  test('has nothing to say of nothing', () => expect(reportOf([])).toBeUndefined())
})
