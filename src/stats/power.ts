import {betaRegularized} from './beta-regularized.js'
import {TIE} from './exact-multinomial.js'
import {lnFactorials} from './ln-gamma.js'
import {noncentrality} from './noncentral-chi-square.js'
import type {Errors} from './sample-size.js'
import {normalize} from './weights.js'

/** The counts of one answer, low to high inclusive, that the two-sided exact binomial test accepts. Never empty: it holds the mode. */
export interface Acceptance {
  readonly low: number
  readonly high: number
}

/** The smallest deviations of one share that a run would have caught, as shares; null where not even the extreme would have been. */
export interface Detectable {
  readonly up: number | null
  readonly down: number | null
}

/**
 * Counts that `exactMultinomialP` leaves above α for a share `weight` of n observations. The likelihoods fall away from the mode, so the
 * rejected counts are peeled off both ends, least likely first, equals together.
 */
export function acceptance(n: number, weight: number, alpha: number): Acceptance {
  const factorials = lnFactorials(n)
  const logP = (y: number) => (factorials[n] ?? 0) - (factorials[y] ?? 0) - (factorials[n - y] ?? 0) + y * Math.log(weight) + (n - y) * Math.log1p(-weight)
  let low = 0
  let high = n
  let rejected = 0
  while (low < high) {
    const limit = Math.min(logP(low), logP(high)) + Math.log1p(TIE)
    const takesLow = logP(low) <= limit
    const takesHigh = logP(high) <= limit
    rejected += (takesLow ? Math.exp(logP(low)) : 0) + (takesHigh ? Math.exp(logP(high)) : 0)
    if (rejected > alpha) break
    if (takesLow) low++
    if (takesHigh) high--
  }
  return {low, high}
}

/** The probability that the exact test rejects when the share really is `truth`. */
export function exactPower(n: number, {low, high}: Acceptance, truth: number): number {
  const below = low === 0 ? 0 : betaRegularized(1 - truth, n - low + 1, low)
  const above = high === n ? 0 : betaRegularized(truth, high + 1, n - high)
  return below + above
}

/**
 * What n observations would have caught with probability `power`, for each share: by the power of the exact test for two answers; for more by
 * the non-centrality of χ², the other shares giving way in proportion (then Σ dⱼ²/wⱼ = d²/(w(1−w))). Weights relative, > 0, at least two.
 */
export function minimumDetectable(n: number, weights: readonly number[], errors: Errors): readonly Detectable[] {
  const shares = normalize(weights)
  if (shares.length === 2) return shares.map((share) => detectableExactly(n, share, errors))
  const lambda = noncentrality(shares.length - 1, errors.alpha, errors.power)
  return shares.map((share) => {
    const difference = Math.sqrt((lambda * share * (1 - share)) / n)
    return {up: difference <= 1 - share ? difference : null, down: difference <= share ? difference : null}
  })
}

function detectableExactly(n: number, weight: number, {alpha, power}: Errors): Detectable {
  const accepted = acceptance(n, weight, alpha)
  const isCaught = (truth: number) => exactPower(n, accepted, truth) >= power
  return {up: firstCaught(weight, 1, isCaught), down: firstCaught(weight, 0, isCaught)}
}

function firstCaught(weight: number, extreme: number, isCaught: (truth: number) => boolean): number | null {
  if (!isCaught(extreme)) return null
  let [missed, caught] = [weight, extreme]
  while (Math.abs(caught - missed) > 1e-9) {
    const middle = (missed + caught) / 2
    if (isCaught(middle)) caught = middle
    else missed = middle
  }
  return Math.abs(caught - weight)
}
