import {seededRandom} from '../base/random.js'
import {decide, type GateState} from '../stats/gate.js'
import {lnFactorials} from '../stats/ln-gamma.js'
import {drawMultinomial, type Urn} from '../stats/monte-carlo.js'
import {xLnY} from '../stats/weights.js'

/** How many connections a question takes, in half and in nine of ten runs. */
export interface RunLength {
  readonly median: number
  readonly p90: number
}

/** A gate to simulate: all by index of the shares, as shares of 1. */
export interface SimulatedGate {
  readonly weights: readonly number[]
  readonly tolerances: readonly number[]
  readonly alphaFail: number
  readonly alphaPass: number
}

export const RUNS = 200
export const SEED = 1
/** Looks per expected length of a run; between them a whole batch is drawn, so that the cost hardly depends on the size. */
const LOOKS = 60
/** A run this many times longer than expected is given up. */
const PATIENCE = 30

interface Goal {
  readonly until: GateState
  /** Roughly how long a run takes; sets how often it is looked at. */
  readonly expected: number
}

/** Lengths of 200 seeded runs while the shares really are `truth`, to about 5 %; Infinity where the goal is never reached. */
export function simulateGate(truth: readonly number[], gate: SimulatedGate, goal: Goal): RunLength {
  const step = Math.max(1, Math.round(goal.expected / LOOKS))
  const urn = {n: step, shares: truth, factorials: lnFactorials(step), random: seededRandom(SEED)}
  const lengths = Array.from({length: RUNS}, () => runLength(urn, gate, goal)).sort((a, b) => a - b)
  const at = (share: number) => rounded(lengths[Math.ceil(share * RUNS) - 1] ?? Infinity)
  return {median: at(0.5), p90: at(0.9)}
}

function runLength(urn: Urn, gate: SimulatedGate, {until, expected}: Goal): number {
  const counts = gate.weights.map(() => 0)
  const batch = new Float64Array(counts.length)
  for (let n = urn.n; n <= PATIENCE * expected; n += urn.n) {
    drawMultinomial(batch, urn)
    batch.forEach((drawn, i) => (counts[i] = (counts[i] ?? 0) + drawn))
    // no gate decides in a fifth of the length expected, except by a miracle that a median does not see
    if (n * 5 < expected) continue
    // the decision came somewhere since the look before
    if (decide(counts, gate.weights, {...gate, max: Infinity}).state === until) return n - Math.floor(urn.n / 2)
  }
  return Infinity
}

/** Two digits are all that the simulation gives; small numbers are exact. */
function rounded(n: number): number {
  return n < 100 || n === Infinity ? n : Number(n.toPrecision(2))
}

/** A share of 1 proven above 1 − δ. */
export function leastToPass({tolerances, alphaPass}: SimulatedGate): number {
  return Math.ceil(Math.log(alphaPass) / Math.log1p(-(tolerances[0] ?? 0.5)))
}

/** ln(1/α) over the information per connection against the nearest edge of the band, for the share that gives most (Wald 1945). */
export function leastToFail(truth: readonly number[], {weights, tolerances, alphaFail}: SimulatedGate): number {
  const information = truth.map((share, i) => {
    const [weight, tolerance] = [weights[i] ?? 0, tolerances[i] ?? 0]
    const edge = share > weight ? weight + tolerance : weight - tolerance
    const isOutside = Math.abs(share - weight) > tolerance && edge > 0 && edge < 1
    return isOutside ? xLnY(share, share / edge) + xLnY(1 - share, (1 - share) / (1 - edge)) : 0
  })
  return Math.ceil(Math.log(1 / alphaFail) / Math.max(...information))
}
