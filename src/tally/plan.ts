import {UserError} from '../base/user-error.js'
import {normalize} from '../stats/weights.js'
import {parseExpectation, type ExpectedShare} from './expectation.js'
import {guaranteeOf} from './gate-report.js'
import {proofOf} from './proof.js'
import {leastToFail, leastToPass, RUNS, SEED, simulateGate, type RunLength, type SimulatedGate} from './simulate-gate.js'
import {DEFAULT_TOLERANCE, tolerancesOf, type Tolerance} from './tolerance.js'

/** A wrong split: the shares as they really are. */
export interface Violation {
  readonly what: 'moved' | 'equal' | 'stuck'
  readonly truth: readonly number[]
}

/** How many connections it takes to prove a split, and to catch which wrong ones. Printed as it is by `-o json`. */
export interface Plan {
  readonly apiVersion: 'tshift.dev/v1'
  readonly kind: 'Plan'
  readonly shares: readonly {readonly name: string; readonly weight: number; readonly tolerance: number}[]
  readonly alphaFail: number
  readonly alphaPass: number
  readonly guarantee: string
  readonly prove: {
    /** With the sequential gate, where the split is exactly right. */
    readonly anytime: RunLength
    /** With a fixed sample: two one-sided tests at α 0.05, power 0.9; null for a single destination. */
    readonly fixed: number | null
  }
  /** With the sequential gate, until FAIL. */
  readonly catches: readonly (RunLength & Violation)[]
  /** Where the lengths of sequential runs come from. */
  readonly method: {readonly type: 'simulation'; readonly runs: number; readonly seed: number}
}

export interface PlanOptions {
  readonly tolerance?: Tolerance
  readonly alpha?: number
  readonly alphaPass?: number
}

/**
 * `80/20`, `70/20/10` or `v1=80,v2=20` → plan. Sizes of sequential runs come from 200 seeded simulated runs, looked at 60 times in the length
 * expected: right to about 5 %, in a fraction of a second whatever the size. Throws UserError with exit code 2.
 */
export function plan(weights: string, {tolerance = DEFAULT_TOLERANCE, alpha = 0.001, alphaPass = 0.05}: PlanOptions = {}): Plan {
  const shares = parseWeights(weights)
  const normal = normalize(shares.map(({weight}) => weight))
  const named = shares.map(({name}, i) => ({name, weight: normal[i] ?? 0}))
  const tolerances = tolerancesOf(named, tolerance)
  const gate = {weights: normal, tolerances, alphaFail: alpha, alphaPass}
  const fixed = shares.length < 2 ? null : proofOf(named, tolerances).n
  return {
    apiVersion: 'tshift.dev/v1',
    kind: 'Plan',
    shares: named.map((share, i) => ({...share, tolerance: tolerances[i] ?? 0})),
    alphaFail: alpha,
    alphaPass,
    guarantee: guaranteeOf(tolerances, gate),
    prove: {anytime: simulateGate(normal, gate, {until: 'PASS', expected: fixed ?? leastToPass(gate)}), fixed},
    catches: violationsOf(gate).flatMap((violation) => {
      const length = simulateGate(violation.truth, gate, {until: 'FAIL', expected: leastToFail(violation.truth, gate)})
      return Number.isFinite(length.p90) ? [{...violation, ...length}] : []
    }),
    method: {type: 'simulation', runs: RUNS, seed: SEED},
  }
}

function parseWeights(text: string): readonly ExpectedShare[] {
  const numbers = text.split('/').map((part) => part.trim().replace(/%$/, ''))
  const named = text.includes('=') ? text : numbers.map((number, i) => `v${i + 1}=${number}`).join(',')
  const live = parseExpectation(named).shares.filter(({weight}) => weight > 0)
  if (live.length > 0) return live
  throw new UserError(`no weight in "${text}" is above 0`, {hint: 'write weights as 80/20 or v1=80,v2=20', exitCode: 2})
}

/**
 * Wrong splits worth catching: the lightest share up by twice its tolerance, all equal, everything on the heaviest. Those within the
 * tolerances are left out.
 */
function violationsOf({weights, tolerances}: SimulatedGate): readonly Violation[] {
  if (weights.length < 2) return []
  const lightest = weights.lastIndexOf(Math.min(...weights))
  const heaviest = weights.indexOf(Math.max(...weights))
  const [weight, step] = [weights[lightest] ?? 0, 2 * (tolerances[lightest] ?? 0)]
  const moved = weights.map((own, i) => (i === lightest ? own + step : own * (1 - step / (1 - weight))))
  const all: readonly Violation[] = [
    {what: 'moved', truth: moved},
    {what: 'equal', truth: weights.map(() => 1 / weights.length)},
    {what: 'stuck', truth: weights.map((_, i) => (i === heaviest ? 1 : 0))},
  ]
  const isOutside = (truth: readonly number[]) => truth.some((share, i) => Math.abs(share - (weights[i] ?? 0)) > (tolerances[i] ?? 0) * 1.05)
  return all.filter(({truth}) => truth.every((share) => share >= 0 && share <= 1) && isOutside(truth))
}
