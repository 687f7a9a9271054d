import {betaQuantile} from './beta-quantile.js'
import {chiSquareQuantile} from './chi-square.js'
import {sum} from './weights.js'

/** Bounds of a share, within [0, 1]. */
export type Interval = readonly [low: number, high: number]

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
