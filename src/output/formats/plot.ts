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

interface AxisOptions {
  readonly isVertical: boolean
  readonly textOf: (value: number) => string
}

const WIDTH = 720
const HEIGHT = 280
export const INSIDE = {left: 56, right: 620, top: 14, bottom: 232} as const

/** A linear axis over `domain` with about `count` round ticks. */
export function linearAxis(label: string, domain: readonly [low: number, high: number], options: AxisOptions): Axis {
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
  const horizontal = y.ticks.flatMap(({at, text}) => [
    levelLine('grid', y.scale(at)),
    textAt(text, [INSIDE.left - 8, y.scale(at)], 'class="tick" dy="0.32em" text-anchor="end"'),
  ])
  const vertical = x.ticks.map(({at, text}) => textAt(text, [x.scale(at), INSIDE.bottom + 18], 'class="tick" text-anchor="middle"'))
  const middle = (INSIDE.left + INSIDE.right) / 2
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-text">`,
    `<title id="${id}-title">${xmlText(title)}</title><desc id="${id}-text">${xmlText(description)}</desc>`,
    ...horizontal,
    levelLine('axis', INSIDE.bottom),
    ...vertical,
    textAt(x.label, [middle, HEIGHT - 6], 'class="tick" text-anchor="middle"'),
    ...content,
    '</svg>',
  ].join('\n')
}

/** A line across the plot; `kind` is its class. */
export function levelLine(kind: string, y: number): string {
  return `<line class="${kind}" x1="${INSIDE.left}" x2="${INSIDE.right}" y1="${px(y)}" y2="${px(y)}"/>`
}

/** A text, made safe; attributes are written as they are. */
export function textAt(text: string, [x, y]: readonly [x: number, y: number], attributes: string): string {
  return `<text x="${px(x)}" y="${px(y)}" ${attributes}>${xmlText(text)}</text>`
}

/** `M1,2L3,4…` through the points. */
export function pathOf(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${px(x)},${px(y)}`).join('')
}

/** Pixels to a tenth: more only makes the page longer. */
export function px(value: number): string {
  return String(Number(value.toFixed(1)))
}
