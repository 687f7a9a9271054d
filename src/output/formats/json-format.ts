import type {TallyReport} from '../../tally/report.js'
import {formatJson} from '../json.js'
import type {Latency, ReportContext} from './report-context.js'

/** The document of `-o json`: the report, unabridged, and what is known around it. Fields may be added within v1, never renamed or re-interpreted. */
export interface ReportDocument extends TallyReport {
  readonly target: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly durationMs: number
  /** Null where nothing was timed. */
  readonly latencyMs: LatencyDocument | null
  /** Where the weights are written; null where that is not known. */
  readonly source: {readonly file: string; readonly line: number} | null
}

export interface LatencyDocument {
  /** What was timed: `connect`, `first byte`. */
  readonly of: string
  readonly count: number
  readonly p50: number | null
  readonly p90: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly max: number | null
}

/** `-o json`: the document, indented. */
export function jsonFormat(context: ReportContext): string {
  return formatJson(reportDocument(context))
}

/** What `-o json` prints, as a value: the report and its run; what is not known is null. */
export function reportDocument({report, target, startedAt, durationMs, latency, source}: ReportContext): ReportDocument {
  return {...report, target, startedAt, durationMs, latencyMs: latency === undefined ? null : latencyDocument(latency), source: source ?? null}
}

function latencyDocument({of, count, percentile}: Latency): LatencyDocument {
  const at = (p: number) => percentile(p) ?? null
  return {of, count, p50: at(50), p90: at(90), p95: at(95), p99: at(99), max: at(100)}
}
