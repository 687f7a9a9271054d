import {logMarginal, shareEvidence, type Prior} from './mixture.js'
import {normalize, sum, xLnY} from './weights.js'

export interface GateOptions {
  /** How far each share may be from its weight, as shares (0.05 is five points), by index. */
  readonly tolerances: readonly number[]
  /** P(FAIL | every share within its band) is at most this. */
  readonly alphaFail: number
  /** P(PASS | some share out of its band) is at most this. */
  readonly alphaPass: number
  /** Observations after which an open question is given up. */
  readonly max: number
  /** Absent is the mixture. Both keep the error rates; they differ in how soon they know. */
  readonly prior?: Prior
}

export type GateState = 'PASS' | 'FAIL' | 'INCONCLUSIVE' | 'CONTINUE'

export interface GateShare {
  readonly weight: number
  readonly share: number
  /** The band w ± δ; a bound outside [0, 1] cannot be crossed. */
  readonly band: readonly [low: number, high: number]
  /** Natural-log evidence against the share being at the lower and upper bound; Infinity at a bound outside [0, 1]. */
  readonly evidence: readonly [low: number, high: number]
  readonly state: 'inside' | 'above' | 'below' | 'open'
}

export interface GateDecision {
  readonly state: GateState
  readonly n: number
  /** Natural-log evidence against exactly the weights; Infinity where an answer came that the weights forbid. */
  readonly logE: number
  readonly shares: readonly GateShare[]
}

/** Five points, less for small weights: half the weight, but never under one point. */
export function defaultTolerance(weight: number): number {
  return Math.min(0.05, Math.max(0.01, weight / 2))
}

/**
 * The sequential gate: may be asked after every connection, and both error rates hold whatever the stopping rule. An equivalence test with
 * an early FAIL (Schuirmann 1987; Lakens 2017): PASS when the confidence sequence is inside the band for every share, FAIL when it is
 * outside for one. Any answer with weight 0 fails at once: put unknown answers in as one more count of weight 0.
 */
export function decide(counts: readonly number[], weights: readonly number[], options: GateOptions): GateDecision {
  const n = sum(counts)
  const shares = normalize(weights)
  const live = shares.flatMap((weight, i) => (weight > 0 ? [i] : []))
  if (shares.some((weight, i) => weight === 0 && (counts[i] ?? 0) > 0)) return {state: 'FAIL', n, logE: Infinity, shares: []}
  const liveCounts = live.map((i) => counts[i] ?? 0)
  const liveWeights = live.map((i) => shares[i] ?? 0)
  const logM = logMarginal(liveCounts, liveWeights, options.prior)
  const judged = live.map((i, index) => judgeShare({counts: liveCounts, index, logM, weight: shares[i] ?? 0, tolerance: options.tolerances[i] ?? 0}, options))
  const logE = logM - sum(liveCounts.map((count, index) => xLnY(count, liveWeights[index] ?? 0)))
  return {state: combine(judged, n, options.max), n, logE, shares: judged}
}

interface ShareQuestion {
  readonly counts: readonly number[]
  readonly index: number
  readonly logM: number
  readonly weight: number
  readonly tolerance: number
}

function judgeShare({counts, index, logM, weight, tolerance}: ShareQuestion, {alphaFail, alphaPass}: GateOptions): GateShare {
  const n = sum(counts)
  const share = n === 0 ? weight : (counts[index] ?? 0) / n
  const band = [weight - tolerance, weight + tolerance] as const
  const evidenceAt = (t: number) => (t <= 0 || t >= 1 ? Infinity : shareEvidence(counts, index, {t, logM}))
  const evidence = [evidenceAt(band[0]), evidenceAt(band[1])] as const
  const facts = {weight, share, band, evidence}
  if (share > band[1]) return {...facts, state: evidence[1] >= Math.log(1 / alphaFail) ? 'above' : 'open'}
  if (share < band[0]) return {...facts, state: evidence[0] >= Math.log(1 / alphaFail) ? 'below' : 'open'}
  return {...facts, state: n > 0 && Math.min(...evidence) >= Math.log(1 / alphaPass) ? 'inside' : 'open'}
}

function combine(shares: readonly GateShare[], n: number, max: number): GateState {
  if (shares.some(({state}) => state === 'above' || state === 'below')) return 'FAIL'
  if (shares.every(({state}) => state === 'inside')) return 'PASS'
  return n >= max ? 'INCONCLUSIVE' : 'CONTINUE'
}
