/** Relative weights → shares that sum to 1. Istio's weights need not sum to 100. */
export function normalize(weights: readonly number[]): readonly number[] {
  const total = sum(weights)
  return weights.map((weight) => weight / total)
}

/** The sum, added from left to right; 0 for none. */
export function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** x ln y with the convention 0 ln 0 = 0 of the likelihoods. */
export function xLnY(x: number, y: number): number {
  return x === 0 ? 0 : x * Math.log(y)
}
