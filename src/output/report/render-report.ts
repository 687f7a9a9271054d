import type {TallyReport, Verdict} from '../../tally/report.js'
import {factsOf} from './facts.js'
import type {ReportContext} from '../formats/report-context.js'
import {milliseconds, quantity, seconds} from './numbers.js'
import {printable} from './printable.js'
import {scopeSentences, verdictSentence} from './sentences.js'
import {shareTable} from './share-table.js'
import {wrap} from './wrap.js'

type Paint = (text: string) => string

/** How to colour; the terminal decides, not this module. */
export interface ReportColors {
  readonly good: Paint
  readonly bad: Paint
  readonly warn: Paint
  readonly dim: Paint
}

const asIs: Paint = (text) => text
export const NO_COLORS: ReportColors = {good: asIs, bad: asIs, warn: asIs, dim: asIs}

export interface RenderOptions {
  /** Columns to fit in; 80 by default. Where room is short first the bars go, then the intervals. */
  readonly width?: number
  readonly colors?: ReportColors
  /** What is known besides: how long it took, where the weights are written, how fast the connections were. */
  readonly run?: Partial<Pick<ReportContext, 'durationMs' | 'source' | 'latency'>>
}

const MARKS: Readonly<Record<Verdict, {readonly mark: string; readonly color: keyof ReportColors}>> = {
  CONSISTENT: {mark: '✔ ', color: 'good'},
  PASS: {mark: '✔ ', color: 'good'},
  WRONG: {mark: '✘ ', color: 'bad'},
  FAIL: {mark: '✘ ', color: 'bad'},
  INCONCLUSIVE: {mark: '? ', color: 'warn'},
  COUNTED: {mark: '', color: 'dim'},
}

/**
 * A report as people read it: the table of shares with bars, the verdict, what the sample could not have seen, remarks on the order.
 * Ends in a line feed. Text from answers is made safe for a terminal.
 */
export function renderReport(report: TallyReport, {width = 80, colors = NO_COLORS, run = {}}: RenderOptions = {}): string {
  const page = {width, colors, run}
  const lines = [...tableLines(report, page), ...verdictLines(report, page), ...factLines(report, page), ...latencyLines(page)]
  return lines.join('\n') + '\n'
}

type Page = Required<RenderOptions>

function tableLines(report: TallyReport, {width, colors, run}: Page): readonly string[] {
  if (report.subsets.length === 0) return []
  const {header, rows, hidden, legend} = shareTable(report, width)
  return [
    ...titleLines(report, {width, run}),
    header,
    ...rows.map(({text, isForbidden}) => (isForbidden ? colors.bad(text) : text)),
    ...(hidden > 0 ? [colors.dim(`… and ${quantity(hidden, 'answer')} more`)] : []),
    ...(legend === undefined ? [] : [colors.dim(legend)]),
    '',
  ]
}

function titleLines({n, unit, expectation}: TallyReport, {width, run}: Pick<Page, 'width' | 'run'>): readonly string[] {
  if (expectation === null) return []
  const took = run.durationMs === undefined ? '' : ` in ${seconds(run.durationMs)}`
  return [...wrap(`${quantity(n, unit)}${took} against ${printable(expectation.source, 80)}`, {width, lead: '', indent: '  '}), '']
}

function verdictLines(report: TallyReport, {width, colors, run}: Page): readonly string[] {
  const {mark, color} = MARKS[report.verdict]
  const verdict = wrap(verdictSentence(report), {width, lead: mark, indent: '  '}).map(colors[color])
  const asides = [...placeOf(report, run), ...scopeSentences(report)]
  return [...verdict, ...asides.flatMap((sentence) => wrap(sentence, {width, lead: '  ', indent: '  '}))]
}

/** Where to look when the split is wrong. */
function placeOf({exitCode}: TallyReport, {source}: Page['run']): readonly string[] {
  return exitCode === 3 && source !== undefined ? [`The weights are in ${printable(source.file, 200)}:${source.line}`] : []
}

function factLines(report: TallyReport, {width, colors}: Page): readonly string[] {
  return factsOf(report).flatMap(({level, text}) => {
    const isWarning = level === 'warning'
    return wrap(text, {width, lead: isWarning ? '⚠ ' : '  ', indent: '  '}).map(isWarning ? colors.warn : colors.dim)
  })
}

function latencyLines({width, colors, run: {latency}}: Page): readonly string[] {
  if (latency === undefined || latency.count === 0) return []
  const each = [50, 95, 99].map((percentile) => `p${percentile} ${milliseconds(latency.percentile(percentile) ?? 0)}`)
  return wrap(`${latency.of}: ${each.join(', ')}`, {width, lead: '  ', indent: '  '}).map(colors.dim)
}
