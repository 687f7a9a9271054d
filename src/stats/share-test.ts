import {chiSquareTest} from './chi-square.js'
import {exactMultinomialP, outcomeCount} from './exact-multinomial.js'
import {monteCarloP} from './monte-carlo.js'
import {normalize, sum} from './weights.js'

/** Beyond this many outcomes the exact test takes longer than a person waits. */
const MAX_OUTCOMES = 2_000_000
/** χ² holds its size down to α = 0.001 from here on (enumerated); with fewer expected it rejects up to three times too often. */
const MIN_EXPECTED = 20

export interface ShareTest {
  readonly method: 'exact' | 'chi-square' | 'monte-carlo'
  readonly p: number
}

/**
 * Do `counts` fit relative `weights` > 0? Exact where it can be enumerated, χ² where that is sound, simulated otherwise.
 * `random` is drawn from by the simulation only.
 */
export function testShares(counts: readonly number[], weights: readonly number[], random: () => number): ShareTest {
  const n = sum(counts)
  if (outcomeCount(n, counts.length) <= MAX_OUTCOMES) return {method: 'exact', p: exactMultinomialP(counts, weights)}
  if (n * Math.min(...normalize(weights)) >= MIN_EXPECTED) return {method: 'chi-square', p: chiSquareTest(counts, weights).p}
  return {method: 'monte-carlo', p: monteCarloP(counts, weights, {random})}
}
