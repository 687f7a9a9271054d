import type {GateDecision} from '../stats/gate.js'
import {forbiddenReason, orderReason, type Ruling} from './rule.js'
import type {OrderReport, Stop} from './report.js'
import type {Sample} from './sample.js'

/** What the verdict of the sequential gate rests on. */
export interface GateCase {
  readonly sample: Sample
  readonly decision: GateDecision
  readonly order: OrderReport
  readonly stopped: Stop
  readonly requireRandom: boolean
}

/**
 * The rules of the gate, the first that applies; in the order of those for a fixed sample:
 *
 * 1. One forbidden answer is FAIL.
 * 2. An order that is not random is FAIL where random order is required.
 * 3. Sticky answers are INCONCLUSIVE: both error rates rest on independent draws.
 * 4. A share proven outside its tolerance is FAIL.
 * 5. Shares that moved during the run are INCONCLUSIVE, even where their average is proven right.
 * 6. Every share proven inside is PASS.
 * 7. INCONCLUSIVE: nothing answered, or the run ended first.
 */
export function ruleGate({sample, decision, order, stopped, requireRandom}: GateCase): Ruling {
  if (sample.forbidden.length > 0) return {verdict: 'FAIL', reason: forbiddenReason(sample.forbidden)}
  const unordered = requireRandom ? orderReason(order) : undefined
  if (unordered !== undefined) return {verdict: 'FAIL', reason: unordered}
  if (order.finding === 'sticky') return {verdict: 'INCONCLUSIVE', reason: {type: 'sticky', effectiveN: order.effectiveN}}
  if (decision.state === 'FAIL') return {verdict: 'FAIL', reason: {type: 'split'}}
  if (order.finding === 'drifting') return {verdict: 'INCONCLUSIVE', reason: {type: 'drifting', at: order.drift.at, name: order.drift.name}}
  if (decision.state === 'PASS') return {verdict: 'PASS', reason: {type: 'fits'}}
  return {verdict: 'INCONCLUSIVE', reason: sample.n === 0 ? {type: 'empty'} : {type: 'undecided', stopped}}
}
