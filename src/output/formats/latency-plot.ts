import {milliseconds} from '../report/numbers.js'
import {drawPlot, INSIDE, linearAxis, logAxis, px, textAt, type Axis, type Plot} from './plot.js'
import type {Latency} from './report-context.js'

/** Equal parts of the connections that the distribution is rebuilt from. */
const PARTS = 400
const BINS = 40
const MARKED = [50, 95, 99] as const

interface Bin {
  readonly from: number
  readonly to: number
  /** Share of the connections. */
  readonly share: number
}

/** How long connections took: a histogram on a logarithmic scale, rebuilt from 400 percentiles, with p50, p95 and p99 marked. */
export function latencyPlot(latency: Latency): string {
  const bins = binsOf(latency)
  const [low, high] = [bins[0]?.from ?? 0.1, bins.at(-1)?.to ?? 1]
  const x = logAxis(`${latency.of}, ms`, [low, high], (ms) => Number(ms.toPrecision(3)).toLocaleString('en-US'))
  const highest = Math.max(0.01, ...bins.map(({share}) => share))
  const y = linearAxis('connections', [0, 1.1 * highest], {isVertical: true, textOf: (share) => `${Number((share * 100).toFixed(1))}%`})
  const words = MARKED.map((percentile) => `p${percentile} ${milliseconds(latency.percentile(percentile) ?? 0)}`)
  return drawPlot({
    id: 'latency',
    title: `Latency: ${latency.of}`,
    description: `${latency.count} connections: ${words.join(', ')}.`,
    x,
    y,
    content: [...bins.filter(({share}) => share > 0).map((bin) => barOf(bin, {x, y})), ...MARKED.flatMap((percentile) => markOf(percentile, latency, x))],
  })
}

function barOf({from, to, share}: Bin, {x, y}: Pick<Plot, 'x' | 'y'>): string {
  const [left, top] = [x.scale(from), y.scale(share)]
  const width = Math.max(1, x.scale(to) - left - 1)
  return `<rect class="bar" x="${px(left)}" y="${px(top)}" width="${px(width)}" height="${px(INSIDE.bottom - top)}"/>`
}

/** The labels step down, as neighbours may be close. */
function markOf(percentile: (typeof MARKED)[number], latency: Latency, x: Axis): readonly string[] {
  const at = x.scale(latency.percentile(percentile) ?? 0)
  if (!Number.isFinite(at)) return []
  const line = `<line class="limit" x1="${px(at)}" x2="${px(at)}" y1="${INSIDE.top}" y2="${INSIDE.bottom}"/>`
  return [line, textAt(`p${percentile}`, [at, INSIDE.top + 8 + 15 * MARKED.indexOf(percentile)], 'class="label" dx="4"')]
}

function binsOf({percentile}: Latency): readonly Bin[] {
  // nothing takes no time: what rounds to zero is put at a microsecond
  const sample = Array.from({length: PARTS}, (_, i) => Math.max(0.001, percentile(((i + 0.5) / PARTS) * 100) ?? 0.001))
  const low = sample[0] ?? 0.001
  const high = Math.max(low * 1.1, sample.at(-1) ?? low)
  const ratio = (high / low) ** (1 / BINS)
  const binOf = (ms: number) => Math.min(BINS - 1, Math.max(0, Math.floor(Math.log(ms / low) / Math.log(ratio))))
  return Array.from({length: BINS}, (_, bin) => ({
    from: low * ratio ** bin,
    to: low * ratio ** (bin + 1),
    share: sample.filter((ms) => binOf(ms) === bin).length / PARTS,
  }))
}
