import type {GateDecision} from '../stats/gate.js'
import {confidenceSequence} from '../stats/mixture.js'
import type {Counts} from './count.js'
import {exitCodeOf} from './exit-code.js'
import type {Expectation} from './expectation.js'
import {guaranteeOf, type GateReport} from './gate-report.js'
import {ruleGate} from './gate-rule.js'
import type {JudgeOptions} from './judge.js'
import {orderOf} from './order.js'
import type {ErrorReport, Stop, SubsetReport, TallyReport} from './report.js'
import type {Sample} from './sample.js'

/** What a gate was told, with the defaults filled in. */
export interface GateSettings {
  readonly expectation: Expectation
  readonly options: JudgeOptions
  /** By index of the subsets with a weight above 0. */
  readonly tolerances: readonly number[]
  readonly alphaFail: number
  readonly alphaPass: number
  readonly max: number
}

/** One look at the counts. */
export interface Examined {
  readonly counts: Counts
  readonly sample: Sample
  readonly decision: GateDecision
  readonly pAnytime: number
  readonly errors: ErrorReport
}

/** The report of the last look. */
export function gateReportOf({counts, sample, decision, pAnytime, errors}: Examined, stopped: Stop, settings: GateSettings): TallyReport {
  const {expectation, options} = settings
  const order = orderOf(counts, expectation, settings.alphaFail)
  const {verdict, reason} = ruleGate({sample, decision, order, stopped, requireRandom: options.requireRandom ?? false})
  return {
    apiVersion: 'tshift.dev/v1',
    kind: 'TallyReport',
    unit: options.unit ?? 'line',
    mode: 'until-sure',
    n: sample.n,
    verdict,
    reason,
    exitCode: exitCodeOf({verdict, errors, thresholds: []}),
    expectation: {source: expectation.source},
    subsets: withSequences(sample),
    unexpected: sample.unexpected,
    errors,
    unmatched: counts.unmatched,
    test: null,
    gate: gateOf(sample, {decision, pAnytime, settings}),
    detectable: null,
    proof: null,
    order,
    thresholds: [],
    seeded: options.seeded ?? false,
  }
}

/** Intervals that hold at every n. Where forbidden answers came the shares of the rest are no draws of the weights; Goodman's intervals stay. */
function withSequences({subsets, live, forbidden}: Sample): readonly SubsetReport[] {
  if (forbidden.length > 0) return subsets
  const sequences = confidenceSequence(live.map(({count}) => count), live.map(({weight}) => weight ?? 0), {alpha: 0.05})
  return subsets.map((subset) => ({...subset, interval95: sequences[live.indexOf(subset)] ?? subset.interval95}))
}

interface Finding {
  readonly decision: GateDecision
  readonly pAnytime: number
  readonly settings: GateSettings
}

function gateOf({live}: Sample, {decision, pAnytime, settings}: Finding): GateReport {
  const {tolerances, alphaFail, alphaPass, max} = settings
  const ranges = confidenceSequence(live.map(({count}) => count), live.map(({weight}) => weight ?? 0), {alpha: alphaFail})
  return {
    method: 'dirichlet-mixture',
    logE: Number.isFinite(decision.logE) ? decision.logE : null,
    pAnytime,
    alphaFail,
    alphaPass,
    max,
    shares: live.map(({name}, i) => ({name, tolerance: tolerances[i] ?? 0, range: ranges[i] ?? [0, 1], state: decision.shares[i]?.state ?? 'open'})),
    guarantee: guaranteeOf(tolerances, {alphaFail, alphaPass}),
  }
}
