import {seededRandom} from '../base/random.js'
import {minimumDetectable, type Detectable} from '../stats/power.js'
import {testShares} from '../stats/share-test.js'
import type {Counts} from './count.js'
import type {ErrorLimit} from './error-limit.js'
import {exitCodeOf} from './exit-code.js'
import type {Expectation} from './expectation.js'
import {orderOf} from './order.js'
import {proofOf} from './proof.js'
import type {SubsetReport, TallyReport, TestReport, Unit} from './report.js'
import {rule} from './rule.js'
import {errorsOf, sampleOf} from './sample.js'
import {DEFAULT_TOLERANCE, tolerancesOf, type Tolerance} from './tolerance.js'

/** What the verdict on a fixed sample and the sequential gate have in common. */
export interface JudgeOptions {
  /** The chance of calling a right split wrong; 0.001 by default: a gate asked 50 times a day errs once in three weeks. */
  readonly alpha?: number
  /** How far a share may be from its weight: what the gate proves, and what a fixed sample is told it would take to prove. */
  readonly tolerance?: Tolerance
  /** Connections without an answer, by kind. Facts of their own: they do not enter the shares. */
  readonly errors?: Readonly<Record<string, number>>
  /** Without one, errors are reported and gate nothing. */
  readonly errorLimit?: ErrorLimit
  /** An order that is not random makes the split wrong; otherwise it is a warning. */
  readonly requireRandom?: boolean
  readonly unit?: Unit
  /** The gateway drew from a seed. */
  readonly seeded?: boolean
}

const POWER = 0.9

/**
 * The verdict on a sample of fixed size. CONSISTENT does not say that the split is right, only that this sample does not contradict it: the
 * report carries what the sample could not have seen. Without an expectation the verdict is COUNTED. The rules are in `rule.ts`.
 */
export function judge(counts: Counts, expectation: Expectation | undefined, options: JudgeOptions = {}): TallyReport {
  const {alpha = 0.001, tolerance = DEFAULT_TOLERANCE, unit = 'line', seeded = false, requireRandom = false} = options
  const {n, subsets, live, unexpected, forbidden} = sampleOf(counts, expectation)
  const order = orderOf(counts, expectation, alpha)
  const test = expectation === undefined || n === 0 ? null : testOf(live, forbidden.length > 0, alpha)
  const {verdict, reason} = rule({n, live, forbidden, order, test, requireRandom})
  const errors = errorsOf(n, options.errors ?? {}, options.errorLimit)
  return {
    apiVersion: 'tshift.dev/v1',
    kind: 'TallyReport',
    unit,
    mode: 'fixed',
    n,
    verdict,
    reason,
    exitCode: exitCodeOf({verdict, errors, thresholds: []}),
    expectation: expectation === undefined ? null : {source: expectation.source},
    subsets,
    unexpected,
    errors,
    unmatched: counts.unmatched,
    test,
    gate: null,
    detectable: test === null ? null : {power: POWER, shares: detectableOf(n, live, alpha)},
    proof: live.length < 2 ? null : proofOf(weightsOf(live), tolerancesOf(weightsOf(live), tolerance)),
    order,
    thresholds: [],
    seeded,
  }
}

function weightsOf(live: readonly SubsetReport[]): readonly {readonly name: string; readonly weight: number}[] {
  return live.map(({name, weight}) => ({name, weight: weight ?? 0}))
}

/** An answer of probability 0 makes p 0; a single destination that got every answer makes it 1. */
function testOf(live: readonly SubsetReport[], isForbidden: boolean, alpha: number): TestReport {
  if (isForbidden) return {method: 'rule', p: 0, alpha}
  if (live.length === 1) return {method: 'rule', p: 1, alpha}
  // the simulation's seed is fixed: the same counts must get the same verdict
  return {...testShares(live.map(({count}) => count), live.map(({weight}) => weight ?? 0), seededRandom(1)), alpha}
}

function detectableOf(n: number, live: readonly SubsetReport[], alpha: number): readonly (Detectable & {readonly name: string})[] {
  const [only] = live
  // one stray answer in n is enough: 1 − (1 − d)ⁿ ≥ power
  if (only !== undefined && live.length === 1) return [{name: only.name, up: null, down: 1 - (1 - POWER) ** (1 / n)}]
  const found = minimumDetectable(n, live.map(({weight}) => weight ?? 0), {alpha, power: POWER})
  return live.map(({name}, i) => ({name, up: found[i]?.up ?? null, down: found[i]?.down ?? null}))
}
