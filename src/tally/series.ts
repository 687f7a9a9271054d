import {confidenceSequence, logEvidence} from '../stats/mixture.js'
import {normalize, sum} from '../stats/weights.js'
import type {Counts} from './count.js'
import type {Expectation} from './expectation.js'

/** The state of a run after its first `n` answers. */
export interface SeriesPoint {
  readonly n: number
  /** When the connection of the last of them began, ms since the run did; absent where lines tell no time. */
  readonly atMs?: number
  /** Natural-log evidence against exactly the weights; null once an answer came that they forbid. */
  readonly logE: number | null
  /** Subsets with a weight above 0, as shares of all answers. */
  readonly shares: readonly SeriesShare[]
}

export interface SeriesShare {
  readonly name: string
  readonly share: number
  /** The 95 % confidence sequence, which holds at all n at once; null where `logE` is, as the answers then are no draws of the weights. */
  readonly interval95: readonly [low: number, high: number] | null
}

/** How the shares and the evidence grew, at about `points` even steps of what is remembered of the order (the first million answers). */
export function seriesOf({answers, sequence, timesMs}: Counts, {shares}: Expectation, points = 100): readonly SeriesPoint[] {
  const live = shares.filter(({weight}) => weight > 0)
  const subsetOf = answers.map(({answer}) => live.findIndex((share) => share.answers.includes(answer)))
  const subsets = {names: live.map(({name}) => name), weights: normalize(live.map(({weight}) => weight))}
  const counts = live.map(() => 0)
  const step = Math.max(1, Math.ceil(sequence.length / points))
  const series: SeriesPoint[] = []
  for (let n = 1; n <= sequence.length; n++) {
    const subset = subsetOf[sequence[n - 1] ?? 0] ?? -1
    if (subset >= 0) counts[subset] = (counts[subset] ?? 0) + 1
    const atMs = timesMs.length === sequence.length ? timesMs[n - 1] : undefined
    if (n % step === 0 || n === sequence.length) series.push({...pointOf(n, counts, subsets), ...(atMs === undefined ? {} : {atMs})})
  }
  return series
}

interface Subsets {
  readonly names: readonly string[]
  readonly weights: readonly number[]
}

function pointOf(n: number, counts: readonly number[], {names, weights}: Subsets): SeriesPoint {
  const isForbidden = sum(counts) < n
  const intervals = isForbidden ? [] : confidenceSequence(counts, weights, {alpha: 0.05})
  return {
    n,
    logE: isForbidden ? null : logEvidence(counts, weights),
    shares: names.map((name, i) => ({name, share: (counts[i] ?? 0) / n, interval95: intervals[i] ?? null})),
  }
}
