/** Stirling series coefficients B₂ⱼ / (2j(2j−1)), j = 1…8 (Abramowitz & Stegun 6.1.41). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400]
const HALF_LN_TWO_PI = 0.9189385332046727

/**
 * ln Γ(x) for x > 0, absolute error below 1e-14 near the zeros at 1 and 2 and relative error below 1e-14 elsewhere.
 * Stirling's series above 10, reached from below by Γ(x+1) = xΓ(x) (Abramowitz & Stegun 6.1.15, 6.1.41). NaN for x ≤ 0.
 */
export function lnGamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  let shift = 1
  let z = x
  while (z < 10) shift *= z++
  const inverseSquare = 1 / (z * z)
  let series = 0
  for (let j = STIRLING.length - 1; j >= 0; j--) series = series * inverseSquare + (STIRLING[j] ?? 0)
  return (z - 0.5) * Math.log(z) - z + HALF_LN_TWO_PI + series / z - Math.log(shift)
}

/** ln y! for y = 0 … n, one lookup each afterwards. */
export function lnFactorials(n: number): Float64Array {
  return Float64Array.from({length: n + 1}, (_, y) => lnGamma(y + 1))
}
