import {countOf, type Sequence} from './runs.js'

export interface DriftResult {
  /** P(a steady share strays this far), over all answers (Bonferroni). */
  readonly p: number
  /** How many observations came before the likeliest moment of change. */
  readonly at: number
  /** The answer whose share moved most; of two, the rarer. */
  readonly answer: number
}

/**
 * Did a share move during the run? The largest distance of the running count from a straight line, D = max |Sₜ|/√(n p̂(1−p̂)), against
 * Kolmogorov's distribution (the CUSUM of a Bernoulli sequence tends to a Brownian bridge). Asymptotic: conservative for short runs.
 */
export function driftTest(sequence: Sequence): DriftResult {
  const n = sequence.length
  const counts = countOf(sequence)
  const rarestFirst = counts.map((count, answer) => ({count, answer})).filter(({count}) => count > 0 && count < n).sort((a, b) => a.count - b.count)
  const walks = rarestFirst.map(({count, answer}) => ({answer, ...farthest(sequence, answer, count / n)}))
  // the margin lets the rarer of two mirror images win, whatever the rounding
  const worst = walks.reduce((worst, walk) => (walk.distance > worst.distance * (1 + 1e-9) ? walk : worst), {answer: 0, distance: 0, at: 0})
  const tests = walks.length <= 2 ? 1 : walks.length // two shares mirror each other: one question
  return {p: Math.min(1, tests * kolmogorovUpper(worst.distance)), at: worst.at, answer: worst.answer}
}

function farthest(sequence: Sequence, answer: number, share: number): {readonly distance: number; readonly at: number} {
  let walk = 0
  let distance = 0
  let at = 0
  for (let t = 0; t < sequence.length; t++) {
    walk += Number(sequence[t] === answer) - share
    if (Math.abs(walk) <= distance) continue
    distance = Math.abs(walk)
    at = t + 1
  }
  return {distance: distance / Math.sqrt(sequence.length * share * (1 - share)), at}
}

/** P(K ≥ d) for Kolmogorov's K: the alternating series, and Jacobi's transform of it where that converges slowly (Kolmogorov 1933). */
export function kolmogorovUpper(d: number): number {
  if (d <= 0) return 1
  let total = 0
  if (d < 1) {
    for (let j = 1; j <= 20; j++) total += Math.exp((-((2 * j - 1) ** 2) * Math.PI ** 2) / (8 * d * d))
    return 1 - (Math.sqrt(2 * Math.PI) / d) * total
  }
  for (let j = 1; j <= 20; j++) total += (j % 2 === 1 ? 2 : -2) * Math.exp(-2 * j * j * d * d)
  return total
}
