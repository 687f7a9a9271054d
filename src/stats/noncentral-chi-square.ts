import {chiSquareQuantile, chiSquareUpper} from './chi-square.js'
import {lnGamma} from './ln-gamma.js'

/** P(χ²_df(λ) ≥ x), as the Poisson(λ/2) mixture of central χ² with df + 2j (Johnson, Kotz & Balakrishnan 1995, 29.3). */
function noncentralUpper(x: number, df: number, lambda: number): number {
  const half = lambda / 2
  let total = 0
  let seen = 0
  for (let j = 0; seen < 1 - 1e-14 && j < half + 60 + 20 * Math.sqrt(half); j++) {
    const poisson = half === 0 ? Number(j === 0) : Math.exp(j * Math.log(half) - half - lnGamma(j + 1))
    total += poisson * chiSquareUpper(x, df + 2 * j)
    seen += poisson
  }
  return total
}

/** The non-centrality at which the level-α χ² test with df degrees of freedom rejects with probability `power` (Cohen 1988). */
export function noncentrality(df: number, alpha: number, power: number): number {
  const critical = chiSquareQuantile(alpha, df)
  let low = 0
  let high = 10
  while (noncentralUpper(critical, df, high) < power) high *= 2
  while (high - low > 1e-10 * high) {
    const middle = (low + high) / 2
    if (noncentralUpper(critical, df, middle) < power) low = middle
    else high = middle
  }
  return (low + high) / 2
}
