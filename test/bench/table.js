/** A section as text: a line for each row, and in brackets its ratios to the columns that `ratiosTo` names. */
export function formatSection({title, columns, rows, ratiosTo = []}) {
  const cell = (values, column) => `${shown(values[column])}${ratios(values, column, ratiosTo)}`
  const table = [['', ...columns], ...rows.map(({name, values}) => [name, ...columns.map((column) => cell(values, column))])]
  const widths = table[0].map((_, index) => Math.max(...table.map((row) => row[index].length)))
  const lines = table.map((row) => row.map((text, index) => text.padEnd(widths[index])).join('  ').trimEnd())
  return [title, ...lines].join('\n')
}

function ratios(values, column, ratiosTo) {
  const of = ratiosTo.filter((base) => base !== column && values[base] > 0 && values[column] !== undefined).map((base) => (values[column] / values[base]).toFixed(2))
  return of.length === 0 || ratiosTo.includes(column) ? '' : ` (${of.join(', ')})`
}

function shown(value) {
  if (value === undefined || value === null) return '-'
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
