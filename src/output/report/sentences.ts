import type {SubsetReport, TallyReport} from '../../tally/report.js'
import {gateSentence} from './gate-sentence.js'
import {boundPercent, percent, points, pValue, quantity} from './numbers.js'
import {printable} from './printable.js'
import {forbiddenOf, listOf, openOf, orderOf} from './reason-sentences.js'

const METHODS = {exact: 'exact test', 'chi-square': 'χ² test', 'monte-carlo': 'simulated exact test', rule: ''} as const

/** The verdict and its reason in one sentence. */
export function verdictSentence(report: TallyReport): string {
  if (report.gate !== null) return gateSentence(report, report.gate)
  const {reason, unit, n, test} = report
  const p = test === null || test.method === 'rule' ? '' : ` (${METHODS[test.method]}, p ${pValue(test.p)})`
  switch (reason.type) {
    case 'counted':
      return `COUNTED ${quantity(n, unit)} (for a verdict: --expect one=80,two=20)`
    case 'fits':
      return `CONSISTENT with ${weightsOf(report)}${p}`
    case 'split':
      return `WRONG: ${farthestOf(report)}${p}`
    case 'forbidden':
      return `WRONG: ${forbiddenOf(report, reason)}`
    case 'order':
      return `WRONG: ${orderOf(reason)}`
    default:
      return `INCONCLUSIVE: ${openOf(report, reason)}`
  }
}

/** What more is to be known about the split, one sentence each: what the sample could not see, what would settle it. */
export function scopeSentences(report: TallyReport): readonly string[] {
  const {reason, test, gate} = report
  if (gate !== null && (reason.type === 'fits' || reason.type === 'split')) return [gate.guarantee]
  switch (reason.type) {
    case 'fits':
      return [...detectableSentence(report), ...proofSentence(report)]
    case 'split':
      return [`A correct split looks this wrong in at most 1 of ${Math.round(1 / (test?.alpha ?? 1)).toLocaleString('en-US')} runs.`]
    case 'forbidden':
      return ['With these weights in force not one such answer can come.']
    case 'unseen':
      return [
        `About ${quantity(reason.enough, report.unit)} would expose a split that never gets to ${listOf(reason.names, ' or ')}.`,
        ...proofSentence(report),
      ]
    case 'undecided':
      return [`More ${report.unit}s would settle it, or a wider tolerance: see tshift plan.`]
    case 'too-few':
    case 'empty':
      return proofSentence(report)
    default:
      return []
  }
}

function weightsOf({subsets}: TallyReport): string {
  return subsets.filter(({weight}) => weight !== null && weight > 0).map(({name, weight}) => `${printable(name)} ${percent(weight ?? 0)}`).join(', ')
}

/** The share that adds most to χ²: of two, the lighter. */
function farthestOf({subsets, n, unit}: TallyReport): string {
  const surprise = ({share, weight}: SubsetReport) => (share - (weight ?? 0)) ** 2 / (weight || 1)
  const worst = subsets.reduce((worst, subset) => (surprise(subset) > surprise(worst) ? subset : worst))
  return `${printable(worst.name)} got ${percent(worst.share)} of ${quantity(n, unit)}, not ${percent(worst.weight ?? 0)}`
}

function detectableSentence({detectable, subsets, n, unit}: TallyReport): readonly string[] {
  if (detectable === null) return []
  const power = `(${percent(detectable.power)} power)`
  const opening = `${quantity(n, unit)} cannot show more: ${n === 1 ? 'it' : 'they'} would have caught`
  const [first, second] = detectable.shares
  if (first !== undefined && second === undefined) return [`${opening} ${boundPercent(first.down ?? 1, 'up')} or more going elsewhere ${power}.`]
  const weightOf = (name: string) => subsets.find((subset) => subset.name === name)?.weight ?? 0
  const lightest = detectable.shares.reduce((light, share) => (weightOf(share.name) <= weightOf(light.name) ? share : light))
  if (detectable.shares.length === 2) return [`${opening} ${rangeOf(lightest, weightOf(lightest.name))} ${power}.`]
  const each = detectable.shares.flatMap(({name, up, down}) => (up === null ? [] : [`${printable(name)} off by ${down === null ? '+' : '±'}${points(up)}`]))
  return [`${opening} ${each.join(', ')} ${power}.`]
}

function rangeOf({name, up, down}: {readonly name: string; readonly up: number | null; readonly down: number | null}, weight: number): string {
  const above = up === null ? [] : [`≥ ${boundPercent(weight + up, 'up')}`]
  const below = down === null ? [] : [`≤ ${boundPercent(weight - down, 'down')}`]
  return `${printable(name)} at ${[...above, ...below].join(' or ')}`
}

function proofSentence({proof, n, unit}: TallyReport): readonly string[] {
  if (proof === null || proof.n <= n) return []
  return [`To prove ${printable(proof.name)} = ${percent(proof.weight)} ± ${points(proof.tolerance)} takes about ${quantity(proof.n, unit)}.`]
}
