import {noncentrality} from './noncentral-chi-square.js'
import {normalQuantile} from './normal.js'
import {normalize, sum} from './weights.js'

export interface Errors {
  /** Probability of crying wolf. */
  readonly alpha: number
  /** Probability of seeing what is there. */
  readonly power: number
}

/**
 * Observations that show a share of `weight` to have moved by `difference` (both as shares), up or down, whichever is harder.
 * Normal approximation of the two-sided binomial test (Fleiss, Levin & Paik 2003). Infinity where no such move exists.
 * A test of unseeded traffic takes its n from here with α ≤ 10⁻⁶ and power ≥ 1 − 10⁻⁶, and runs once.
 */
export function detectSize(weight: number, difference: number, {alpha, power}: Errors): number {
  const zAlpha = normalQuantile(1 - alpha / 2)
  const zBeta = normalQuantile(power)
  const moved = [weight - difference, weight + difference].filter((share) => share >= 0 && share <= 1)
  if (moved.length === 0) return Infinity
  return Math.max(...moved.map((share) => Math.ceil(((zAlpha * deviation(weight) + zBeta * deviation(share)) / difference) ** 2)))
}

/** Observations that tell `truth` from `weights` (both relative) with Pearson's χ²: n = λ / Σ (pᵢ − wᵢ)²/wᵢ (Cohen 1988). */
export function distinguishSize(weights: readonly number[], truth: readonly number[], {alpha, power}: Errors): number {
  const expected = normalize(weights)
  const actual = normalize(truth)
  const effect = sum(expected.map((weight, i) => ((actual[i] ?? 0) - weight) ** 2 / weight))
  return Math.ceil(noncentrality(weights.length - 1, alpha, power) / effect)
}

/**
 * Observations that prove a share within ± `difference` of `weight` with probability `power` when it is exactly right: two one-sided tests
 * at α each (Schuirmann 1987). Normal approximation, but at least what bounds the share by weight + difference when nothing is seen of it, which is
 * more where the weight is close to 0 or 1.
 */
export function proveSize(weight: number, difference: number, {alpha, power}: Errors): number {
  const z = normalQuantile(1 - alpha) + normalQuantile(1 - (1 - power) / 2)
  const rarest = Math.min(weight, 1 - weight) + difference
  const leastToBound = rarest < 1 ? Math.log(alpha) / Math.log1p(-rarest) : 1
  return Math.ceil(Math.max((z * deviation(weight) / difference) ** 2, leastToBound))
}

function deviation(share: number): number {
  return Math.sqrt(share * (1 - share))
}
