/** A longer gap between two samples, µs, is the profiler's own work or another process's turn, and no function's. */
const LONGEST_GAP_US = 1000

/** The functions of a V8 profile in which most time was spent themselves: `[{name, place, percent}]` of the time in which it did anything at all. */
export function topFunctions({nodes, samples, timeDeltas}, most) {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]))
  const times = new Map()
  for (const [index, id] of samples.entries()) {
    const {functionName, url, lineNumber} = byId.get(id)
    if (functionName === '(idle)' || (functionName === 'dispatch' && url === '')) continue // the latter is the profiler
    const key = JSON.stringify([functionName || '(anonymous)', url === '' ? '' : `${url.replace(/^.*\/(dist|node_modules)\//, '')}:${lineNumber + 1}`])
    times.set(key, (times.get(key) ?? 0) + Math.min(timeDeltas[index], LONGEST_GAP_US))
  }
  const total = [...times.values()].reduce((sum, time) => sum + time, 0)
  const sorted = [...times].sort(([, a], [, b]) => b - a).slice(0, most)
  return sorted.map(([key, time]) => ({name: JSON.parse(key)[0], place: JSON.parse(key)[1], percent: (100 * time) / total}))
}
