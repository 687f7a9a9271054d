/**
 * Makes lists steady: gives the list of the call before again where the new one has the very same elements, so that what is remembered by the list's
 * identity holds on. For one stream of lists each.
 */
export function steadyLists<T>(): (list: readonly T[]) => readonly T[] {
  let last: readonly T[] = []
  return (list) => {
    const isSame = list.length === last.length && list.every((element, i) => element === last[i])
    if (!isSame) last = list
    return last
  }
}

/** The same for records: those with the very same fields in one order. */
export function steadyRecords<T>(): (record: Readonly<Record<string, T>>) => Readonly<Record<string, T>> {
  let last: Readonly<Record<string, T>> = {}
  return (record) => {
    const [keys, known] = [Object.keys(record), Object.keys(last)]
    const isSame = keys.length === known.length && keys.every((key, i) => key === known[i] && record[key] === last[key])
    if (!isSame) last = record
    return last
  }
}

/** The same for values of any kind: gives the one of the call before again where the new one is the same by `isSame`. */
export function steadyValues<T>(isSame: (a: T, b: T) => boolean): (value: T) => T {
  let last: {readonly value: T} | undefined
  return (value) => {
    if (last === undefined || (last.value !== value && !isSame(last.value, value))) last = {value}
    return last.value
  }
}
