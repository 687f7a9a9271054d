import type {Detectable} from '../stats/power.js'
import type {OrderFinding} from '../stats/order.js'

/**
 * A judged sample: plain data, printed as it is by `-o json` and drawn by `output/report`. Shares, weights and bounds are fractions of 1.
 * Fields may be added within v1, never renamed or re-interpreted.
 */
export interface TallyReport {
  readonly apiVersion: 'tshift.dev/v1'
  readonly kind: 'TallyReport'
  readonly unit: Unit
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
  readonly test: TestReport | null
  /** What n answers would have shown with this power; null where nothing was expected or counted. */
  readonly detectable: {readonly power: number; readonly shares: readonly (Detectable & {readonly name: string})[]} | null
  /** Answers that prove every share within its tolerance (two one-sided tests, α 0.05, power 0.9); null for a single destination. */
  readonly proof: {readonly n: number; readonly name: string; readonly weight: number; readonly tolerance: number} | null
  readonly order: OrderReport
  /** The draws came from a seed: this run says nothing about randomness. */
  readonly seeded: boolean
}

/** What one answer stands for. */
export type Unit = 'connection' | 'line'

export type Verdict = 'CONSISTENT' | 'WRONG' | 'INCONCLUSIVE' | 'COUNTED'

export type Reason =
  | {readonly type: 'counted'}
  /** The sample fits the weights. */
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

export interface SubsetReport {
  readonly name: string
  readonly answers: readonly string[]
  /** Null where nothing was expected. */
  readonly weight: number | null
  readonly count: number
  readonly share: number
  /** Goodman's simultaneous 95 % interval: all of them hold at once. */
  readonly interval95: readonly [low: number, high: number]
}

export interface ErrorReport {
  readonly total: number
  readonly byKind: Readonly<Record<string, number>>
  /** One-sided 95 % bound of the error rate; null where nothing was tried. */
  readonly upper95: number | null
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

const EXIT_CODES: Readonly<Record<Verdict, number>> = {CONSISTENT: 0, COUNTED: 0, WRONG: 3, INCONCLUSIVE: 4}

/** 0 consistent or only counted, 3 wrong, 4 inconclusive; the same for every output format. */
export function exitCodeOf({verdict}: Pick<TallyReport, 'verdict'>): number {
  return EXIT_CODES[verdict]
}
