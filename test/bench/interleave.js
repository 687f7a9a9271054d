import {quantile} from './quantile.js'

/**
 * Measures every target with every measure, round after round, so that what else the machine does falls on all of them: rows of medians by target. Before
 * the first round each measure is taken of each target once without counting it: programs that compile themselves while they run come to rest.
 */
export async function interleave(measures, targets, settings) {
  const rows = new Map()
  for (let round = settings.warmUp ? -1 : 0; round < settings.rounds; round++) {
    for (const measure of measures) {
      if (measure.once && round !== 0) continue
      for (const target of targets) {
        const values = await measure.measure(target, settings).catch((error) => void process.stderr.write(`${measure.name}, ${target.name}: ${error.message.split('\n')[0]}\n`))
        if (round >= 0) note(rows, target.name, values ?? {})
      }
    }
  }
  return [...rows].map(([name, byTarget]) => ({name, values: Object.fromEntries([...byTarget].map(([target, values]) => [target, quantile(values, 0.5)]))}))
}

function note(rows, target, values) {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isFinite(value)) continue
    const row = rows.get(name) ?? new Map()
    rows.set(name, row.set(target, [...(row.get(target) ?? []), value]))
  }
}
