import {betaRegularized} from './beta-regularized.js'
import {lnGamma} from './ln-gamma.js'

/**
 * The x with I_x(a, b) = p, for a, b ≥ 1: Newton steps on the beta density, bisecting wherever a step would leave the bracket,
 * until the bracket or the step is below the spacing of doubles. Give p in the smaller tail (swap a, b and 1 − x) to keep the digits.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0
  if (p >= 1) return 1
  const lnBeta = lnGamma(a) + lnGamma(b) - lnGamma(a + b)
  let low = 0
  let high = 1
  let x = a / (a + b)
  for (let step = 0; step < 200; step++) {
    const excess = betaRegularized(x, a, b) - p
    if (excess > 0) high = x
    else low = x
    const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - lnBeta)
    const newton = x - excess / density
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - x) <= 2 * Number.EPSILON * x) return next
    x = next
  }
  return x
}
