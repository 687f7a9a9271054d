import type {LedgerEntry} from '../../tally/ledger.js'
import {alignRows, TABLE_LAYOUT} from '../tabwriter.js'

/**
 * A ledger as a table, a run a line, and the rule of three: n runs without a FAIL bound the long-run rate of FAILs by 3/n (95 %).
 * Source: Hanley & Lippman-Hand 1983.
 */
export function renderLedger(entries: readonly LedgerEntry[]): string {
  const header = ['DATE', 'N', 'ANSWERS', 'WEIGHTS', 'VERDICT SO FAR']
  const rows = entries.map(({date, answers, weights, verdict}) => {
    const n = answers.reduce((sum, {count}) => sum + count, 0)
    return [date, String(n), answers.map(({answer, count}) => `${answer} ${count}`).join(', '), weights, verdict]
  })
  const failed = entries.filter(({verdict}) => verdict === 'FAIL').length
  const bound =
    failed > 0 || entries.length === 0
      ? ''
      : `no FAIL in ${entries.length} run${entries.length === 1 ? '' : 's'}: fewer than ${bounded(entries.length)} of such runs fail (95%)\n`
  return alignRows([header, ...rows], TABLE_LAYOUT) + bound
}

function bounded(runs: number): string {
  return `${Math.min(100, Math.round(300 / runs))}%`
}
