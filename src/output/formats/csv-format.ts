import {printable} from '../report/printable.js'
import type {ReportContext} from './report-context.js'

const COLUMNS = ['target', 'started_at', 'mode', 'verdict', 'subset', 'weight', 'count', 'n', 'share', 'low95', 'high95'] as const

/** A line per subset and per unexpected answer, with a header (RFC 4180). */
export function csvFormat({report, target, startedAt}: ReportContext): string {
  const {mode, verdict, n} = report
  const start = [target, startedAt, mode, verdict]
  const rows = [
    ...report.subsets.map(({name, weight, count, share, interval95: [low, high]}) => [...start, name, weight ?? '', count, n, share, low, high]),
    ...report.unexpected.map(({answer, count}) => [...start, answer, 0, count, n, count / n, '', '']),
  ]
  return [COLUMNS, ...rows].map((row) => row.map(field).join(',') + '\r\n').join('')
}

const LONGEST = 200

/**
 * Quoted where it has to be, control characters spelt out. A text that a spreadsheet would run as a formula gets an apostrophe in front
 * (OWASP, CSV injection).
 */
function field(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const shown = printable(value, LONGEST)
  const text = /^[=+\-@]/.test(shown) ? `'${shown}` : shown
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
