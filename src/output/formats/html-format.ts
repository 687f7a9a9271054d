import type {TallyReport, Verdict} from '../../tally/report.js'
import {fixedPercent, percent, quantity, seconds} from '../report/numbers.js'
import {printable} from '../report/printable.js'
import {scopeSentences, verdictSentence} from '../report/sentences.js'
import {checksOf, type Check} from './checks.js'
import {evidencePlot} from './evidence-plot.js'
import {STYLE} from './html-style.js'
import {latencyPlot} from './latency-plot.js'
import type {ReportContext} from './report-context.js'
import {sharePlot} from './share-plot.js'
import {xmlText} from './xml-text.js'

const TONES: Readonly<Record<Verdict, string>> = {CONSISTENT: 'good', PASS: 'good', WRONG: 'bad', FAIL: 'bad', INCONCLUSIVE: 'warn', COUNTED: ''}
const MARKS: Readonly<Record<Check['state'], string>> = {pass: '✔ ', fail: '✘ ', inconclusive: '? ', warning: '⚠ ', open: '· '}

/** The report as one page without scripts or anything to fetch: verdict, shares, plots, and what else was checked. */
export function htmlFormat(context: ReportContext): string {
  const {report, target} = context
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    // answers come from strangers: should one ever get through, it may do nothing
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${xmlText(`${report.verdict}: tshift ${target}`)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>tshift · ${xmlText(target)}</h1>`,
    metaLine(context),
    `<p class="verdict ${TONES[report.verdict]}">${xmlText(verdictSentence(report))}</p>`,
    ...scopeSentences(report).map((sentence) => `<p class="aside">${xmlText(sentence)}</p>`),
    shareTable(report),
    ...plots(context),
    '<h2>Checks</h2>',
    `<ul>${checksOf(report).map(({state, message}) => `<li>${MARKS[state]}${xmlText(message)}</li>`).join('\n')}</ul>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function metaLine({report, startedAt, durationMs, source}: ReportContext): string {
  const parts = [
    startedAt,
    `${quantity(report.n, report.unit)} in ${seconds(durationMs)}`,
    ...(report.expectation === null ? [] : [`against ${report.expectation.source}`]),
    ...(source === undefined ? [] : [`weights in ${source.file}:${source.line}`]),
    ...(report.seeded ? ['seeded: says nothing about chance'] : []),
  ]
  return `<p class="meta">${xmlText(parts.join(' · '))}</p>`
}

function shareTable({subsets, unexpected, n, gate}: TallyReport): string {
  const toleranceOf = (name: string) => gate?.shares.find((share) => share.name === name)?.tolerance
  const rows = [
    ...subsets.map(({name, weight, count, share, interval95: [low, high]}) => {
      const tolerance = toleranceOf(name)
      const expected = weight === null ? '' : `${percent(weight)}${tolerance === undefined ? '' : ` ± ${Number((tolerance * 100).toFixed(2))}`}`
      return [printable(name, 60), expected, count.toLocaleString('en-US'), fixedPercent(share), n === 0 ? '' : `${fixedPercent(low)} – ${fixedPercent(high)}`]
    }),
    ...unexpected.map(({answer, count}) => [`${printable(answer, 60)} (not expected)`, '0%', count.toLocaleString('en-US'), fixedPercent(count / n), '']),
  ]
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${xmlText(cell)}</td>`).join('')}</tr>`).join('\n')
  const head = ['subset', 'weight', 'got', 'share', '95% interval'].map((title) => `<th scope="col">${title}</th>`).join('')
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`
}

function plots({report, series = [], latency}: ReportContext): readonly string[] {
  const hasSeries = series.length > 1 && report.expectation !== null
  const section = (title: string, note: string, plot: string) => `<section><h2>${title}</h2><p class="aside">${note}</p>\n${plot}</section>`
  return [
    ...(hasSeries ? [section('Shares', 'Line: share. Shaded: 95% confidence sequence. Dashes: weight. Dots: tolerance.', sharePlot(series, report))] : []),
    ...(hasSeries ? [section('Evidence', 'Odds against exactly these weights. Above the dashes they are refuted.', evidencePlot(series, report))] : []),
    ...(latency !== undefined && latency.count > 0 ? [section('Latency', 'Rebuilt from 400 percentiles.', latencyPlot(latency))] : []),
  ]
}
