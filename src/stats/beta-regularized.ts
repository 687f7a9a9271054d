import {continuedFraction} from './continued-fraction.js'
import {lnGamma} from './ln-gamma.js'

/**
 * I_x(a, b), the regularised incomplete beta function, for a, b > 0 and 0 ≤ x ≤ 1 (Abramowitz & Stegun 26.5.8; NIST DLMF 8.17.22).
 * For an upper tail ask for I_{1−x}(b, a) instead of subtracting from 1.
 */
export function betaRegularized(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - betaRegularized(1 - x, b, a)
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return front / (a * fraction(x, a, b))
}

function fraction(x: number, a: number, b: number): number {
  return continuedFraction(
    (n) => {
      const m = Math.floor(n / 2)
      if (n % 2 === 0) return (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
      return (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    },
    () => 1,
  )
}
