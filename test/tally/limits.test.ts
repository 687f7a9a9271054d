import {describe, expect, test} from 'vitest'
import {isExceeded, parseErrorLimit} from '../../src/tally/error-limit.js'
import {exitCodeOf} from '../../src/tally/exit-code.js'
import type {ErrorReport, ThresholdReport, Verdict} from '../../src/tally/report.js'
import {parseTolerance, tolerancesOf} from '../../src/tally/tolerance.js'

describe('limit of errors', () => {
  test.each([
    ['0', 1, 100, true],
    ['0', 0, 100, false],
    ['3', 3, 100, false],
    ['3', 4, 4, true],
    ['1%', 1, 100, false],
    ['1%', 2, 100, true],
    ['0.5%', 5, 1000, false],
    [' 100 % ', 9, 9, false],
  ])('--max-errors %s with %i of %i failed', (text, failed, tried, exceeded) => {
    expect(isExceeded(parseErrorLimit(text), failed, tried)).toBe(exceeded)
  })

  test.each(['', 'x', '-1', '1.5', '101%', '1%%'])('--max-errors %s is refused', (text) => {
    expect(() => parseErrorLimit(text)).toThrow(expect.objectContaining({name: 'UserError', exitCode: 2}) as Error)
  })
})

describe('tolerance', () => {
  const shares = [{name: 'one', weight: 0.8}, {name: 'two', weight: 0.2}]

  test.each([
    ['5', [0.05, 0.05]],
    ['2.5', [0.025, 0.025]],
    ['10%', [0.08, 0.02]],
    ['default', [0.05, 0.05]],
  ])('--tolerance %s', (text, tolerances) => {
    expect(tolerancesOf(shares, parseTolerance(text)).map((tolerance) => Number(tolerance.toFixed(12)))).toEqual(tolerances)
  })

  test('the default narrows with the weight, and a subset of weight 0 has none to be wider than', () => {
    expect(tolerancesOf([{name: 'a', weight: 0.99}, {name: 'b', weight: 0.01}], {type: 'default'})).toEqual([0.05, 0.01])
    expect(tolerancesOf([{name: 'a', weight: 1}, {name: 'b', weight: 0}], parseTolerance('5'))).toEqual([0.05, 0.05])
  })

  test.each(['', '0', '-5', '100', 'five', '5pt'])('--tolerance %s is refused', (text) => {
    expect(() => parseTolerance(text)).toThrow(expect.objectContaining({name: 'UserError', exitCode: 2}) as Error)
  })

  test('as wide as a weight is refused', () => {
    expect(() => tolerancesOf(shares, parseTolerance('20'))).toThrow(expect.objectContaining({exitCode: 2, hint: expect.stringContaining('--tolerance 10')}) as Error)
  })
})

describe('exit code', () => {
  const errors = (exceeded: boolean): ErrorReport => ({total: 0, byKind: {}, upper95: null, limit: null, exceeded})
  const thresholds = (crossed: boolean): ThresholdReport[] => [{expression: 'errors<1', value: 1, crossed}]

  test.each<[Verdict, number, number]>([
    ['CONSISTENT', 0, 5],
    ['PASS', 0, 5],
    ['COUNTED', 0, 5],
    ['WRONG', 3, 3],
    ['FAIL', 3, 3],
    ['INCONCLUSIVE', 4, 5],
  ])('%s is %i, and %i with a limit crossed', (verdict, clean, crossed) => {
    const codes = [[false, false], [true, false], [false, true]].map(([tooMany, isOver]) =>
      exitCodeOf({verdict, errors: errors(tooMany === true), thresholds: thresholds(isOver === true)}),
    )
    expect(codes).toEqual([clean, crossed, crossed])
  })
})
