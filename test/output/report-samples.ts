import type {Latency, ReportContext} from '../../src/output/formats/report-context.js'
import {countLines} from '../help/count-lines.js'
import type {Counts} from '../../src/tally/count.js'
import {parseErrorLimit} from '../../src/tally/error-limit.js'
import {parseExpectation, type Expectation} from '../../src/tally/expectation.js'
import {judge} from '../../src/tally/judge.js'
import type {TallyReport} from '../../src/tally/report.js'
import {sequentialGate} from '../../src/tally/sequential.js'
import {seriesOf} from '../../src/tally/series.js'
import {parseThreshold, withThresholds} from '../../src/tally/threshold.js'
import {draw} from '../stats/simulate.js'

const WORDS = ['one', 'two', 'three']
export const SUBSETS: Expectation = {
  source: 'VirtualService default/tcp-echo',
  shares: [{name: 'v1', answers: ['one'], weight: 80}, {name: 'v2', answers: ['two'], weight: 20}],
}

export const countsOf = (sequence: readonly number[]): Counts => countLines(sequence.map((answer) => WORDS[answer] ?? ''))

/** The gate asked once, at the end. */
export function gated(counts: Counts, expectation: Expectation, errors: Readonly<Record<string, number>> = {}): TallyReport {
  return sequentialGate(expectation, {unit: 'connection', errorLimit: parseErrorLimit('1%')}).conclude(counts, 'max', errors)
}

/** Names and answers that try to be markup, a command, a formula, a label, a new line. */
export const HOSTILE = '</td><script>alert(1)</script>&"\'|,%0A::error::x\u001b]0;x\u0007\u2028`@all=1'
export const FORMULA = '=HYPERLINK("http://evil","x")'

const hostile = countLines([...new Array<string>(60).fill(HOSTILE.replaceAll(',', '')), ...new Array<string>(40).fill(FORMULA)], (line) => line)
const right = countsOf(draw(1000, [0.8, 0.2], 1))
const half = countsOf(draw(200, [0.5, 0.5], 1))
const fixed = {unit: 'connection'} as const

/** A report for each verdict and reason to exit, by name, with the exit code it must have. */
export const REPORTS: Readonly<Record<string, {readonly report: TallyReport; readonly exitCode: number; readonly counts: Counts; readonly expectation?: Expectation}>> = {
  CONSISTENT: {report: judge(right, SUBSETS, fixed), exitCode: 0, counts: right, expectation: SUBSETS},
  WRONG: {report: judge(half, SUBSETS, fixed), exitCode: 3, counts: half, expectation: SUBSETS},
  PASS: {report: gated(right, SUBSETS), exitCode: 0, counts: right, expectation: SUBSETS},
  FAIL: {report: gated(half, SUBSETS), exitCode: 3, counts: half, expectation: SUBSETS},
  forbidden: {report: gated(countsOf([0, 0, 2, 1]), parseExpectation('one=100,two=0')), exitCode: 3, counts: countsOf([0, 0, 2, 1]), expectation: parseExpectation('one=100,two=0')},
  INCONCLUSIVE: {report: gated(countsOf(draw(100, [0.8, 0.2], 1)), SUBSETS), exitCode: 4, counts: countsOf(draw(100, [0.8, 0.2], 1)), expectation: SUBSETS},
  'nothing answered': {report: judge(countsOf([]), SUBSETS, fixed), exitCode: 4, counts: countsOf([]), expectation: SUBSETS},
  COUNTED: {report: judge(right, undefined), exitCode: 0, counts: right},
  errors: {report: gated(right, SUBSETS, {refused: 20, timeout: 3}), exitCode: 5, counts: right, expectation: SUBSETS},
  threshold: {report: withThresholds(gated(right, SUBSETS), [parseThreshold('p(99)<1ms'), parseThreshold('count>=10')], (p) => p / 10), exitCode: 5, counts: right, expectation: SUBSETS},
  hostile: {report: judge(hostile, {source: HOSTILE, shares: [{name: HOSTILE, answers: ['x'], weight: 1}]}), exitCode: 3, counts: hostile},
}

/** Latencies spread over two powers of ten. */
const latency: Latency = {of: 'connect', count: 1000, percentile: (p) => 0.2 * 100 ** ((p / 100) ** 4)}

export function contextOf(name: string): ReportContext {
  const sample = REPORTS[name]
  if (sample === undefined) throw new Error(`no sample ${name}`)
  const {report, counts, expectation} = sample
  return {
    report,
    target: name === 'hostile' ? HOSTILE : 'gateway/tcp-echo-gateway:31400',
    startedAt: '2026-11-21T12:00:00Z',
    durationMs: 190,
    source: {file: name === 'hostile' ? 'a,b:c%\n.yaml' : 'examples/tcp-echo-20-v2.yaml', line: 39},
    ...(report.n === 0 ? {} : {latency}),
    ...(expectation === undefined ? {} : {series: seriesOf(counts, expectation)}),
  }
}
