import {continuedFraction} from './continued-fraction.js'
import {lnGamma} from './ln-gamma.js'

/**
 * Q(a, x) = Γ(a, x)/Γ(a), the regularised upper incomplete gamma function, for a > 0 and x ≥ 0.
 * Never 1 − P in the tail, so a probability of 1e-200 keeps its digits. Series below a + 1, continued fraction above
 * (Abramowitz & Stegun 6.5.29, 6.5.31).
 */
export function gammaUpper(a: number, x: number): number {
  if (x <= 0) return 1
  if (x === Infinity) return 0
  const front = Math.exp(a * Math.log(x) - x - lnGamma(a))
  return x < a + 1 ? 1 - front * lowerSeries(a, x) : front / fraction(a, x)
}

/** P(a, x) = 1 − Q(a, x), likewise exact where it is small. */
export function gammaLower(a: number, x: number): number {
  if (x <= 0) return 0
  if (x >= a + 1) return 1 - gammaUpper(a, x)
  return Math.exp(a * Math.log(x) - x - lnGamma(a)) * lowerSeries(a, x)
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; term > sum * Number.EPSILON; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

function fraction(a: number, x: number): number {
  return continuedFraction(
    (n) => -n * (n - a),
    (n) => x + 2 * n + 1 - a,
  )
}
