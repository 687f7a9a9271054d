import {chiSquareLower, chiSquareUpper} from './chi-square.js'
import {countOf, stretch, type Sequence} from './runs.js'
import {sum} from './weights.js'

export interface DispersionResult {
  /** Observations per window. */
  readonly window: number
  readonly windows: number
  /** P(as even or evener by chance); tiny: the proxy deals the connections out, it does not draw them. */
  readonly pLow: number
  /** P(as uneven or more by chance). */
  readonly pHigh: number
}

/**
 * Are the counts of consecutive windows as uneven as chance makes them? Σ of the windows' χ² about the run's own shares ~ χ² with
 * (B−1)(k−1) degrees of freedom: one set of shares is estimated from the run. Windows hold at least 10 and expect at least 5 of the rarest answer.
 */
export function dispersionTest(sequence: Sequence): DispersionResult {
  const counts = countOf(sequence).filter((count) => count > 0)
  const window = Math.max(10, Math.ceil((5 * sequence.length) / Math.min(...counts)))
  const windows = Math.floor(sequence.length / window)
  const df = (windows - 1) * (counts.length - 1)
  if (windows < 2 || counts.length < 2) return {window, windows, pLow: 1, pHigh: 1}
  const totals = countOf(stretch(sequence, 0, windows * window))
  const statistic = sum(Array.from({length: windows}, (_, b) => windowStatistic(countOf(stretch(sequence, b * window, (b + 1) * window)), totals, windows)))
  return {window, windows, pLow: chiSquareLower(statistic, df), pHigh: chiSquareUpper(statistic, df)}
}

function windowStatistic(counts: readonly number[], totals: readonly number[], windows: number): number {
  return sum(totals.map((total, i) => (total === 0 ? 0 : ((counts[i] ?? 0) - total / windows) ** 2 / (total / windows))))
}
