import type {TallyReport} from '../../tally/report.js'
import {renderReport, type RenderOptions} from './render-report.js'

interface Percentiles {
  readonly p50: number | undefined
  readonly p95: number | undefined
  readonly p99: number | undefined
  readonly max: number | undefined
}

/** As much of a probe's result as people are shown. Times in milliseconds. */
export interface ProbeView {
  readonly target: string
  readonly durationMs: number
  readonly latencyMs: {readonly connect: Percentiles; readonly firstByte: Percentiles}
  readonly report: TallyReport
}

/** The probe's summary for people: where and how long, the judged shares, how quick the connections were. */
export function renderProbe({target, durationMs, latencyMs, report}: ProbeView, options: RenderOptions = {}): string {
  const tried = report.n + report.errors.total
  const rate = durationMs > 0 ? `, ${Math.round((1000 * tried) / durationMs)}/s` : ''
  const head = `${target}: ${tried} connections in ${formatMs(durationMs)}${rate}, ${report.errors.total} failed\n`
  const times = [row('connect', latencyMs.connect), row('first byte', latencyMs.firstByte)].filter((line) => line !== undefined)
  return `${head}${renderReport(report, options)}${times.length === 0 ? '' : `  ${times.join('\n  ')}\n`}`
}

function row(name: string, {p50, p95, p99, max}: Percentiles): string | undefined {
  if (p50 === undefined || p95 === undefined || p99 === undefined || max === undefined) return undefined
  return `${name.padEnd(10)} p50 ${formatMs(p50)}  p95 ${formatMs(p95)}  p99 ${formatMs(p99)}  max ${formatMs(max)}`
}

/** Three digits are enough to read: `0.24 ms`, `12.3 ms`, `1.52 s`. */
function formatMs(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toPrecision(3)} s`
  return `${ms >= 100 ? Math.round(ms) : Number(ms.toPrecision(ms >= 10 ? 3 : 2))} ms`
}
