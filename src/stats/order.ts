import {dispersionTest, type DispersionResult} from './dispersion.js'
import {driftTest, type DriftResult} from './drift.js'
import {markovTest} from './markov.js'
import type {ChiSquareResult} from './chi-square.js'
import {countOf, runsTest, stretch, type RunsResult, type Sequence} from './runs.js'
import {sum} from './weights.js'

/**
 * Is the order of the answers what independent draws give? Every test of shares assumes so.
 *
 *   sticky    one answer is followed by itself too often: affinity, or one source glued to one subset
 *   drifting  the shares moved once, and look random before and after
 *   even      more regular than chance: weighted round robin
 *   unknown   too short, or only one answer: nothing can be said
 */
export type OrderFinding = 'random' | 'sticky' | 'drifting' | 'even' | 'unknown'

export interface Order {
  readonly finding: OrderFinding
  readonly runs: RunsResult
  readonly markov: ChiSquareResult
  readonly drift: DriftResult
  readonly dispersion: DispersionResult
  /** How many independent draws would say as much about the shares; n unless the order is sticky. */
  readonly effectiveN: number
}

const SHORTEST = 20
const TESTS = 4

/** Runs the four order tests on a sequence, α shared between them (Bonferroni). */
export function judgeOrder(sequence: Sequence, alpha = 0.001): Order {
  const tests = {runs: runsTest(sequence), markov: markovTest(sequence), drift: driftTest(sequence), dispersion: dispersionTest(sequence)}
  const finding = find(sequence, tests, alpha / TESTS)
  return {finding, ...tests, effectiveN: finding === 'sticky' ? effectiveSize(sequence, tests.runs) : sequence.length}
}

function find(sequence: Sequence, {runs, markov, drift, dispersion}: Omit<Order, 'finding' | 'effectiveN'>, alpha: number): OrderFinding {
  const answers = countOf(sequence).filter((count) => count > 0).length
  if (sequence.length < SHORTEST || answers < 2) return 'unknown'
  if (drift.p < alpha && isRandomOnBothSides(sequence, drift.at, alpha)) return 'drifting'
  if (runs.p < alpha) return runs.z < 0 ? 'sticky' : 'even'
  if (dispersion.pLow < alpha) return 'even'
  if (markov.p < alpha) return runs.z < 0 ? 'sticky' : 'even'
  return drift.p < alpha ? 'drifting' : 'random'
}

/** One change of shares clumps the run as a whole, but neither of its parts. */
function isRandomOnBothSides(sequence: Sequence, at: number, alpha: number): boolean {
  return [stretch(sequence, 0, at), stretch(sequence, at, sequence.length)].every((part) => runsTest(part).p >= alpha)
}

/**
 * n(1−ρ)/(1+ρ): the size of an independent sample whose shares are as uncertain, where an answer repeats itself with lag-1 correlation ρ,
 * estimated from the number of changes, P(change) = (1−ρ)(1 − Σp²).
 */
function effectiveSize(sequence: Sequence, {runs}: RunsResult): number {
  const n = sequence.length
  const repeat = sum(countOf(sequence).map((count) => (count / n) ** 2))
  const rho = Math.min(1, Math.max(0, 1 - (runs - 1) / ((n - 1) * (1 - repeat))))
  return Math.max(1, Math.round((n * (1 - rho)) / (1 + rho)))
}
