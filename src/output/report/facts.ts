import type {TallyReport} from '../../tally/report.js'
import {percent, pValue, quantity} from './numbers.js'
import {printable} from './printable.js'

/** A remark beside the verdict. */
export interface Fact {
  readonly level: 'warning' | 'note'
  readonly text: string
}

/** What to know besides the shares: failed connections, order, lines left out, a seed. */
export function factsOf(report: TallyReport): readonly Fact[] {
  return [...errorFacts(report), ...thresholdFacts(report), ...orderFacts(report), ...omissions(report)]
}

function errorFacts({errors}: TallyReport): readonly Fact[] {
  if (errors.total === 0) return []
  const kinds = Object.entries(errors.byKind).filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${kind}`)
  const bound = errors.upper95 === null || errors.upper95 === 1 ? '' : `; at most ${percent(errors.upper95)} fail (95% confidence)`
  return [{level: 'warning', text: `${quantity(errors.total, 'connection')} failed: ${kinds.join(', ')}${bound}${limitOf(errors)}`}]
}

function limitOf({limit, exceeded}: TallyReport['errors']): string {
  if (limit === null) return ''
  const most = limit.type === 'count' ? limit.most.toLocaleString('en-US') : percent(limit.most)
  return exceeded ? `; more than the limit of ${most}` : `; within the limit of ${most}`
}

function thresholdFacts({thresholds}: TallyReport): readonly Fact[] {
  return thresholds.map(({expression, value, crossed}) => {
    const seen = value === null ? 'nothing was measured' : `it is ${Number(value.toPrecision(4))}`
    return {level: crossed ? 'warning' : 'note', text: `threshold ${printable(expression, 60)} ${crossed ? 'crossed' : 'holds'}: ${seen}`}
  })
}

function orderFacts({order, n, unit}: TallyReport): readonly Fact[] {
  const runs = `${quantity(order.runs.runs, 'run')} in ${quantity(n, unit)}, expected ${Math.round(order.runs.expected)}`
  switch (order.finding) {
    case 'unknown':
      return []
    case 'random':
      return [{level: 'note', text: `order: looks random (runs p ${pValue(order.runs.p)})`}]
    case 'sticky':
      return [{level: 'warning', text: `order: answers stick together (${runs}), as when a client is kept on one subset`}]
    case 'even':
      return [{level: 'warning', text: `order: more regular than chance (${runs}), as round robin is; the test of shares is then lenient`}]
    case 'drifting':
      return [{level: 'warning', text: `order: the share of ${printable(order.drift.name)} moved near ${unit} ${order.drift.at} (p ${pValue(order.drift.p)})`}]
  }
}

function omissions({unmatched, seeded}: TallyReport): readonly Fact[] {
  const left = `${quantity(unmatched, 'line')} did not match the pattern and ${unmatched === 1 ? 'is' : 'are'} not counted`
  const repeats = 'seeded: the draws repeat from run to run, so this says nothing about chance'
  return [...(unmatched > 0 ? [left] : []), ...(seeded ? [repeats] : [])].map((text) => ({level: 'note', text}))
}
