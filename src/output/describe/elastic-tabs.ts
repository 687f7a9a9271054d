import {escapeTerminal} from '../table.js'

const PADDING = 2

/**
 * Aligns text as kubectl's `describe` does: a run of lines that have a cell in a column, each cell ended by a tab, makes that column as wide
 * as its longest cell and two spaces. A line without the cell ends the run, so that blocks are aligned each on its own.
 * Source: Go `text/tabwriter` with minwidth 0 and padding 2.
 */
export function alignTabs(lines: readonly string[]): string {
  const rows = lines.flatMap((line) => escapeTerminal(line).split('\n')).map((line) => line.split('\t'))
  const widths = rows.map((): number[] => [])
  const columns = Math.max(0, ...rows.map((row) => row.length - 1))
  for (let column = 0; column < columns; column++) widenColumn(rows, widths, column)
  return rows.map((row, index) => `${row.map((cell, column) => padded(cell, widths[index]?.[column])).join('')}\n`).join('')
}

function widenColumn(rows: readonly (readonly string[])[], widths: readonly number[][], column: number): void {
  let start = 0
  while (start < rows.length) {
    let end = start
    let width = 0
    for (; hasCell(rows[end], column); end++) width = Math.max(width, lengthOf(rows[end]?.[column] ?? '') + PADDING)
    for (let index = start; index < end; index++) widths[index]?.push(width)
    start = end + 1
  }
}

/** The last cell of a line is ended by no tab and belongs to no column. */
function hasCell(row: readonly string[] | undefined, column: number): boolean {
  return row !== undefined && column < row.length - 1
}

function padded(cell: string, width: number | undefined): string {
  return width === undefined ? cell : cell + ' '.repeat(width - lengthOf(cell))
}

function lengthOf(cell: string): number {
  let length = 0
  for (const _ of cell) length++
  return length
}
