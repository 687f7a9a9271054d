import {seededRandom} from '../../src/base/random.js'

/** Draws answers 0 … k−1 with the given shares, for ever. */
export function drawer(shares: readonly number[], seed: number): () => number {
  const random = seededRandom(seed)
  return () => {
    let left = random()
    return Math.max(0, shares.findIndex((share) => (left -= share) < 0))
  }
}

export function draw(n: number, shares: readonly number[], seed: number): number[] {
  const next = drawer(shares, seed)
  return Array.from({length: n}, next)
}

/** Smooth weighted round robin, as nginx deals connections out. */
export function roundRobin(n: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const current = weights.map(() => 0)
  return Array.from({length: n}, () => {
    weights.forEach((weight, i) => (current[i] = (current[i] ?? 0) + weight))
    const best = current.indexOf(Math.max(...current))
    current[best] = (current[best] ?? 0) - total
    return best
  })
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}
