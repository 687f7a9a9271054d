import type {GateReport, GateShareReport} from '../../tally/gate-report.js'
import type {SubsetReport, TallyReport} from '../../tally/report.js'
import {percent, points, quantity} from './numbers.js'
import {printable} from './printable.js'
import {forbiddenOf, openOf, orderOf, STOPPED} from './reason-sentences.js'

/** The verdict of the sequential gate and its reason in one sentence. */
export function gateSentence(report: TallyReport, gate: GateReport): string {
  const {reason, n, unit} = report
  const after = `after ${quantity(n, unit)}`
  switch (reason.type) {
    case 'fits':
      return `PASS ${after}: every share is within ${toleranceOf(gate)} of its weight`
    case 'split':
      return `FAIL ${after}: ${outsideOf(report, gate)}`
    case 'forbidden':
      return `FAIL: ${forbiddenOf(report, reason)}`
    case 'order':
      return `FAIL ${after}: ${orderOf(reason)}`
    case 'undecided':
      return `INCONCLUSIVE ${after}, when ${STOPPED[reason.stopped]}: ${openShareOf(report, gate)}`
    case 'counted':
      return `COUNTED ${quantity(n, unit)}`
    default:
      return `INCONCLUSIVE: ${openOf(report, reason)}`
  }
}

function toleranceOf({shares}: GateReport): string {
  const distinct = [...new Set(shares.map(({tolerance}) => points(tolerance)))]
  return distinct.length === 1 && distinct[0] !== undefined ? distinct[0] : 'its tolerance'
}

/** The share proven outside that is furthest beyond its tolerance; of two, the lighter. */
function outsideOf({subsets}: TallyReport, {shares, alphaFail}: GateReport): string {
  const outside = shares.flatMap((gate) => {
    const subset = subsets.find(({name}) => name === gate.name)
    return subset !== undefined && (gate.state === 'above' || gate.state === 'below') ? [{gate, subset}] : []
  })
  const surprise = ({gate, subset}: Found) => Math.abs(subset.share - (subset.weight ?? 0)) / gate.tolerance / (subset.weight ?? 1)
  const [first, ...rest] = outside
  if (first === undefined) return 'a share is outside its tolerance'
  const {gate, subset} = rest.reduce((worst, found) => (surprise(found) > surprise(worst) ? found : worst), first)
  const weight = `${percent(subset.weight ?? 0)} ± ${points(gate.tolerance)}`
  return `${printable(subset.name)} got ${percent(subset.share)} (${percent(1 - alphaFail)} range ${rangeOf(gate.range)}), not ${weight}`
}

interface Found {
  readonly gate: GateShareReport
  readonly subset: SubsetReport
}

/** The lightest share that is still open, and what is known of it. */
function openShareOf({subsets}: TallyReport, {shares}: GateReport): string {
  const open = subsets.filter(({name}) => shares.some((share) => share.name === name && share.state !== 'inside'))
  const unseen = subsets.find(({weight, count}) => weight !== null && weight > 0 && count === 0)
  if (unseen !== undefined) return `${printable(unseen.name)} never answered`
  const lightest = open.reduce<SubsetReport | undefined>((light, subset) => ((subset.weight ?? 1) < (light?.weight ?? 2) ? subset : light), undefined)
  const gate = shares.find(({name}) => name === lightest?.name)
  if (lightest === undefined || gate === undefined) return 'every share is open'
  const weight = `${percent(lightest.weight ?? 0)} ± ${points(gate.tolerance)}`
  return `the share of ${printable(lightest.name)} may be ${rangeOf(lightest.interval95)}, which neither proves nor refutes ${weight}`
}

function rangeOf([low, high]: readonly [number, number]): string {
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)}%`
}
