import {chiSquareUpper, type ChiSquareResult} from './chi-square.js'
import {countOf, type Sequence} from './runs.js'
import {sum, xLnY} from './weights.js'

/**
 * Does an answer depend on the one before? G = 2 Σ nᵢⱼ ln(nᵢⱼ n../(nᵢ. n.ⱼ)) over the pairs of neighbours, χ² with (k−1)² degrees of freedom
 * (Anderson & Goodman 1957).
 */
export function markovTest(sequence: Sequence): ChiSquareResult {
  const k = countOf(sequence).length
  const pairs = Array.from({length: k}, () => new Array<number>(k).fill(0))
  for (let t = 1; t < sequence.length; t++) {
    const row = pairs[sequence[t - 1] ?? 0] ?? []
    row[sequence[t] ?? 0] = (row[sequence[t] ?? 0] ?? 0) + 1
  }
  return independence(pairs)
}

/** The G-test of independence of the rows and columns of a table of counts; empty rows and columns do not count. */
function independence(table: readonly (readonly number[])[]): ChiSquareResult {
  const rows = table.map((row) => sum(row))
  const columns = (table[0] ?? []).map((_, j) => sum(table.map((row) => row[j] ?? 0)))
  const n = sum(rows)
  const cells = table.flatMap((row, i) => row.map((count, j) => xLnY(count, (count * n) / ((rows[i] ?? 0) * (columns[j] ?? 0)))))
  const statistic = Math.max(0, 2 * sum(cells))
  const df = (filled(rows) - 1) * (filled(columns) - 1)
  return {statistic, df, p: df <= 0 ? 1 : chiSquareUpper(statistic, df)}
}

function filled(totals: readonly number[]): number {
  return totals.filter((total) => total > 0).length
}
