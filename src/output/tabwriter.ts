/** How a block of tab-separated cells becomes aligned text. */
export interface TabLayout {
  readonly minWidth: number
  readonly padding: number
}

/** kubectl's tables. Source: cli-runtime `printers.GetNewTabWriter`. */
export const TABLE_LAYOUT: TabLayout = {minWidth: 6, padding: 3}

/**
 * Aligns rows of cells: a column is as wide as its longest cell, in characters, plus the padding; the last cell of a row is not padded.
 * Every row ends with a newline. `remembered` holds the widths of rows printed before and is raised to those of these rows, so that what
 * is printed row by row stays aligned. Source: Go `text/tabwriter`, with liggitt/tabwriter's remembered widths.
 */
export function alignRows(rows: readonly (readonly string[])[], layout: TabLayout, remembered: number[] = []): string {
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, column) => {
      remembered[column] = Math.max(remembered[column] ?? layout.minWidth, lengthOf(cell) + layout.padding)
    })
  }
  return rows.map((row) => `${alignRow(row, remembered)}\n`).join('')
}

function alignRow(row: readonly string[], widths: readonly number[]): string {
  const isLast = (column: number) => column === row.length - 1
  return row.map((cell, column) => (isLast(column) ? cell : cell + ' '.repeat((widths[column] ?? 0) - lengthOf(cell)))).join('')
}

function lengthOf(cell: string): number {
  let length = 0
  for (const _ of cell) length++
  return length
}
