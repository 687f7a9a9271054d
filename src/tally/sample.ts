import {errorUpperBound, goodman} from '../stats/intervals.js'
import {normalize, sum} from '../stats/weights.js'
import type {Counts} from './count.js'
import {isExceeded, type ErrorLimit} from './error-limit.js'
import type {Expectation} from './expectation.js'
import type {ErrorReport, SubsetReport, TallyReport} from './report.js'

/** Counts sorted by who should have answered: what every verdict starts from. */
export interface Sample {
  readonly n: number
  readonly subsets: readonly SubsetReport[]
  /** Subsets with a weight above 0. */
  readonly live: readonly SubsetReport[]
  readonly unexpected: TallyReport['unexpected']
  /** Who answered and must not have: subsets of weight 0, and answers of nobody known. */
  readonly forbidden: readonly {readonly name: string; readonly count: number}[]
}

const MOST_UNEXPECTED = 10

/** Sorts the counts by subset; without an expectation each answer is its own subset, most frequent first. Intervals are Goodman's. */
export function sampleOf(counts: Counts, expectation: Expectation | undefined): Sample {
  const subsets = subsetsOf(counts, expectation)
  const unexpected = expectation === undefined ? [] : unexpectedOf(counts, expectation)
  return {
    n: counts.total,
    subsets,
    live: subsets.filter(({weight}) => weight !== null && weight > 0),
    unexpected: pooled(unexpected),
    forbidden: [...subsets.filter(({weight, count}) => weight === 0 && count > 0), ...unexpected.map(({answer, count}) => ({name: answer, count}))],
  }
}

function subsetsOf(counts: Counts, expectation: Expectation | undefined): readonly SubsetReport[] {
  const countOf = new Map(counts.answers.map(({answer, count}) => [answer, count]))
  const byFrequency = [...counts.answers].sort((a, b) => b.count - a.count)
  const shares = expectation?.shares ?? byFrequency.map(({answer}) => ({name: answer, answers: [answer]}))
  const weights = expectation === undefined ? [] : normalize(expectation.shares.map(({weight}) => weight))
  const found = shares.map(({answers}) => sum(answers.map((answer) => countOf.get(answer) ?? 0)))
  const rest = counts.total - sum(found)
  const intervals = goodman(rest > 0 ? [...found, rest] : found, 0.05)
  return shares.map(({name, answers}, i) => ({
    name,
    answers,
    weight: weights[i] ?? null,
    count: found[i] ?? 0,
    share: counts.total === 0 ? 0 : (found[i] ?? 0) / counts.total,
    interval95: intervals[i] ?? [0, 1],
  }))
}

function unexpectedOf(counts: Counts, {shares}: Expectation): {readonly answer: string; readonly count: number}[] {
  const known = new Set(shares.flatMap(({answers}) => answers))
  const strange = counts.answers.filter(({answer}) => !known.has(answer)).sort((a, b) => b.count - a.count)
  return counts.other > 0 ? [...strange, {answer: '(other)', count: counts.other}] : strange
}

function pooled(unexpected: readonly {readonly answer: string; readonly count: number}[]): TallyReport['unexpected'] {
  if (unexpected.length <= MOST_UNEXPECTED) return unexpected
  const shown = unexpected.filter(({answer}) => answer !== '(other)').slice(0, MOST_UNEXPECTED - 1)
  return [...shown, {answer: '(other)', count: sum(unexpected.map(({count}) => count)) - sum(shown.map(({count}) => count))}]
}

/** Connections without an answer, beside `n` with one, against their limit. */
export function errorsOf(n: number, byKind: Readonly<Record<string, number>>, limit: ErrorLimit | undefined): ErrorReport {
  const total = sum(Object.values(byKind))
  const tried = n + total
  return {total, byKind, upper95: tried === 0 ? null : errorUpperBound(total, tried, 0.05), limit: limit ?? null, exceeded: isExceeded(limit, total, tried)}
}
