import {lnGamma} from '../stats/ln-gamma.js'
import {xLnY} from '../stats/weights.js'
import type {Exposure} from './state.js'

/** Beta(½, 20): failures are rare where all is well, but nothing is ruled out. */
const PRIOR = {failed: 0.5, fine: 20}
const SEARCH_STEPS = 100

/**
 * The natural-log evidence against "the new version fails at most `margin` more often than the old one": the marginal likelihood of both
 * counts under independent Beta priors over their largest likelihood within that hypothesis. Valid whenever one looks and stops:
 * P(ever ≥ ln(1/α)) ≤ α while the hypothesis holds (Ville; the supremum makes it smaller still: Wasserman, Ramdas & Balakrishnan 2020,
 * universal inference). Without connections of the old version it is taken never to fail.
 */
export function errorEvidence(canary: Exposure, stable: Exposure, margin: number): number {
  return lnMarginal(canary) + lnMarginal(stable) - largestLikelihood(canary, stable, margin)
}

/** Whether the observed rates are as they should be; says nothing of chance. */
export function isWithin(canary: Exposure, stable: Exposure, margin: number): boolean {
  return rateOf(canary) <= rateOf(stable) + margin
}

function rateOf({tried, failed}: Exposure): number {
  return tried === 0 ? 0 : failed / tried
}

function lnMarginal({tried, failed}: Exposure): number {
  return lnBeta(PRIOR.failed + failed, PRIOR.fine + tried - failed) - lnBeta(PRIOR.failed, PRIOR.fine)
}

function lnBeta(a: number, b: number): number {
  return lnGamma(a) + lnGamma(b) - lnGamma(a + b)
}

function lnLikelihood({tried, failed}: Exposure, rate: number): number {
  return xLnY(failed, rate) + xLnY(tried - failed, 1 - rate)
}

/** The largest likelihood with canary ≤ stable + margin. It is concave; out of the region its maximum lies on the edge. */
function largestLikelihood(canary: Exposure, stable: Exposure, margin: number): number {
  if (isWithin(canary, stable, margin)) return lnLikelihood(canary, rateOf(canary)) + lnLikelihood(stable, rateOf(stable))
  const onEdge = (rate: number) => lnLikelihood(canary, rate + margin) + lnLikelihood(stable, rate)
  if (stable.tried === 0) return onEdge(0)
  let [low, high] = [0, 1 - margin]
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const third = (high - low) / 3
    if (onEdge(low + third) < onEdge(high - third)) low += third
    else high -= third
  }
  return onEdge((low + high) / 2)
}
