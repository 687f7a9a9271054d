import {gammaLower, gammaUpper} from './gamma-upper.js'
import {normalQuantile} from './normal.js'
import {normalize, sum} from './weights.js'

export interface ChiSquareResult {
  readonly statistic: number
  readonly df: number
  readonly p: number
}

/** P(χ²_df ≥ x): the upper tail itself, so that it never rounds to 0 early. */
export function chiSquareUpper(x: number, df: number): number {
  return gammaUpper(df / 2, x / 2)
}

/** P(χ²_df ≤ x), for tests of being too good to be random. */
export function chiSquareLower(x: number, df: number): number {
  return gammaLower(df / 2, x / 2)
}

/** The x with P(χ²_df ≥ x) = p, by bisection round the Wilson–Hilferty guess (1931). */
export function chiSquareQuantile(p: number, df: number): number {
  if (df === 1) return normalQuantile(p / 2) ** 2
  let low = 0
  let high = df * Math.max(2, (1 - 2 / (9 * df) - normalQuantile(p) * Math.sqrt(2 / (9 * df))) ** 3 * 2)
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2
    if (chiSquareUpper(middle, df) > p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Pearson's χ² of counts against relative weights > 0 (Pearson 1900). Trust it where every expected count is at least 5 (Cochran 1954). */
export function chiSquareTest(counts: readonly number[], weights: readonly number[]): ChiSquareResult {
  const n = sum(counts)
  const expected = normalize(weights).map((weight) => n * weight)
  const statistic = sum(expected.map((mean, i) => ((counts[i] ?? 0) - mean) ** 2 / mean))
  return result(statistic, counts.length - 1)
}

function result(statistic: number, df: number): ChiSquareResult {
  return {statistic, df, p: df === 0 ? 1 : chiSquareUpper(statistic, df)}
}
