import {percent} from '../output/report/numbers.js'
import {verdictSentence} from '../output/report/sentences.js'
import type {TallyReport} from '../tally/report.js'
import {errorEvidence, isWithin} from './error-evidence.js'
import type {Attribution} from './attribute-failures.js'
import type {Reason, StepResult, Verdict} from './state.js'

/** A step is not passed on fewer connections: 300 without a failure bound the rate at 1 % (95 %). */
export const MIN_CONNECTIONS = 300
/** A 95th percentile of fewer is one of the slowest two. */
const MIN_LATENCIES = 40
/** Ratios of times shorter than this say more about the scheduler than about the version. */
const LATENCY_GRAIN_MS = 1

export interface StepLimits {
  /** Of the test of the errors. */
  readonly alpha: number
  readonly maxErrors: number
  readonly maxLatencyRatio?: number | undefined
  readonly maxCut: number
  readonly max: number
}

/** Everything known about a step so far. */
export interface StepEvidence {
  /** The sequential gate's report on all answers so far. */
  readonly split: TallyReport
  /** Whether that gate has decided. */
  readonly isDecided: boolean
  /** Connections made, answered or not. */
  readonly connections: number
  readonly attribution: Attribution
  /** The old version over all steps, this one included: what errors are compared with. */
  readonly baseline: Attribution['stable']
  readonly latencyP95Ms: StepResult['latencyP95Ms']
  readonly latencies: {readonly canary: number; readonly stable: number}
  /** The old version's 95th percentile of this step or an earlier one, ms. */
  readonly baselineP95Ms: number | null
  readonly names: {readonly canary: string; readonly stable: string}
}

export type StepJudgement = {readonly type: 'continue'} | {readonly type: 'decided'; readonly verdict: Verdict; readonly reasons: readonly Reason[]}

/**
 * May be asked again and again while the evidence grows; what it decides first stands:
 *
 * 1. FAIL when the new version's error rate exceeds the old one's by more than the limit, beyond chance (`errorEvidence`), or the split is wrong.
 * 2. While the observed rate is over the limit and chance is not ruled out, the split is open, or there are too few connections: continue.
 * 3. At `max` connections an open question is INCONCLUSIVE.
 * 4. FAIL when the new version is slower than the ratio allows. A comparison of percentiles, no test: it has no stated error rate.
 * 5. PASS.
 */
export function judgeStep(evidence: StepEvidence, limits: StepLimits): StepJudgement {
  const failures = [...errorFailure(evidence, limits), ...splitFailure(evidence)]
  if (failures.length > 0) return {type: 'decided', verdict: 'FAIL', reasons: failures}
  const open = openQuestions(evidence, limits)
  const isEarly = evidence.connections < MIN_CONNECTIONS
  if (evidence.connections < limits.max && (open.length > 0 || isEarly)) return {type: 'continue'}
  if (open.length > 0) return {type: 'decided', verdict: 'INCONCLUSIVE', reasons: open}
  const slow = latencyFailure(evidence, limits)
  return {type: 'decided', verdict: slow.length > 0 ? 'FAIL' : 'PASS', reasons: slow}
}

/** The judgement of the connections that were held, when the step is over. */
export function judgeHeld(held: StepResult['held'], {maxCut}: Pick<StepLimits, 'maxCut'>): readonly Reason[] {
  if (held === null || held.cut <= maxCut) return []
  return [{type: 'cut', message: `${held.cut} of ${held.opened} held connections were cut (${maxCut} allowed)`}]
}

function errorFailure({attribution: {canary}, baseline, names}: StepEvidence, {alpha, maxErrors}: StepLimits): readonly Reason[] {
  if (errorEvidence(canary, baseline, maxErrors) < Math.log(1 / alpha)) return []
  return [{type: 'errors', message: errorText(canary, baseline, names)}]
}

function errorText(canary: Attribution['canary'], baseline: Attribution['stable'], names: StepEvidence['names']): string {
  const rate = percent(canary.failed / canary.tried)
  return `${names.canary} failed ${canary.failed} of ${canary.tried} connections (${rate}; ${names.stable} ${baseline.failed} of ${baseline.tried})`
}

function splitFailure({split, isDecided, names}: StepEvidence): readonly Reason[] {
  if (!isDecided || split.verdict !== 'FAIL') return []
  if (split.reason.type === 'forbidden')
    return [{type: 'split', message: `${split.reason.count} of ${split.n} answers came from ${split.reason.names.join(', ')}, which gets no traffic`}]
  const canary = split.subsets.find(({name}) => name === names.canary)
  return [{type: 'split', message: `${names.canary} got ${percent(canary?.share ?? 0)} of ${split.n} answers instead of ${percent(canary?.weight ?? 0)}`}]
}

function openQuestions(
  {split, isDecided, attribution: {canary, unattributed}, baseline, connections, names}: StepEvidence,
  {maxErrors}: StepLimits,
): readonly Reason[] {
  const isSplitOpen = !isDecided || split.verdict !== 'PASS'
  return [
    ...(isSplitOpen ? [{type: 'split' as const, message: verdictSentence(split).replace(/\.$/, '')}] : []),
    ...(isWithin(canary, baseline, maxErrors) ? [] : [{type: 'errors' as const, message: `${errorText(canary, baseline, names)}, which may be chance`}]),
    ...(unattributed > maxErrors * connections
      ? [{type: 'errors' as const, message: `${unattributed} of ${connections} connections failed, and it cannot be told on which version`}]
      : []),
  ]
}

function latencyFailure({latencyP95Ms: {canary}, latencies, baselineP95Ms, names}: StepEvidence, {maxLatencyRatio}: StepLimits): readonly Reason[] {
  if (maxLatencyRatio === undefined || canary === null || baselineP95Ms === null || latencies.canary < MIN_LATENCIES) return []
  if (canary <= maxLatencyRatio * baselineP95Ms || canary - baselineP95Ms <= LATENCY_GRAIN_MS) return []
  const ratio = (canary / baselineP95Ms).toFixed(1)
  const times = `${canary.toFixed(1)} ms at the 95th percentile, ${ratio} times ${names.stable}'s ${baselineP95Ms.toFixed(1)} ms`
  return [
    {
      type: 'latency',
      message: `the first byte of ${names.canary} took ${times}`,
    },
  ]
}
