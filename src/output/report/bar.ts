const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

export interface Bar {
  readonly share: number
  /** Null where nothing was expected. Neither null nor 0 is marked. */
  readonly weight: number | null
  readonly interval: readonly [low: number, high: number]
}

/** A share as a bar of eighth blocks on a 0–100 % scale of `width` cells, the interval as dots where the bar leaves room, the weight as `│` on top. */
export function drawBar({share, weight, interval: [low, high]}: Bar, width: number): string {
  const cells = Array.from({length: width}, (_, cell): string => (cell >= Math.floor(low * width) && cell < Math.ceil(high * width) ? '·' : ' '))
  const eighths = Math.round(share * width * 8)
  const full = Math.floor(eighths / 8)
  cells.fill('█', 0, full)
  if (eighths % 8 > 0) cells[full] = EIGHTHS[eighths % 8] ?? ''
  if (weight !== null && weight > 0) cells[Math.min(width - 1, Math.floor(weight * width))] = '│'
  return cells.join('').trimEnd()
}

/** Distances between the labels of the scale, in percent: the finest that leaves a gap before `100%` is taken. */
const STEPS = [20, 25, 50, 100]

/** The scale above the bars: `0%` flush left, `100%` ending at the right edge, even steps between. */
export function drawScale(width: number): string {
  const cellOf = (mark: number) => Math.floor((mark / 100) * width)
  const step = STEPS.find((step) => cellOf(100 - step) + 3 < width - 4) ?? 100
  const marks = Array.from({length: 100 / step}, (_, i) => i * step)
  return marks.reduce((line, mark) => line.padEnd(cellOf(mark)) + `${mark}%`, '').padEnd(width - 4) + '100%'
}
