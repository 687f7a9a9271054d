import {describe, expect, test} from 'vitest'
import {betaQuantile} from '../../src/stats/beta-quantile.js'
import {betaRegularized} from '../../src/stats/beta-regularized.js'
import {gammaLower, gammaUpper} from '../../src/stats/gamma-upper.js'
import {lnGamma} from '../../src/stats/ln-gamma.js'
import {normalQuantile, normalTwoSided} from '../../src/stats/normal.js'
import reference from './fixtures/special-functions.json' with {type: 'json'}

type Row = [args: number[], stdlib: number | null, mpmath: number | null]

/** Largest distance from one oracle over all rows, relative to values above `floor`. */
function worst(rows: readonly Row[], oracle: 1 | 2, {of, floor}: {of: (...args: number[]) => number; floor: number}): {error: number; args: number[]} {
  const errors = rows.flatMap((row) => {
    const [args, value] = [row[0], row[oracle]]
    return value === null ? [] : [{args, error: Math.abs(of(...args) - value) / Math.max(Math.abs(value), floor)}]
  })
  return errors.reduce((worst, row) => (row.error > worst.error || Number.isNaN(row.error) ? row : worst), {error: 0, args: []})
}

const rowsOf = (name: Exclude<keyof typeof reference, 'provenance'>) => reference[name] as unknown as Row[]

describe('special functions agree with @stdlib and mpmath', () => {
  // lnGamma has zeros at 1 and 2: there the absolute error counts
  test.each([
    ['lnGamma', lnGamma, 1, {stdlib: 1e-14, mpmath: 1e-14}],
    ['gammaUpper', gammaUpper, 0, {stdlib: 1e-11, mpmath: 1e-11}],
    ['gammaLower', gammaLower, 0, {stdlib: 1e-11, mpmath: 1e-11}],
    ['betaRegularized', betaRegularized, 0, {stdlib: 5e-11, mpmath: 5e-11}],
    ['betaQuantile', betaQuantile, 0, {stdlib: 1e-11, mpmath: 1e-11}],
    ['normalQuantile', normalQuantile, 1, {stdlib: 1e-11, mpmath: 1e-15}],
  ] as const)('%s', (name, of, floor, tolerance) => {
    const call = {of: of as (...args: number[]) => number, floor: Math.max(floor, 1e-300)}
    const [byStdlib, byMpmath] = [worst(rowsOf(name), 1, call), worst(rowsOf(name), 2, call)]
    expect(byStdlib.error, `worst at ${byStdlib.args.join(', ')}`).toBeLessThan(tolerance.stdlib)
    expect(byMpmath.error, `worst at ${byMpmath.args.join(', ')}`).toBeLessThan(tolerance.mpmath)
  })

  test('the ends of the domains are defined', () => {
    expect([gammaUpper(2, 0), gammaUpper(2, Infinity), gammaLower(2, 0), betaRegularized(0, 2, 3), betaRegularized(1, 2, 3)]).toEqual([1, 0, 0, 0, 1])
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3), normalQuantile(0.5), lnGamma(0), lnGamma(-1)]).toEqual([0, 1, 0, NaN, NaN])
  })

  test('the complements add up to one', () => {
    for (const [a, x] of [[0.5, 0.2], [3, 3], [40, 30], [1000, 1010]] as const) expect(gammaUpper(a, x) + gammaLower(a, x)).toBeCloseTo(1, 12)
    for (const x of [0.1, 0.45, 0.9]) expect(betaRegularized(x, 7, 12) + betaRegularized(1 - x, 12, 7)).toBeCloseTo(1, 12)
    expect(normalTwoSided(1.959963984540054)).toBeCloseTo(0.05, 13)
  })
})
