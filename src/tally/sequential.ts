import {decide, type GateDecision} from '../stats/gate.js'
import {anytimeP} from '../stats/mixture.js'
import type {Counts} from './count.js'
import {isExceeded} from './error-limit.js'
import type {Expectation} from './expectation.js'
import type {JudgeOptions} from './judge.js'
import type {Stop, TallyReport} from './report.js'
import {errorsOf, sampleOf, type Sample} from './sample.js'
import {gateReportOf, type Examined, type GateSettings} from './sequential-report.js'
import {DEFAULT_TOLERANCE, tolerancesOf} from './tolerance.js'

export interface SequentialOptions extends Omit<JudgeOptions, 'errors'> {
  /** The chance of passing a split with a share off by more than its tolerance; 0.05 by default. */
  readonly alphaPass?: number
  /** Connections tried (answered or not) before an open question is given up; 20,000 by default. */
  readonly max?: number
}

/** What one look at the counts said. */
export type Look =
  | {readonly state: 'continue'; readonly n: number; readonly logE: number; readonly pAnytime: number}
  | {readonly state: 'done'; readonly report: TallyReport}

type Errors = Readonly<Record<string, number>>

/** A gate that is asked again and again while the counts grow; it remembers the smallest p. */
export interface SequentialGate {
  /**
   * Judges everything counted so far, `errors` being connections without an answer by kind. May be asked after every connection: both
   * error rates hold whatever the number of looks. Done at a decision, at an answer that the weights forbid, at `max`, and when the errors can no longer
   * get back under their limit; asking on after that is allowed but changes what is promised: take the first report.
   */
  look(counts: Counts, errors?: Errors): Look
  /** The report of a run that ends before the gate has decided: INCONCLUSIVE, unless the last counts happen to decide. */
  conclude(counts: Counts, stopped: Stop, errors?: Errors): TallyReport
}

/** The sequential gate against an expectation. Throws UserError with exit code 2 for a tolerance wider than a weight. */
export function sequentialGate(expectation: Expectation, options: SequentialOptions = {}): SequentialGate {
  const settings = settingsOf(expectation, options)
  let pAnytime = 1

  function examine(counts: Counts, errors: Errors): Examined {
    const sample = sampleOf(counts, expectation)
    const decision = decisionOf(sample, settings)
    pAnytime = Math.min(pAnytime, anytimeP(decision.logE))
    return {counts, sample, decision, pAnytime, errors: errorsOf(sample.n, errors, options.errorLimit)}
  }

  return {
    look(counts, errors = {}) {
      const examined = examine(counts, errors)
      const stopped = stopOf(examined, settings, options)
      if (stopped !== undefined) return {state: 'done', report: gateReportOf(examined, stopped, settings)}
      return {state: 'continue', n: examined.sample.n, logE: examined.decision.logE, pAnytime}
    },
    conclude: (counts, stopped, errors = {}) => gateReportOf(examine(counts, errors), stopped, settings),
  }
}

function settingsOf(expectation: Expectation, options: SequentialOptions): GateSettings {
  const {alpha: alphaFail = 0.001, alphaPass = 0.05, max = 20_000, tolerance = DEFAULT_TOLERANCE} = options
  const total = expectation.shares.reduce((sum, {weight}) => sum + weight, 0)
  const live = expectation.shares.filter(({weight}) => weight > 0).map(({name, weight}) => ({name, weight: weight / total}))
  return {expectation, options, tolerances: tolerancesOf(live, tolerance), alphaFail, alphaPass, max}
}

/** Answers of nobody known are one more count of weight 0. A subset that never answered keeps the gate from passing, however wide its tolerance. */
function decisionOf({live, forbidden}: Sample, {tolerances, alphaFail, alphaPass}: GateSettings): GateDecision {
  const strays = forbidden.reduce((total, {count}) => total + count, 0)
  const decision = decide([...live.map(({count}) => count), strays], [...live.map(({weight}) => weight ?? 0), 0], {
    tolerances,
    alphaFail,
    alphaPass,
    max: Infinity,
  })
  const isUnseen = decision.state === 'PASS' && live.some(({count}) => count === 0)
  return isUnseen ? {...decision, state: 'CONTINUE'} : decision
}

/** Why to stop now, if at all; what a decision ends has no other reason to be told. */
function stopOf({sample, decision, errors}: Examined, {max}: GateSettings, {errorLimit}: SequentialOptions): Stop | undefined {
  if (decision.state !== 'CONTINUE') return 'end'
  // even if every connection still to come were answered
  if (isExceeded(errorLimit, errors.total, max)) return 'errors'
  return sample.n + errors.total >= max ? 'max' : undefined
}
