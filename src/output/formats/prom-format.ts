import type {Verdict} from '../../tally/report.js'
import {printable} from '../report/printable.js'
import type {ReportContext} from './report-context.js'

type Labels = Readonly<Record<string, string>>

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

/** All are gauges: each run stands for itself and nothing adds up over runs. */
function familiesOf({report, target, durationMs, latency}: ReportContext): readonly Family[] {
  const gauge = (name: string, help: string, samples: Family['samples']): Family => ({name: `tshift_${name}`, help, samples})
  const {subsets, unexpected, errors, gate, test} = report
  const perSubset = (valueOf: (subset: (typeof subsets)[number]) => number) => subsets.map((subset) => ({labels: {target, subset: subset.name}, value: valueOf(subset)}))
  const strays = unexpected.map(({answer, count}) => ({labels: {target, subset: answer}, value: count}))
  const one = (value: number | null | undefined) => (value === null || value === undefined ? [] : [{labels: {target}, value}])
  return [
    gauge('verdict', 'Which verdict was given: 1 for that one.', VERDICTS.map((verdict) => ({labels: {target, verdict}, value: Number(verdict === report.verdict)}))),
    gauge('exit_code', 'Exit code of the run.', one(report.exitCode)),
    gauge('run_duration_seconds', 'How long the run took.', one(durationMs / 1000)),
    gauge('answers', 'Answers by subset.', [...perSubset(({count}) => count), ...strays]),
    gauge('share_ratio', 'Share of the answers.', perSubset(({share}) => share)),
    gauge('share_lower_ratio', 'Lower end of the simultaneous 95 % interval.', perSubset(({interval95: [low]}) => low)),
    gauge('share_upper_ratio', 'Upper end of the simultaneous 95 % interval.', perSubset(({interval95: [, high]}) => high)),
    gauge('weight_ratio', 'Share expected.', subsets.flatMap(({name, weight}) => (weight === null ? [] : [{labels: {target, subset: name}, value: weight}]))),
    gauge('failed_connections', 'Connections without an answer, by kind.', Object.entries(errors.byKind).map(([kind, value]) => ({labels: {target, kind}, value}))),
    gauge('split_p_value', 'P-value of the split: of the fixed test, or anytime-valid.', one(gate?.pAnytime ?? test?.p)),
    gauge('split_log_evidence', 'Natural-log evidence against the weights.', gate === null ? [] : one(gate.logE ?? Infinity)),
    gauge('latency_seconds', 'Latency quantiles.', latency === undefined ? [] : QUANTILES.flatMap((quantile) => sampleOf(latency.percentile(100 * quantile), {target, of: latency.of, quantile: String(quantile)}))),
  ]
}

function sampleOf(ms: number | undefined, labels: Labels): Family['samples'] {
  return ms === undefined ? [] : [{labels, value: ms / 1000}]
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
