interface Remembered<A, R> {
  readonly row: A
  readonly result: R
}

/**
 * `compute` for each row of arguments, with a memory of the rows before: a row of the very same arguments gives the very same result, and rows that are all
 * the same the very same list. Rows are known again by their first argument, wherever they have moved. For pure functions of values that are never changed
 * in place, and for one stream of lists each: where most of a long list stays as it was, this costs next to nothing.
 */
export function rememberEach<A extends readonly [unknown, ...unknown[]], R>(
  compute: (...row: Readonly<A>) => R,
): (rows: readonly Readonly<A>[]) => readonly R[] {
  let last: readonly Remembered<Readonly<A>, R>[] = []
  let results: readonly R[] = []
  return (rows) => {
    let places: ReadonlyMap<unknown, Remembered<Readonly<A>, R>> | undefined // made when something has moved
    const next = rows.map((row, i): Remembered<Readonly<A>, R> => {
      let known = last[i]
      if (known?.row[0] !== row[0]) known = (places ??= new Map(last.map((each) => [each.row[0], each]))).get(row[0])
      return known !== undefined && isSame(known.row, row) ? known : {row, result: compute(...row)}
    })
    const isSteady = next.length === last.length && next.every((each, i) => each === last[i])
    last = next
    if (!isSteady) results = next.map(({result}) => result)
    return results
  }
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
