import {seededRandom} from '../base/random.js'
import {defaultTolerance} from '../stats/gate.js'
import {errorUpperBound, goodman} from '../stats/intervals.js'
import {minimumDetectable, type Detectable} from '../stats/power.js'
import {proveSize} from '../stats/sample-size.js'
import {testShares} from '../stats/share-test.js'
import {normalize, sum} from '../stats/weights.js'
import type {Counts} from './count.js'
import type {Expectation} from './expectation.js'
import {orderOf} from './order.js'
import {exitCodeOf, type ErrorReport, type SubsetReport, type TallyReport, type TestReport, type Unit} from './report.js'
import {rule, type Case} from './rule.js'

export interface JudgeOptions {
  /** The chance of calling a right split wrong; 0.001 by default: a gate asked 50 times a day errs once in three weeks. */
  readonly alpha?: number
  /** Connections without an answer, by kind. Facts of their own: they do not enter the shares. */
  readonly errors?: Readonly<Record<string, number>>
  readonly unit?: Unit
  /** The gateway drew from a seed. */
  readonly seeded?: boolean
}

const POWER = 0.9
const MOST_UNEXPECTED = 10

/**
 * The verdict on a sample of fixed size. CONSISTENT does not say that the split is right, only that this sample does not contradict it: the
 * report carries what the sample could not have seen. Without an expectation the verdict is COUNTED. The rules are in `rule.ts`.
 */
export function judge(counts: Counts, expectation: Expectation | undefined, options: JudgeOptions = {}): TallyReport {
  const {alpha = 0.001, unit = 'line', seeded = false} = options
  const subsets = subsetsOf(counts, expectation)
  const unexpected = expectation === undefined ? [] : unexpectedOf(counts, expectation)
  const live = subsets.filter(({weight}) => weight !== null && weight > 0)
  const forbidden = [...subsets.filter(({weight, count}) => weight === 0 && count > 0), ...unexpected.map(({answer, count}) => ({name: answer, count}))]
  const order = orderOf(counts, expectation)
  const test = expectation === undefined || counts.total === 0 ? null : testOf(live, forbidden.length > 0, alpha)
  const facts: Case = {n: counts.total, live, forbidden, order, test}
  const {verdict, reason} = rule(facts)
  return {
    apiVersion: 'tshift.dev/v1',
    kind: 'TallyReport',
    unit,
    n: counts.total,
    verdict,
    reason,
    exitCode: exitCodeOf({verdict}),
    expectation: expectation === undefined ? null : {source: expectation.source},
    subsets,
    unexpected: pooled(unexpected),
    errors: errorsOf(counts.total, options.errors ?? {}),
    unmatched: counts.unmatched,
    test,
    detectable: test === null ? null : {power: POWER, shares: detectableOf(counts.total, live, alpha)},
    proof: live.length < 2 ? null : proofOf(live),
    order,
    seeded,
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

/** An answer of probability 0 makes p 0; a single destination that got every answer makes it 1. */
function testOf(live: readonly SubsetReport[], isForbidden: boolean, alpha: number): TestReport {
  if (isForbidden) return {method: 'rule', p: 0, alpha}
  if (live.length === 1) return {method: 'rule', p: 1, alpha}
  // the simulation's seed is fixed: the same counts must get the same verdict
  return {...testShares(live.map(({count}) => count), live.map(({weight}) => weight ?? 0), seededRandom(1)), alpha}
}

function detectableOf(n: number, live: readonly SubsetReport[], alpha: number): readonly (Detectable & {readonly name: string})[] {
  const [only] = live
  // one stray answer in n is enough: 1 − (1 − d)ⁿ ≥ power
  if (only !== undefined && live.length === 1) return [{name: only.name, up: null, down: 1 - (1 - POWER) ** (1 / n)}]
  const found = minimumDetectable(n, live.map(({weight}) => weight ?? 0), {alpha, power: POWER})
  return live.map(({name}, i) => ({name, up: found[i]?.up ?? null, down: found[i]?.down ?? null}))
}

/** The subset that takes the longest to prove. Two shares are one question; more must all succeed, so each may fail less often. */
function proofOf(live: readonly SubsetReport[]): TallyReport['proof'] {
  const power = live.length === 2 ? POWER : 1 - (1 - POWER) / live.length
  const sizes = live.map(({name, weight}) => {
    const tolerance = defaultTolerance(Math.min(weight ?? 0, 1 - (weight ?? 0)))
    return {name, weight: weight ?? 0, tolerance, n: proveSize(weight ?? 0, tolerance, {alpha: 0.05, power})}
  })
  return sizes.reduce((longest, size) => (size.n > longest.n || (size.n === longest.n && size.weight < longest.weight) ? size : longest))
}

function errorsOf(n: number, byKind: Readonly<Record<string, number>>): ErrorReport {
  const total = sum(Object.values(byKind))
  return {total, byKind, upper95: n + total === 0 ? null : errorUpperBound(total, n + total, 0.05)}
}
