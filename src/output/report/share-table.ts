import type {SubsetReport, TallyReport} from '../../tally/report.js'
import {drawBar, drawScale} from './bar.js'
import {fixedPercent, percent} from './numbers.js'
import {printable} from './printable.js'

const NARROWEST_BAR = 12
const WIDEST_BAR = 50
/** Counting lines that are no answers of a split must not flood the terminal. */
const MOST_ROWS = 20
const INTERVAL = '95% INTERVAL'
const GAP = '  '

interface Column {
  readonly title: string
  readonly align: 'left' | 'right'
  readonly cellOf: (row: Row) => string
}

interface Row extends SubsetReport {
  readonly isUnexpected: boolean
}

export interface ShareTable {
  readonly header: string
  /** A line per subset, then one per unexpected answer. */
  readonly rows: readonly {readonly text: string; readonly isForbidden: boolean}[]
  /** Answers beyond those shown. */
  readonly hidden: number
  /** What the signs in the bars mean, or undefined where there was no room for bars. */
  readonly legend: string | undefined
}

/** The shares as a table of `width` columns; bars take what the numbers leave. */
export function shareTable(report: TallyReport, width: number): ShareTable {
  const rows = [
    ...report.subsets.slice(0, MOST_ROWS).map((subset) => ({...subset, isUnexpected: false})),
    ...report.unexpected.map((stray) => unexpectedRow(stray, report.n)),
  ]
  const all = columnsOf(report)
  const columns = widthOf(all, rows) <= width ? all : all.filter(({title}) => title !== INTERVAL)
  const lineOf = (textOf: (column: Column) => string) => columns.map((column) => pad(textOf(column), cellWidth(column, rows), column.align)).join(GAP)
  const room = Math.min(WIDEST_BAR, width - lineOf(({title}) => title).length - GAP.length)
  const hasBars = room >= NARROWEST_BAR
  const barOf = ({share, weight, interval95}: Row) => GAP + drawBar({share, weight, interval: report.n === 0 ? [0, 0] : interval95}, room)
  return {
    header: lineOf(({title}) => title) + (hasBars ? GAP + drawScale(room) : ''),
    rows: rows.map((row) => ({
      text: (lineOf(({cellOf}) => cellOf(row)) + (hasBars ? barOf(row) : '')).trimEnd(),
      isForbidden: row.weight === 0 && row.count > 0,
    })),
    hidden: Math.max(0, report.subsets.length - MOST_ROWS),
    legend: hasBars ? legendOf(report) : undefined,
  }
}

function legendOf({expectation, gate, reason}: TallyReport): string {
  const weight = expectation === null ? '' : '   │ weight'
  const isSequence = gate !== null && reason.type !== 'forbidden'
  return `█ share${weight}   · 95% interval, all at once${isSequence ? ', at every n' : ''}`
}

function widthOf(columns: readonly Column[], rows: readonly Row[]): number {
  return columns.reduce((total, column) => total + cellWidth(column, rows), GAP.length * (columns.length - 1))
}

function cellWidth({title, cellOf}: Column, rows: readonly Row[]): number {
  return Math.max(title.length, ...rows.map((row) => cellOf(row).length))
}

function columnsOf(report: TallyReport): readonly Column[] {
  const isNamed = report.subsets.some(({name, answers}) => answers.length !== 1 || answers[0] !== name)
  const subset: Column = {title: 'SUBSET', align: 'left', cellOf: ({name, isUnexpected}) => (isUnexpected ? '?' : printable(name))}
  const answer: Column = {title: 'ANSWER', align: 'left', cellOf: ({answers}) => printable(answers.join(','))}
  const weight: Column = {title: 'WEIGHT', align: 'right', cellOf: ({weight}) => percent(weight ?? 0)}
  const interval: Column = {
    title: INTERVAL,
    align: 'right',
    cellOf: ({interval95: [low, high], isUnexpected}) => (isUnexpected ? '' : `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)}%`),
  }
  return [
    ...(isNamed ? [subset, answer] : [answer]),
    ...(report.expectation === null ? [] : [weight]),
    {title: 'GOT', align: 'right', cellOf: ({count}) => String(count)},
    {title: 'SHARE', align: 'right', cellOf: ({share}) => fixedPercent(share)},
    ...(report.n > 0 ? [interval] : []),
  ]
}

function unexpectedRow({answer, count}: {readonly answer: string; readonly count: number}, n: number): Row {
  return {name: answer, answers: [answer], weight: 0, count, share: count / n, interval95: [0, 0], isUnexpected: true}
}

function pad(text: string, width: number, align: Column['align']): string {
  return align === 'left' ? text.padEnd(width) : text.padStart(width)
}
