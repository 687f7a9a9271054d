import type {TallyReport} from '../../tally/report.js'
import type {SeriesPoint} from '../../tally/series.js'

/** A report and what is known around it: all that a format may print. */
export interface ReportContext {
  readonly report: TallyReport
  /** What was judged, for people: `gateway/tcp-echo-gateway:31400`, a file's name, `standard input`. */
  readonly target: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly durationMs: number
  /** Undefined where nothing was timed, as with lines from elsewhere. */
  readonly latency?: Latency
  /** How shares and evidence grew; only pictures need it. */
  readonly series?: readonly SeriesPoint[]
  /** Where the weights are written. */
  readonly source?: SourcePlace
}

export interface Latency {
  /** What was timed: `connect`, `first byte`. */
  readonly of: string
  readonly count: number
  /** Milliseconds that this percentage, 0–100, did not exceed; undefined where nothing was timed. */
  percentile(percentile: number): number | undefined
}

export interface SourcePlace {
  readonly file: string
  readonly line: number
}
