import {normalQuantile} from './normal.js'

export interface Errors {
  /** Probability of crying wolf. */
  readonly alpha: number
  /** Probability of seeing what is there. */
  readonly power: number
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
