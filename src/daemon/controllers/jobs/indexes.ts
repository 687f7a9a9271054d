/** The indexes that `0-2,5` names: how a Job's status tells which are completed. */
export function parseIndexes(text: string): ReadonlySet<number> {
  const ranges = text === '' ? [] : text.split(',').map((range) => range.split('-').map(Number))
  return new Set(ranges.flatMap(([first = 0, last = first]) => Array.from({length: last - first + 1}, (_, offset) => first + offset)))
}

/** Neighbours as ranges, as kubernetes `orderedIntervals.String` writes them. */
export function formatIndexes(indexes: Iterable<number>): string {
  const ranges: [number, number][] = []
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last !== undefined && index <= last[1] + 1) last[1] = index
    else ranges.push([index, index])
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : last === first + 1 ? `${first},${last}` : `${first}-${last}`)).join(',')
}
