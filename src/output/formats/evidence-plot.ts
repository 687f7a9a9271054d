import type {TallyReport} from '../../tally/report.js'
import type {SeriesPoint} from '../../tally/series.js'
import {drawPlot, INSIDE, levelLine, linearAxis, pathOf, textAt} from './plot.js'

/** ln → powers of ten, as people read odds. */
const LN10 = Math.LN10

/** How strongly the answers spoke against exactly these weights, on a scale of powers of ten; the dashes are where that reaches 1/α. */
export function evidencePlot(series: readonly SeriesPoint[], {gate, test, unit}: TallyReport): string {
  const known = series.flatMap(({n, logE}) => (logE === null ? [] : [{n, tens: logE / LN10}]))
  const alpha = gate?.alphaFail ?? test?.alpha ?? 0.001
  const limit = -Math.log10(alpha)
  const values = known.map(({tens}) => tens)
  const x = linearAxis(`${unit}s`, [0, series.at(-1)?.n ?? 1], {isVertical: false, textOf: (n) => n.toLocaleString('en-US')})
  const y = linearAxis('evidence', [Math.min(-1, ...values), Math.max(limit + 0.5, ...values)], {isVertical: true, textOf: tickOf})
  const end = known.at(-1)
  const odds =
    end === undefined ? '' : `After ${end.n} ${unit}s the odds against exactly these weights are ${oddsOf(end.tens)}; ${oddsOf(limit)} would refute them.`
  const stray = known.length < series.length ? ' Then an answer came that the weights forbid: evidence beyond all bounds.' : ''
  return drawPlot({
    id: 'evidence',
    title: 'Evidence against the weights as the answers came',
    description: `${odds}${stray}`,
    x,
    y,
    content: [
      levelLine('limit', y.scale(limit)),
      textAt(`1/α = ${Number((1 / alpha).toPrecision(3)).toLocaleString('en-US')}`, [INSIDE.right + 8, y.scale(limit)], 'class="label" dy="0.32em"'),
      `<path class="line c0" d="${pathOf(known.map(({n, tens}) => [x.scale(n), y.scale(tens)]))}"/>`,
    ],
  })
}

/** `120,000 : 1` against, or `1 : 8` for. */
function oddsOf(exponent: number): string {
  if (Math.abs(exponent) < 1e-9) return 'even'
  return exponent > 0 ? `${tenTo(exponent)} : 1` : `1 : ${tenTo(-exponent)}`
}

/** Short enough for an axis: `1/10`, `1`, `1,000`, `1e6`. */
function tickOf(exponent: number): string {
  return exponent < -1e-9 ? `1/${tenTo(-exponent)}` : tenTo(exponent)
}

function tenTo(exponent: number): string {
  if (exponent >= 300) return `1e${Math.round(exponent)}`
  const value = 10 ** exponent
  if (value >= 99_999) return value.toExponential(1).replace('.0e', 'e').replace('e+', 'e')
  return Number(value.toPrecision(2)).toLocaleString('en-US')
}
