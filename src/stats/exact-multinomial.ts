import {lnFactorials} from './ln-gamma.js'
import {normalize, sum} from './weights.js'

/** Outcomes whose probabilities differ by less than this, relatively, count as equally likely, as in R's binom.test. */
export const TIE = 1e-7

/** How many outcomes n observations over k answers have: C(n+k−1, k−1), the cost of the exact test. */
export function outcomeCount(n: number, k: number): number {
  let count = 1
  for (let i = 1; i < k; i++) count = (count * (n + i)) / i
  return Math.round(count)
}

/**
 * The exact multinomial test (binomial for two answers): the probability, under `weights`, of an outcome at most as likely as `counts`.
 * Weights are relative and > 0. Takes time in proportion to `outcomeCount` (2·10⁶ take about 50 ms).
 * Clopper & Pearson 1934; Read & Cressie 1988.
 */
export function exactMultinomialP(counts: readonly number[], weights: readonly number[]): number {
  const n = sum(counts)
  const terms = logTerms(n, weights)
  const constant = terms.constant
  const observed = counts.reduce((total, count, i) => total + (terms.rows[i]?.[count] ?? 0), 0)
  const total = sumOfOutcomes(terms.rows, n, observed + Math.log1p(TIE), constant)
  return Math.min(1, total)
}

/** ln P(counts) = constant + Σ rows[i][countᵢ]. */
function logTerms(n: number, weights: readonly number[]): {readonly constant: number; readonly rows: readonly Float64Array[]} {
  const factorials = lnFactorials(n)
  const rows = normalize(weights).map((weight) => factorials.map((factorial, y) => y * Math.log(weight) - factorial))
  return {constant: factorials[n] ?? 0, rows}
}

/** Σ exp(constant + ln P(y)) over the outcomes of `left` observations whose log term is at most `limit`. */
function sumOfOutcomes(rows: readonly Float64Array[], left: number, limit: number, constant: number): number {
  const [first, ...rest] = rows
  if (first === undefined) return 0
  const second = rest[0]
  if (second === undefined) return (first[left] ?? 0) <= limit ? Math.exp(constant + (first[left] ?? 0)) : 0
  if (rest.length === 1) return sumOfPairs(first, second, left, limit, constant)
  let total = 0
  for (let y = 0; y <= left; y++) total += sumOfOutcomes(rest, left - y, limit - (first[y] ?? 0), constant + (first[y] ?? 0))
  return total
}

/** The innermost loop: nearly all the time is spent here. */
function sumOfPairs(first: Float64Array, second: Float64Array, left: number, limit: number, constant: number): number {
  let total = 0
  for (let y = 0; y <= left; y++) {
    const term = (first[y] as number) + (second[left - y] as number)
    if (term <= limit) total += Math.exp(constant + term)
  }
  return total
}
