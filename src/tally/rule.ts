import {acceptance} from '../stats/power.js'
import {sum} from '../stats/weights.js'
import type {OrderReport, Reason, SubsetReport, TestReport, Verdict} from './report.js'

/** What the verdict rests on. */
export interface Case {
  readonly n: number
  /** Subsets with a weight above 0. */
  readonly live: readonly SubsetReport[]
  /** Who answered and must not have: subsets of weight 0, and answers of nobody known. */
  readonly forbidden: readonly {readonly name: string; readonly count: number}[]
  readonly order: OrderReport
  /** Null where nothing was expected, or nothing counted. */
  readonly test: TestReport | null
  /** An order that is not random is wrong by itself. */
  readonly requireRandom: boolean
}

export interface Ruling {
  readonly verdict: Verdict
  readonly reason: Reason
}

/**
 * The rules, the first that applies:
 *
 * 1. One forbidden answer is WRONG, whatever else: its probability is 0 if the weights are in force.
 * 2. An order that is not random is WRONG where random order is required.
 * 3. Sticky answers are INCONCLUSIVE: the test takes them for independent, and they are not.
 * 4. p ≤ α is WRONG.
 * 5. INCONCLUSIVE, when the sample could not have told the weights from their grossest violations:
 *    - no outcome of this n could have been called wrong, not even every answer from the lightest subset; or
 *    - a subset that should get traffic never answered. A gateway that never sends it any gives just this sample, so it must not be called
 *      consistent; it was not rejected either, so n is too small. (10 of 10 from the 80 % subset: 10.7 % of right runs look so.)
 *    A small sample in which every subset answered stays CONSISTENT: a stuck gateway is refuted, and the report says how far off the shares
 *    may still be.
 * 6. Shares that moved during the run are INCONCLUSIVE: their average may fit weights that never were in force.
 * 7. CONSISTENT.
 */
export function rule(facts: Case): Ruling {
  const {n, live, forbidden, order, test, requireRandom} = facts
  if (live.length === 0) return {verdict: 'COUNTED', reason: {type: 'counted'}}
  if (n === 0 || test === null) return {verdict: 'INCONCLUSIVE', reason: {type: 'empty'}}
  if (forbidden.length > 0) return {verdict: 'WRONG', reason: forbiddenReason(forbidden)}
  const unordered = requireRandom ? orderReason(order) : undefined
  if (unordered !== undefined) return {verdict: 'WRONG', reason: unordered}
  if (order.finding === 'sticky') return {verdict: 'INCONCLUSIVE', reason: {type: 'sticky', effectiveN: order.effectiveN}}
  if (test.p <= test.alpha) return {verdict: 'WRONG', reason: {type: 'split'}}
  const blind = blindness(n, live, test.alpha)
  if (blind !== undefined) return {verdict: 'INCONCLUSIVE', reason: blind}
  if (order.finding === 'drifting') return {verdict: 'INCONCLUSIVE', reason: {type: 'drifting', at: order.drift.at, name: order.drift.name}}
  return {verdict: 'CONSISTENT', reason: {type: 'fits'}}
}

/** The finding as a reason, where the order is not what independent draws give; undefined where it is, or too short to say. */
export function orderReason({finding}: OrderReport): Reason | undefined {
  return finding === 'random' || finding === 'unknown' ? undefined : {type: 'order', finding}
}

/** Who answered and must not have. */
export function forbiddenReason(forbidden: Case['forbidden']): Reason {
  return {type: 'forbidden', count: sum(forbidden.map(({count}) => count)), names: forbidden.map(({name}) => name)}
}

function blindness(n: number, live: readonly SubsetReport[], alpha: number): Reason | undefined {
  if (live.length === 1) return undefined
  const weights = live.map(({weight}) => weight ?? 0)
  const lightest = Math.min(...weights)
  // the least likely outcome of all is every answer from the lightest subset; as the tails hold it alone (or with its equals), its p is its probability
  const equals = weights.filter((weight) => weight === lightest).length
  const isRejectable = equals * lightest ** n <= alpha
  if (!isRejectable) return {type: 'too-few', enough: Math.ceil(Math.log(alpha / equals) / Math.log(lightest))}
  const unseen = live.filter(({count}) => count === 0)
  if (unseen.length === 0) return undefined
  const missing = sum(unseen.map(({weight}) => weight ?? 0))
  return {type: 'unseen', names: unseen.map(({name}) => name), chance: (1 - missing) ** n, enough: enoughToMiss(missing, alpha)}
}

/** Roughly (to 1 %) the first n at which the exact test rejects a share that never answered; the one-sided size where that would take long. */
function enoughToMiss(weight: number, alpha: number): number {
  const first = Math.ceil(Math.log(alpha) / Math.log1p(-weight))
  if (first > 20_000) return first
  let n = first
  while (acceptance(n, weight, alpha).low === 0) n += Math.ceil(first / 100)
  return n
}
