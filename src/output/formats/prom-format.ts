import type {SubsetReport, Verdict} from '../../tally/report.js'
import {printable} from '../report/printable.js'
import type {ReportContext} from './report-context.js'

type Labels = Readonly<Record<string, string>>

/** All are gauges: each run stands for itself, and nothing adds up over runs. */
interface Family {
  readonly name: string
  readonly help: string
  readonly samples: readonly {readonly labels?: Labels; readonly value: number}[]
}

const VERDICTS: readonly Verdict[] = ['CONSISTENT', 'WRONG', 'PASS', 'FAIL', 'INCONCLUSIVE', 'COUNTED']
const LONGEST = 200
const QUANTILES = [0.5, 0.9, 0.95, 0.99]

/** Prometheus text exposition 0.0.4, for a textfile collector or a push gateway. Base units: ratios and seconds. */
export function promFormat(context: ReportContext): string {
  return familiesOf(context).flatMap(linesOf).join('\n') + '\n'
}

function familiesOf(context: ReportContext): readonly Family[] {
  return [...runFamilies(context), ...subsetFamilies(context), ...evidenceFamilies(context), ...latencyFamilies(context)]
}

function gauge(name: string, help: string, samples: Family['samples']): Family {
  return {name: `tshift_${name}`, help, samples}
}

function runFamilies({report, target, durationMs}: ReportContext): readonly Family[] {
  const verdicts = VERDICTS.map((verdict) => ({labels: {target, verdict}, value: Number(verdict === report.verdict)}))
  const failed = Object.entries(report.errors.byKind).map(([kind, value]) => ({labels: {target, kind}, value}))
  return [
    gauge('verdict', 'Which verdict was given: 1 for that one.', verdicts),
    gauge('exit_code', 'Exit code of the run.', [{labels: {target}, value: report.exitCode}]),
    gauge('run_duration_seconds', 'How long the run took.', [{labels: {target}, value: durationMs / 1000}]),
    gauge('failed_connections', 'Connections without an answer, by kind.', failed),
  ]
}

function subsetFamilies({report: {subsets, unexpected}, target}: ReportContext): readonly Family[] {
  const each = (valueOf: (subset: SubsetReport) => number | null) =>
    subsets.flatMap((subset) => {
      const value = valueOf(subset)
      return value === null ? [] : [{labels: {target, subset: subset.name}, value}]
    })
  const strays = unexpected.map(({answer, count}) => ({labels: {target, subset: answer}, value: count}))
  return [
    gauge('answers', 'Answers by subset.', [...each(({count}) => count), ...strays]),
    gauge('share_ratio', 'Share of the answers.', each(({share}) => share)),
    gauge('share_lower_ratio', 'Lower end of the simultaneous 95 % interval.', each(({interval95: [low]}) => low)),
    gauge('share_upper_ratio', 'Upper end of the simultaneous 95 % interval.', each(({interval95: [, high]}) => high)),
    gauge('weight_ratio', 'Share expected.', each(({weight}) => weight)),
  ]
}

function evidenceFamilies({report: {gate, test}, target}: ReportContext): readonly Family[] {
  const p = gate?.pAnytime ?? test?.p
  return [
    gauge('split_p_value', 'P-value of the split: of the fixed test, or anytime-valid.', p === undefined ? [] : [{labels: {target}, value: p}]),
    gauge('split_log_evidence', 'Natural-log evidence against the weights.', gate === null ? [] : [{labels: {target}, value: gate.logE ?? Infinity}]),
  ]
}

function latencyFamilies({latency, target}: ReportContext): readonly Family[] {
  if (latency === undefined) return []
  const samples = QUANTILES.flatMap((quantile) => {
    const ms = latency.percentile(100 * quantile)
    return ms === undefined ? [] : [{labels: {target, of: latency.of, quantile: String(quantile)}, value: ms / 1000}]
  })
  return [gauge('latency_seconds', 'Latency quantiles.', samples)]
}

function linesOf({name, help, samples}: Family): readonly string[] {
  if (samples.length === 0) return []
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...samples.map(({labels = {}, value}) => `${name}{${labelsOf(labels)}} ${numberOf(value)}`)]
}

function labelsOf(labels: Labels): string {
  const escaped = (text: string) => printable(text, LONGEST).replace(/[\\"]/g, '\\$&')
  return Object.entries(labels).map(([key, value]) => `${key}="${escaped(value)}"`).join(',')
}

function numberOf(value: number): string {
  return value === Infinity ? '+Inf' : String(value)
}
