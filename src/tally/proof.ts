import {proveSize} from '../stats/sample-size.js'

/** The size of a fixed sample that proves a split, and the share that takes that many. */
export interface Proof {
  readonly n: number
  readonly name: string
  readonly weight: number
  readonly tolerance: number
}

const ALPHA = 0.05
const POWER = 0.9

/**
 * The subset that takes the longest to prove by two one-sided tests at α 0.05, power 0.9. Two shares are one question, asked where the band is
 * narrower; more must all succeed, so each may fail less often. Weights > 0, as shares of 1; at least two.
 */
export function proofOf(shares: readonly {readonly name: string; readonly weight: number}[], tolerances: readonly number[]): Proof {
  const power = shares.length === 2 ? POWER : 1 - (1 - POWER) / shares.length
  const narrowest = Math.min(...tolerances)
  const sizes = shares.map(({name, weight}, i) => {
    const tolerance = shares.length === 2 ? narrowest : (tolerances[i] ?? 0)
    return {name, weight, tolerance, n: proveSize(weight, tolerance, {alpha: ALPHA, power})}
  })
  return sizes.reduce((longest, size) => (size.n > longest.n || (size.n === longest.n && size.weight < longest.weight) ? size : longest))
}
