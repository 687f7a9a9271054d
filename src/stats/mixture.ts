import type {Interval} from './intervals.js'
import {lnGamma} from './ln-gamma.js'
import {normalize, sum, xLnY} from './weights.js'

/**
 * The Dirichlet-mixture multinomial test: evidence that stays valid at every n, whenever one looks and stops
 * (Lindon & Malek 2022, arXiv 2011.03567; Robbins 1970; confidence sequences: Howard, Ramdas, McAuliffe & Sekhon 2021).
 *
 *   E_n = m(x) / Π wᵢ^xᵢ is a martingale with mean 1 while every connection goes to i with probability wᵢ; so P(ever E_n ≥ 1/α) ≤ α (Ville).
 *
 * Counts of shards and later runs add up to one valid E; evidence of independent streams multiplies.
 * - `concentrated`: a Dirichlet with parameters 100·w, strong near the weights.
 * - `mixture` (default): half of that, half uniform, which exposes a stuck or swapped split far sooner.
 */
export type Prior = 'mixture' | 'concentrated'

const CONCENTRATION = 100

/** ln m(x), the counts' marginal likelihood in their order under the prior. Weights relative and > 0. */
export function logMarginal(counts: readonly number[], weights: readonly number[], prior: Prior = 'mixture'): number {
  const near = logDirichlet(counts, normalize(weights).map((weight) => CONCENTRATION * weight))
  if (prior === 'concentrated') return near
  const far = logDirichlet(counts, counts.map(() => 1))
  const larger = Math.max(near, far)
  return larger + Math.log((Math.exp(near - larger) + Math.exp(far - larger)) / 2)
}

/** ln E_n, the evidence against exactly these weights. */
export function logEvidence(counts: readonly number[], weights: readonly number[], prior: Prior = 'mixture'): number {
  const shares = normalize(weights)
  return logMarginal(counts, weights, prior) - sum(counts.map((count, i) => xLnY(count, shares[i] ?? 0)))
}

/** The anytime-valid p of one look; over several looks keep the smallest. */
export function anytimeP(logE: number): number {
  return Math.min(1, Math.exp(-logE))
}

/**
 * The evidence against "share i is t", whatever the other shares are: `logM` is `logMarginal` of the counts. Convex in t, least at the
 * observed share; +∞ at a t the counts rule out.
 */
export function shareEvidence(counts: readonly number[], index: number, at: {readonly t: number; readonly logM: number}): number {
  const n = sum(counts)
  const own = counts[index] ?? 0
  const others = sum(counts.map((count, j) => (j === index ? 0 : xLnY(count, count / (n - own)))))
  return at.logM - (xLnY(own, at.t) + xLnY(n - own, 1 - at.t) + others)
}

/** The (1 − α) confidence sequence of every share: all hold together, at all n at once with probability ≥ 1 − α. */
export function confidenceSequence(counts: readonly number[], weights: readonly number[], options: {alpha: number; prior?: Prior}): readonly Interval[] {
  const n = sum(counts)
  const logM = logMarginal(counts, weights, options.prior)
  const limit = Math.log(1 / options.alpha)
  return counts.map((count, i) => {
    const share = n === 0 ? 0.5 : count / n
    const isOpen = (t: number) => shareEvidence(counts, i, {t, logM}) < limit
    return [isOpen(0) ? 0 : boundary(share, 0, isOpen), isOpen(1) ? 1 : boundary(share, 1, isOpen)]
  })
}

/** The last t on the way from `inside` to `outside` that is open, by bisection. */
function boundary(inside: number, outside: number, isOpen: (t: number) => boolean): number {
  let [near, far] = [inside, outside]
  for (let step = 0; step < 60; step++) {
    const middle = (near + far) / 2
    if (isOpen(middle)) near = middle
    else far = middle
  }
  return near
}

function logDirichlet(counts: readonly number[], parameters: readonly number[]): number {
  let total = 0
  let n = 0
  let log = 0
  for (let i = 0; i < counts.length; i++) {
    const [count, parameter] = [counts[i] ?? 0, parameters[i] ?? 0]
    total += parameter
    n += count
    log += lnGamma(parameter + count) - lnGamma(parameter)
  }
  return log + lnGamma(total) - lnGamma(total + n)
}
