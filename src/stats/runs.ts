import {normalTwoSided} from './normal.js'
import {sum} from './weights.js'

/** A sequence of answers as small integers 0 … k−1, in the order of the connects. */
export type Sequence = ArrayLike<number>

export interface RunsResult {
  readonly runs: number
  readonly expected: number
  /** ≪ 0: clumped, as with sticky connections; ≫ 0: alternating, as with round robin. */
  readonly z: number
  /** Two-sided. */
  readonly p: number
}

/** The runs test for k categories, given their counts (Wald & Wolfowitz 1940; Barton & David 1957). A constant sequence has z = 0, p = 1. */
export function runsTest(sequence: Sequence): RunsResult {
  const n = sequence.length
  const counts = countOf(sequence)
  const squares = sum(counts.map((x) => x * x))
  const cubes = sum(counts.map((x) => x ** 3))
  const runs = countRuns(sequence)
  if (n < 2 || counts.some((x) => x === n)) return {runs, expected: runs, z: 0, p: 1}
  const expected = (n * (n + 1) - squares) / n
  const variance = (squares * (squares + n * (n + 1)) - 2 * n * cubes - n ** 3) / (n * n * (n - 1))
  const z = variance > 0 ? (runs - expected) / Math.sqrt(variance) : 0
  return {runs, expected, z, p: normalTwoSided(z)}
}

/** Occurrences of 0 … max. */
export function countOf(sequence: Sequence): readonly number[] {
  const counts: number[] = []
  for (let t = 0; t < sequence.length; t++) {
    const value = sequence[t] ?? 0
    while (counts.length <= value) counts.push(0)
    counts[value] = (counts[value] ?? 0) + 1
  }
  return counts
}

/** A stretch of a sequence; of a typed array it is a view, so that long sequences are not copied. */
export function stretch(sequence: Sequence, from: number, to: number): Sequence {
  return sequence instanceof Uint16Array ? sequence.subarray(from, to) : Array.prototype.slice.call(sequence, from, to)
}

function countRuns(sequence: Sequence): number {
  let runs = sequence.length > 0 ? 1 : 0
  for (let t = 1; t < sequence.length; t++) if (sequence[t] !== sequence[t - 1]) runs++
  return runs
}
