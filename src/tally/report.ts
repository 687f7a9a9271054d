import type {OrderFinding} from '../stats/order.js'
import type {Detectable} from '../stats/power.js'
import type {ErrorLimit} from './error-limit.js'
import type {GateReport} from './gate-report.js'

/**
 * A judged sample: plain data, printed as it is by `-o json` and drawn by `output/report`. Shares, weights and bounds are fractions of 1.
 * Fields may be added within v1, never renamed or re-interpreted.
 */
export interface TallyReport {
  readonly apiVersion: 'tshift.dev/v1'
  readonly kind: 'TallyReport'
  readonly unit: Unit
  /** `fixed`: judged once, at a size set beforehand. `until-sure`: looked at as it grew, stopped on evidence. */
  readonly mode: 'fixed' | 'until-sure'
  /** Answers counted. */
  readonly n: number
  readonly verdict: Verdict
  readonly reason: Reason
  readonly exitCode: number
  /** Where the weights come from; null where nothing was expected. */
  readonly expectation: {readonly source: string} | null
  readonly subsets: readonly SubsetReport[]
  /** Answers that no subset gives, most frequent first, at most ten; the rest is pooled under `(other)`. */
  readonly unexpected: readonly {readonly answer: string; readonly count: number}[]
  /** Connections that gave no answer. They are not part of `n`. */
  readonly errors: ErrorReport
  /** Lines that the pattern did not match. */
  readonly unmatched: number
  /** The test of a fixed sample; null where nothing was expected or counted, and in mode `until-sure`. */
  readonly test: TestReport | null
  /** What the sequential gate found; null in mode `fixed`. */
  readonly gate: GateReport | null
  /** What n answers would have shown with this power; null where `test` is. */
  readonly detectable: {readonly power: number; readonly shares: readonly (Detectable & {readonly name: string})[]} | null
  /** Answers that prove every share within its tolerance (two one-sided tests, α 0.05, power 0.9); null for a single destination and in mode `until-sure`. */
  readonly proof: {readonly n: number; readonly name: string; readonly weight: number; readonly tolerance: number} | null
  readonly order: OrderReport
  /** Demands on numbers of this report, in the order they were given. */
  readonly thresholds: readonly ThresholdReport[]
  /** The draws came from a seed: this run says nothing about randomness. */
  readonly seeded: boolean
}

/** What one answer stands for. */
export type Unit = 'connection' | 'line'

/**
 * The words tell what kind of claim is made. A fixed sample is CONSISTENT or WRONG: the first only means "not contradicted". The sequential gate
 * says PASS, every share proven within its tolerance, or FAIL. Either may be INCONCLUSIVE; COUNTED makes no claim.
 */
export type Verdict = 'CONSISTENT' | 'WRONG' | 'PASS' | 'FAIL' | 'INCONCLUSIVE' | 'COUNTED'

export type Reason =
  | {readonly type: 'counted'}
  /** The sample fits the weights; in mode `until-sure`: every share is proven within its tolerance. */
  | {readonly type: 'fits'}
  /** The shares are too far from the weights to be chance. */
  | {readonly type: 'split'}
  /** Answers came from a subset of weight 0, or from nobody known. */
  | {readonly type: 'forbidden'; readonly count: number; readonly names: readonly string[]}
  /** Nothing was counted. */
  | {readonly type: 'empty'}
  /** No outcome of a sample this small could be called wrong. */
  | {readonly type: 'too-few'; readonly enough: number}
  /** These subsets never answered, which happens with probability `chance` if all is right; n = `enough` would tell. */
  | {readonly type: 'unseen'; readonly names: readonly string[]; readonly chance: number; readonly enough: number}
  /** The answers are not independent: they count for fewer. */
  | {readonly type: 'sticky'; readonly effectiveN: number}
  /** The shares moved during the run. */
  | {readonly type: 'drifting'; readonly at: number; readonly name: string}
  /** The order is not random, and random order was required. */
  | {readonly type: 'order'; readonly finding: OrderFinding}
  /** The gate had not decided when the run ended. */
  | {readonly type: 'undecided'; readonly stopped: Stop}

/** Why the gate was not asked any more: connections or time used up, errors over their limit, input at its end, or the user's Ctrl-C. */
export type Stop = 'max' | 'budget' | 'errors' | 'end' | 'interrupted'

export interface SubsetReport {
  readonly name: string
  readonly answers: readonly string[]
  /** Null where nothing was expected. */
  readonly weight: number | null
  readonly count: number
  readonly share: number
  /** Simultaneous 95 % interval, all hold at once. Fixed: Goodman's. Until-sure: the confidence sequence, which holds at every n as well. */
  readonly interval95: readonly [low: number, high: number]
}

export interface ErrorReport {
  readonly total: number
  readonly byKind: Readonly<Record<string, number>>
  /** One-sided 95 % bound of the error rate; null where nothing was tried. */
  readonly upper95: number | null
  /** What was tolerated; null where errors are no gate. */
  readonly limit: ErrorLimit | null
  readonly exceeded: boolean
}

export interface TestReport {
  /** `rule`: an answer came that the weights forbid, or only one destination exists; no arithmetic needed. */
  readonly method: 'exact' | 'chi-square' | 'monte-carlo' | 'rule'
  readonly p: number
  readonly alpha: number
}

export interface OrderReport {
  readonly finding: OrderFinding
  readonly runs: {readonly runs: number; readonly expected: number; readonly z: number; readonly p: number}
  readonly markov: {readonly p: number}
  readonly drift: {readonly p: number; readonly at: number; readonly name: string}
  readonly underDispersion: {readonly pLow: number}
  readonly effectiveN: number
}

export interface ThresholdReport {
  /** As the user wrote it. */
  readonly expression: string
  /** In the unit of the expression: percent of shares and error rates, counts, milliseconds. Null where nothing was measured. */
  readonly value: number | null
  /** Not met; what was not measured is not met. */
  readonly crossed: boolean
}
