import type {TallyReport, ThresholdReport} from '../../tally/report.js'
import {factsOf} from '../report/facts.js'
import {percent, points} from '../report/numbers.js'
import {printable} from '../report/printable.js'
import {verdictSentence} from '../report/sentences.js'

/** One question that a report answers, as test reports and annotations show it. */
export interface Check {
  readonly kind: 'split' | 'errors' | 'order' | 'threshold'
  /** `split v1`, `errors`, `threshold p(99)<20ms`: stable from run to run, safe to print. */
  readonly name: string
  /** `open`: nothing to say, and the exit code does not depend on it. `inconclusive`: asked, and not answered. */
  readonly state: 'pass' | 'fail' | 'inconclusive' | 'warning' | 'open'
  readonly message: string
}

/** The one view of a report that all test-like formats show. Some check fails where the exit code is 3 or 5, and some is inconclusive where it is 4. */
export function checksOf(report: TallyReport): readonly Check[] {
  return [...splitChecks(report), errorCheck(report), orderCheck(report), ...report.thresholds.map(thresholdCheck)]
}

function splitChecks(report: TallyReport): readonly Check[] {
  if (report.expectation === null) return []
  const expected = report.subsets.map((subset) => ({
    kind: 'split' as const,
    name: `split ${printable(subset.name, 60)}`,
    state: splitState(report, subset),
    message: messageOf(report, subset),
  }))
  const strays: Check = {kind: 'split', name: 'split (not expected)', state: 'fail', message: verdictSentence(report)}
  return report.unexpected.length === 0 ? expected : [...expected, strays]
}

type Subset = TallyReport['subsets'][number]

function splitState({verdict, reason, gate, subsets}: TallyReport, subset: Subset): Check['state'] {
  const isForbidden = subset.weight === 0 && subset.count > 0
  if (isForbidden) return 'fail'
  if (subset.weight === 0 || verdict === 'CONSISTENT' || verdict === 'PASS') return 'pass'
  const state = gate?.shares.find(({name}) => name === subset.name)?.state
  if (verdict === 'INCONCLUSIVE') return reason.type === 'undecided' && state === 'inside' ? 'pass' : 'inconclusive'
  if (reason.type !== 'split') return 'open'
  if (state !== undefined) return state === 'above' || state === 'below' ? 'fail' : 'open'
  return subset === farthest(subsets) || isOutside(subset) ? 'fail' : 'open'
}

/** The test of a fixed sample is one for all shares: blame falls on those it is plain for, and at least on one. */
function isOutside({weight, interval95: [low, high]}: Subset): boolean {
  return weight !== null && (weight < low || weight > high)
}

function farthest(subsets: readonly Subset[]): Subset | undefined {
  const surprise = ({share, weight}: Subset) => (weight === null || weight === 0 ? 0 : (share - weight) ** 2 / weight)
  const [first, ...rest] = subsets
  return first === undefined ? undefined : rest.reduce((worst, subset) => (surprise(subset) > surprise(worst) ? subset : worst), first)
}

function messageOf({n, unit, gate}: TallyReport, {name, share, count, weight, interval95: [low, high]}: Subset): string {
  const tolerance = gate?.shares.find((gate) => gate.name === name)?.tolerance
  const allowed = `${percent(weight ?? 0)}${tolerance === undefined ? '' : ` ± ${points(tolerance)}`}`
  const got = `${printable(name)} got ${count.toLocaleString('en-US')} of ${n.toLocaleString('en-US')} ${unit}s`
  return n === 0 ? `${got}, expected ${allowed}` : `${got}, ${percent(share)} (95% interval ${percent(low)}–${percent(high)}), expected ${allowed}`
}

function errorCheck(report: TallyReport): Check {
  const {errors} = report
  const [message = `no connection failed${errors.upper95 === null ? '' : `; at most ${percent(errors.upper95)} do (95% confidence)`}`] = factsOf(report)
    .map(({text}) => text)
    .filter((text) => errors.total > 0 && text.includes(' failed: '))
  return {kind: 'errors', name: 'errors', state: errors.exceeded ? 'fail' : errors.total > 0 && errors.limit === null ? 'warning' : 'pass', message}
}

function orderCheck(report: TallyReport): Check {
  const {order, reason} = report
  const [message = 'order: too few answers, or too alike, to say anything'] = factsOf(report).map(({text}) => text).filter((text) => text.startsWith('order: '))
  const states = {random: 'pass', unknown: 'open', sticky: 'warning', even: 'warning', drifting: 'warning'} as const
  return {kind: 'order', name: 'order', state: reason.type === 'order' ? 'fail' : states[order.finding], message}
}

function thresholdCheck({expression, value, crossed}: ThresholdReport): Check {
  const shown = printable(expression, 60)
  const seen = value === null ? 'nothing was measured' : `the value is ${Number(value.toPrecision(4))}`
  const message = `threshold ${shown} ${crossed ? 'crossed' : 'holds'}: ${seen}`
  return {kind: 'threshold', name: `threshold ${shown}`, state: crossed ? 'fail' : 'pass', message}
}
