import type {TallyReport} from '../../tally/report.js'
import type {SeriesPoint} from '../../tally/series.js'
import {percent} from '../report/numbers.js'
import {printable} from '../report/printable.js'
import {drawPlot, INSIDE, levelLine, linearAxis, pathOf, textAt, type Axis} from './plot.js'

/** More colours than this nobody tells apart. */
const COLORS = 8
const LABEL_HEIGHT = 15

interface Axes {
  readonly x: Axis
  readonly y: Axis
}

/** Shares with their 95 % confidence sequences as the answers came, weights as dashes, the band of the tolerance as dots. */
export function sharePlot(series: readonly SeriesPoint[], {subsets, gate, unit}: TallyReport): string {
  const last = series.at(-1)
  const x = courseAxis(series, unit)
  const y = linearAxis('share', [0, 1], {isVertical: true, textOf: percent})
  const names = last?.shares.map(({name}) => name) ?? []
  const weights = names.map((name) => subsets.find((subset) => subset.name === name)?.weight ?? 0)
  const tolerances = names.map((name) => gate?.shares.find((share) => share.name === name)?.tolerance)
  const labels = spread(last?.shares.map(({share}) => y.scale(share)) ?? [])
  const content = [
    ...names.map((_, i) => band(series, i, {x, y})),
    ...names.flatMap((_, i) => bounds(weights[i] ?? 0, tolerances[i], {color: i % COLORS, y})),
    ...names.map(
      (_, i) => `<path class="line c${i % COLORS}" d="${pathOf(series.map((point) => [x.scale(placeOf(point)), y.scale(point.shares[i]?.share ?? 0)]))}"/>`,
    ),
    ...names.map((name, i) => textAt(printable(name, 12), [INSIDE.right + 8, labels[i] ?? 0], `class="label f${i % COLORS}" dy="0.32em"`)),
  ]
  const ends = (last?.shares ?? []).map(({name, share, interval95}, i) => {
    const bounds = interval95 === null ? '' : `, between ${percent(interval95[0])} and ${percent(interval95[1])}`
    return `${printable(name)} ends at ${percent(share)}${bounds}, weight ${percent(weights[i] ?? 0)}`
  })
  return drawPlot({id: 'shares', title: 'Shares as the answers came', description: `${ends.join('; ')}.`, x, y, content})
}

/** Time where it is known, else the number of answers. */
function courseAxis(series: readonly SeriesPoint[], unit: string): Axis {
  const last = series.at(-1)
  const isTimed = last?.atMs !== undefined
  const label = isTimed ? 'seconds' : `${unit}s`
  return linearAxis(label, [0, last === undefined ? 1 : placeOf(last)], {
    isVertical: false,
    textOf: (at) => at.toLocaleString('en-US', {maximumFractionDigits: 3}),
  })
}

function placeOf({n, atMs}: SeriesPoint): number {
  return atMs === undefined ? n : atMs / 1000
}

/** Ends where the intervals do. */
function band(series: readonly SeriesPoint[], index: number, {x, y}: Axes): string {
  const known = series.flatMap((point) => {
    const interval = point.shares[index]?.interval95 ?? null
    return interval === null ? [] : [{place: placeOf(point), interval}]
  })
  const edge = (side: 0 | 1) => known.map(({place, interval}): readonly [number, number] => [x.scale(place), y.scale(interval[side])])
  return known.length === 0 ? '' : `<path class="band f${index % COLORS}" d="${pathOf([...edge(1), ...edge(0).reverse()])}Z"/>`
}

function bounds(weight: number, tolerance: number | undefined, {color, y}: {readonly color: number; readonly y: Axis}): readonly string[] {
  const line = (share: number, kind: string) => levelLine(`${kind} c${color}`, y.scale(share))
  const edges = tolerance === undefined ? [] : [weight - tolerance, weight + tolerance].filter((share) => share > 0 && share < 1)
  return [line(weight, 'weight'), ...edges.map((share) => line(share, 'edge'))]
}

/** Moves labels that would overlap apart, from the top down, and back up where that runs out of the plot. */
export function spread(wanted: readonly number[]): readonly number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  const placed = [...wanted]
  order.forEach((index, rank) => {
    const above = rank === 0 ? -Infinity : (placed[order[rank - 1] ?? 0] ?? 0)
    placed[index] = Math.max(placed[index] ?? 0, above + LABEL_HEIGHT)
  })
  const excess = Math.max(0, Math.max(...placed) - INSIDE.bottom)
  return excess === 0 ? placed : placed.map((place) => place - excess)
}
