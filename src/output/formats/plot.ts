import {xmlText} from './xml-text.js'

/** A drawing area with two axes; coordinates are CSS pixels in a box of 720 × 280, scaled to the page by the browser. */
export interface Plot {
  readonly x: Axis
  readonly y: Axis
  /** What to draw inside, as SVG, in painting order. */
  readonly content: readonly string[]
  readonly title: string
  /** What there is to see, in words, for those who do not see it. */
  readonly description: string
  /** Unique in the page. */
  readonly id: string
}

export interface Axis {
  readonly label: string
  readonly ticks: readonly {readonly at: number; readonly text: string}[]
  /** Value → pixel. */
  readonly scale: (value: number) => number
}

const WIDTH = 720
const HEIGHT = 280
export const INSIDE = {left: 56, right: 620, top: 14, bottom: 232} as const

/** A linear axis over `domain` with about `count` round ticks. */
export function linearAxis(label: string, domain: readonly [low: number, high: number], options: {readonly isVertical: boolean; readonly textOf: (value: number) => string}): Axis {
  const [low, high] = domain
  const [from, to] = options.isVertical ? [INSIDE.bottom, INSIDE.top] : [INSIDE.left, INSIDE.right]
  const scale = (value: number) => from + ((value - low) / (high - low || 1)) * (to - from)
  return {label, scale, ticks: roundTicks(low, high).map((at) => ({at, text: options.textOf(at)}))}
}

/** A horizontal logarithmic axis with ticks at 1, 2 and 5 times the powers of ten. */
export function logAxis(label: string, [low, high]: readonly [number, number], textOf: (value: number) => string): Axis {
  const width = Math.log(high / low) || 1
  const scale = (value: number) => INSIDE.left + (Math.log(value / low) / width) * (INSIDE.right - INSIDE.left)
  const powers = Array.from({length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1}, (_, i) => Math.floor(Math.log10(low)) + i)
  const all = powers.flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power)).filter((at) => at >= low * 0.999 && at <= high * 1.001)
  const ticks = all.length > 9 ? all.filter((at) => Number.isInteger(Number(Math.log10(at).toFixed(9)))) : all
  return {label, scale, ticks: ticks.map((at) => ({at, text: textOf(at)}))}
}

function roundTicks(low: number, high: number): readonly number[] {
  const rough = (high - low) / 5
  const power = 10 ** Math.floor(Math.log10(rough || 1))
  const step = ([1, 2, 5, 10].find((digit) => digit * power >= rough * 0.999) ?? 10) * power
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({length: Math.max(0, last - first) + 1}, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** The plot as an SVG element that names and describes itself. */
export function drawPlot({x, y, content, title, description, id}: Plot): string {
  const horizontal = y.ticks.map(({at, text}) => {
    const level = px(y.scale(at))
    return `<line class="grid" x1="${INSIDE.left}" x2="${INSIDE.right}" y1="${level}" y2="${level}"/><text class="tick" x="${INSIDE.left - 8}" y="${level}" dy="0.32em" text-anchor="end">${xmlText(text)}</text>`
  })
  const vertical = x.ticks.map(({at, text}) => `<text class="tick" x="${px(x.scale(at))}" y="${INSIDE.bottom + 18}" text-anchor="middle">${xmlText(text)}</text>`)
  const middle = (INSIDE.left + INSIDE.right) / 2
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-text">`,
    `<title id="${id}-title">${xmlText(title)}</title><desc id="${id}-text">${xmlText(description)}</desc>`,
    ...horizontal,
    `<line class="axis" x1="${INSIDE.left}" x2="${INSIDE.right}" y1="${INSIDE.bottom}" y2="${INSIDE.bottom}"/>`,
    ...vertical,
    `<text class="tick" x="${middle}" y="${HEIGHT - 6}" text-anchor="middle">${xmlText(x.label)}</text>`,
    ...content,
    '</svg>',
  ].join('\n')
}

/** `M1,2L3,4…` through the points. */
export function pathOf(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${px(x)},${px(y)}`).join('')
}

/** Pixels to a tenth: more only makes the page longer. */
export function px(value: number): string {
  return String(Number(value.toFixed(1)))
}
