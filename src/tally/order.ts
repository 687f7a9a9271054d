import {judgeOrder} from '../stats/order.js'
import type {Counts} from './count.js'
import type {Expectation} from './expectation.js'
import type {OrderReport} from './report.js'

/** More answers than this are not a split, and the tests would take their time over it. */
const MOST_ANSWERS = 20

/** What the order of the answers says, by subset where subsets are known; `alpha` is the chance of a finding in answers that are independent. */
export function orderOf(counts: Counts, expectation: Expectation | undefined, alpha: number): OrderReport {
  const names = [...counts.answers.map(({answer}) => nameOf(answer, expectation)), '(other)']
  const distinct = [...new Set(names)]
  const indices = names.map((name) => distinct.indexOf(name))
  const tooMany = distinct.length > MOST_ANSWERS + 1
  const order = judgeOrder(tooMany ? new Uint16Array() : counts.sequence.map((answer) => indices[answer] ?? 0), alpha)
  return {
    finding: order.finding,
    runs: order.runs,
    markov: {p: order.markov.p},
    drift: {p: order.drift.p, at: order.drift.at, name: distinct[order.drift.answer] ?? ''},
    underDispersion: {pLow: order.dispersion.pLow},
    effectiveN: order.effectiveN,
  }
}

function nameOf(answer: string, expectation: Expectation | undefined): string {
  return expectation?.shares.find(({answers}) => answers.includes(answer))?.name ?? answer
}
