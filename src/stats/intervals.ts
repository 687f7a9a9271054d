import {betaQuantile} from './beta-quantile.js'
import {chiSquareQuantile} from './chi-square.js'
import {normalQuantile} from './normal.js'
import {sum} from './weights.js'

/** Bounds of a share, within [0, 1]. */
export type Interval = readonly [low: number, high: number]

/** Wilson's score interval for one share (Wilson 1927; Brown, Cai & DasGupta 2001): right on average, not guaranteed. For display. */
export function wilson(count: number, n: number, alpha: number): Interval {
  return score(count, n, normalQuantile(alpha / 2) ** 2)
}

/** Clopper–Pearson 1934: covers with probability ≥ 1 − α whatever the share. For gates and error rates. */
export function clopperPearson(count: number, n: number, alpha: number): Interval {
  return [count === 0 ? 0 : betaQuantile(alpha / 2, count, n - count + 1), errorUpperBound(count, n, alpha / 2)]
}

/** One-sided Clopper–Pearson bound: a rate above it would show more than `count` in n with probability ≥ 1 − α (0 in 1,000: 0.30 % at 0.05). */
export function errorUpperBound(count: number, n: number, alpha: number): number {
  return count >= n ? 1 : 1 - betaQuantile(alpha, n - count, count + 1)
}

/** Goodman 1965: intervals for all shares that hold together with probability about 1 − α. */
export function goodman(counts: readonly number[], alpha: number): readonly Interval[] {
  const n = sum(counts)
  const quantile = chiSquareQuantile(alpha / counts.length, 1)
  return counts.map((count) => score(count, n, quantile))
}

/** The score interval in the form (A + 2x ± √(A(A + 4x(n−x)/n)))/(2(n+A)). */
function score(count: number, n: number, quantile: number): Interval {
  if (n === 0) return [0, 1]
  const middle = quantile + 2 * count
  const spread = Math.sqrt(quantile * (quantile + (4 * count * (n - count)) / n))
  const scale = 2 * (n + quantile)
  return [count === 0 ? 0 : Math.max(0, (middle - spread) / scale), count === n ? 1 : Math.min(1, (middle + spread) / scale)]
}
