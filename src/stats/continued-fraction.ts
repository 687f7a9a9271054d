const TINY = 1e-300
const LIMIT = 100_000

/**
 * b₀ + a₁/(b₁ + a₂/(b₂ + …)) by the modified Lentz algorithm (Lentz 1976; Thompson & Barnett 1986), to machine precision.
 * The fractions used here converge in O(√parameter) steps; the limit only keeps a NaN from looping.
 */
export function continuedFraction(a: (n: number) => number, b: (n: number) => number): number {
  let value = b(0) || TINY
  let c = value
  let d = 0
  for (let n = 1; n < LIMIT; n++) {
    d = 1 / (b(n) + a(n) * d || TINY)
    c = b(n) + a(n) / c || TINY
    const step = c * d
    value *= step
    if (Math.abs(step - 1) < Number.EPSILON) break
  }
  return value
}
