import {UserError} from '../base/user-error.js'
import {exitCodeOf} from './exit-code.js'
import type {TallyReport, ThresholdReport} from './report.js'

/**
 * A demand on one number of a report, read once from its text:
 *
 *   p(99)<20ms     the 99th percentile of the latencies; ms unless µs, us or s is written
 *   share(v2)<25   percent of the answers; a % sign may be written
 *   count(v1)>=10  answers of one subset; count>=100: of all
 *   errors<0.1%    failed connections in percent of those tried; errors<3: their number
 */
export interface Threshold {
  readonly expression: string
  readonly metric: Metric
  readonly comparison: Comparison
  /** In the unit of the metric: ms, percent, or a count. */
  readonly limit: number
}

export type Metric =
  | {readonly type: 'percentile'; readonly percentile: number}
  | {readonly type: 'share'; readonly name: string}
  | {readonly type: 'count'; readonly name: string | undefined}
  | {readonly type: 'errors'; readonly in: 'percent' | 'connections'}

const COMPARISONS = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
} as const
type Comparison = keyof typeof COMPARISONS

const MILLISECONDS: Readonly<Record<string, number>> = {'': 1, ms: 1, s: 1000, us: 0.001, µs: 0.001}
const HINT = "write for example 'p(99)<20ms', 'share(v2)<25', 'errors<0.1%' or 'count(v1)>=10'"
const FORM = /^\s*([a-z]+)\s*(?:\(\s*(.*?)\s*\))?\s*(<=|>=|==|!=|<|>)\s*(\d+(?:\.\d+)?)\s*(%|ms|us|µs|s)?\s*$/

interface Parts {
  readonly text: string
  /** What stands in the brackets; undefined without brackets. */
  readonly argument: string | undefined
  readonly value: number
  readonly unit: string
}

/** `--threshold`. Throws UserError with exit code 2 that says which part cannot be read. */
export function parseThreshold(text: string): Threshold {
  const [, word, argument, comparison, digits, unit = ''] = FORM.exec(text) ?? []
  if (word === undefined || !isComparison(comparison)) throw usage(`cannot read the threshold "${text}"`)
  const {metric, limit} = meaningOf(word, {text, argument, value: Number(digits), unit})
  return {expression: text.trim(), metric, comparison, limit}
}

function isComparison(text: string | undefined): text is Comparison {
  return text !== undefined && text in COMPARISONS
}

function meaningOf(word: string, {text, argument, value, unit}: Parts): {readonly metric: Metric; readonly limit: number} {
  const fits = (...units: readonly string[]) => {
    if (!units.includes(unit)) throw usage(`the threshold "${text}" compares ${word} with a number of ${unit === '%' ? 'percent' : unit}`)
  }
  switch (word) {
    case 'p':
      fits(...Object.keys(MILLISECONDS))
      return {metric: {type: 'percentile', percentile: percentileOf(argument, text)}, limit: value * (MILLISECONDS[unit] ?? 1)}
    case 'share':
      fits('', '%')
      if (argument === undefined || argument === '') throw usage(`the threshold "${text}" does not say whose share`)
      return {metric: {type: 'share', name: argument}, limit: value}
    case 'count':
      fits('')
      return {metric: {type: 'count', name: argument === '' ? undefined : argument}, limit: value}
    case 'errors':
      fits('', '%')
      if (argument !== undefined && argument !== '') throw usage(`errors in the threshold "${text}" are those of all connections and take no name`)
      return {metric: {type: 'errors', in: unit === '%' ? 'percent' : 'connections'}, limit: value}
    default:
      throw usage(`the threshold "${text}" names "${word}", which is none of p, share, count, errors`)
  }
}

function percentileOf(argument: string | undefined, text: string): number {
  const percentile = argument === undefined || argument === '' ? Number.NaN : Number(argument)
  if (percentile >= 0 && percentile <= 100) return percentile
  throw usage(`the threshold "${text}" asks for a percentile that is not between 0 and 100`)
}

/** Refuses, before anything runs, thresholds on subsets that are not expected. Throws UserError with exit code 2. */
export function requireKnownNames(thresholds: readonly Threshold[], names: readonly string[]): void {
  for (const {metric, expression} of thresholds) {
    const name = metric.type === 'share' || metric.type === 'count' ? metric.name : undefined
    if (name !== undefined && !names.includes(name)) throw usage(`the threshold "${expression}" names "${name}", which is none of ${names.join(', ')}`)
  }
}

/** The latency, in ms, that this percentage of the connections did not exceed; undefined where none was measured. */
export type PercentileOf = (percentile: number) => number | undefined

/** The report with its thresholds judged, and the exit code that follows. A name that never answered has share and count 0. */
export function withThresholds(report: TallyReport, thresholds: readonly Threshold[], percentile: PercentileOf = () => undefined): TallyReport {
  const judged = thresholds.map((threshold) => judgeThreshold(threshold, report, percentile))
  return {...report, thresholds: judged, exitCode: exitCodeOf({...report, thresholds: judged})}
}

function judgeThreshold({expression, metric, comparison, limit}: Threshold, report: TallyReport, percentile: PercentileOf): ThresholdReport {
  const value = valueOf(metric, report, percentile) ?? null
  // 25 % of 1000 must not be 25.000000000000004 %
  const isMet = value !== null && COMPARISONS[comparison](Number(value.toPrecision(12)), limit)
  return {expression, value, crossed: !isMet}
}

function valueOf(metric: Metric, {subsets, unexpected, n, errors}: TallyReport, percentile: PercentileOf): number | undefined {
  const countOf = (name: string) => subsets.find((subset) => subset.name === name)?.count ?? unexpected.find(({answer}) => answer === name)?.count ?? 0
  const tried = n + errors.total
  switch (metric.type) {
    case 'percentile':
      return percentile(metric.percentile)
    case 'share':
      return n === 0 ? undefined : (100 * countOf(metric.name)) / n
    case 'count':
      return metric.name === undefined ? n : countOf(metric.name)
    case 'errors':
      if (metric.in === 'connections') return errors.total
      return tried === 0 ? undefined : (100 * errors.total) / tried
  }
}

function usage(message: string): UserError {
  return new UserError(message, {hint: HINT, exitCode: 2})
}
