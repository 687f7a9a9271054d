import type {TallyReport, Verdict} from '../../tally/report.js'
import {factsOf} from './facts.js'
import {quantity} from './numbers.js'
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
}

const MARKS: Readonly<Record<Verdict, {readonly mark: string; readonly color: keyof ReportColors}>> = {
  CONSISTENT: {mark: '✔ ', color: 'good'},
  WRONG: {mark: '✘ ', color: 'bad'},
  INCONCLUSIVE: {mark: '? ', color: 'warn'},
  COUNTED: {mark: '', color: 'dim'},
}

/**
 * A report as people read it: the table of shares with bars, the verdict, what the sample could not have seen, remarks on the order.
 * Ends in a line feed. Text from answers is made safe for a terminal.
 */
export function renderReport(report: TallyReport, {width = 80, colors = NO_COLORS}: RenderOptions = {}): string {
  const lines = [...tableLines(report, width, colors), ...verdictLines(report, width, colors), ...factLines(report, width, colors)]
  return lines.join('\n') + '\n'
}

function tableLines(report: TallyReport, width: number, colors: ReportColors): readonly string[] {
  if (report.subsets.length === 0) return []
  const {header, rows, hidden, legend} = shareTable(report, width)
  return [
    ...titleLines(report, width),
    header,
    ...rows.map(({text, isForbidden}) => (isForbidden ? colors.bad(text) : text)),
    ...(hidden > 0 ? [colors.dim(`… and ${quantity(hidden, 'answer')} more`)] : []),
    ...(legend === undefined ? [] : [colors.dim(legend)]),
    '',
  ]
}

function titleLines({n, unit, expectation}: TallyReport, width: number): readonly string[] {
  if (expectation === null) return []
  return [...wrap(`${quantity(n, unit)} against ${printable(expectation.source, 80)}`, {width, lead: '', indent: '  '}), '']
}

function verdictLines(report: TallyReport, width: number, colors: ReportColors): readonly string[] {
  const {mark, color} = MARKS[report.verdict]
  const verdict = wrap(verdictSentence(report), {width, lead: mark, indent: '  '}).map(colors[color])
  return [...verdict, ...scopeSentences(report).flatMap((sentence) => wrap(sentence, {width, lead: '  ', indent: '  '}))]
}

function factLines(report: TallyReport, width: number, colors: ReportColors): readonly string[] {
  return factsOf(report).flatMap(({level, text}) => {
    const isWarning = level === 'warning'
    return wrap(text, {width, lead: isWarning ? '⚠ ' : '  ', indent: '  '}).map(isWarning ? colors.warn : colors.dim)
  })
}
