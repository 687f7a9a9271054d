import {latencyHistogram, type LatencyHistogram} from '../../probe/latency.js'
import {inOrder} from '../../probe/in-order.js'
import type {Observation} from '../../probe/observation.js'
import {runProbe, type ProbeOptions} from '../../probe/run.js'
import {createCounter} from '../../tally/count.js'
import type {Expectation} from '../../tally/expectation.js'
import {judge} from '../../tally/judge.js'
import type {TallyReport} from '../../tally/report.js'

/** Percentiles in milliseconds; undefined where nothing was measured. */
export interface LatencySummary {
  readonly p50: number | undefined
  readonly p95: number | undefined
  readonly p99: number | undefined
  readonly max: number | undefined
}

export interface ProbeResult {
  readonly target: string
  readonly durationMs: number
  /** Time to connect, and from there to the first byte of the reply. */
  readonly latencyMs: {readonly connect: LatencySummary; readonly firstByte: LatencySummary}
  readonly report: TallyReport
}

export interface ProbeRun extends ProbeOptions {
  readonly target: string
  readonly expectation: Expectation | undefined
  readonly alpha: number
  /** Called with every observation, as it comes. */
  readonly observed: (observation: Observation) => void
}

/** Probes and judges. Connections that gave no answer are errors of their kind and do not enter the shares. */
export async function probe(run: ProbeRun): Promise<ProbeResult> {
  const counter = createCounter()
  const connect = latencyHistogram()
  const firstByte = latencyHistogram()
  const errors: Record<string, number> = {}
  const startMs = performance.now()
  for await (const observation of inOrder(runProbe(run))) {
    run.observed(observation)
    if (observation.connectMs !== undefined) connect.record(observation.connectMs)
    if (observation.firstByteMs !== undefined) firstByte.record(observation.firstByteMs)
    const kind = observation.error?.kind ?? (observation.reply === '' ? 'closed' : undefined)
    if (kind === undefined) counter.add(observation.reply)
    else errors[kind] = (errors[kind] ?? 0) + 1
  }
  return {
    target: run.target,
    durationMs: performance.now() - startMs,
    latencyMs: {connect: summary(connect), firstByte: summary(firstByte)},
    report: judge(counter.counts(), run.expectation, {alpha: run.alpha, errors, unit: 'connection'}),
  }
}

function summary(histogram: LatencyHistogram): LatencySummary {
  return {p50: histogram.quantile(0.5), p95: histogram.quantile(0.95), p99: histogram.quantile(0.99), max: histogram.quantile(1)}
}

/** 8 where nothing could be reached, 5 where connections failed, and otherwise the verdict's: a wrong split outranks errors. */
export function probeExitCode({report}: ProbeResult): number {
  const {refused = 0, unreachable = 0} = report.errors.byKind
  if (report.n === 0 && report.errors.total > 0) return refused + unreachable === report.errors.total ? 8 : 5
  if (report.verdict === 'WRONG') return report.exitCode
  return report.errors.total > 0 ? 5 : report.exitCode
}
