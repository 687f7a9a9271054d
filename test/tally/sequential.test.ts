import {describe, expect, test} from 'vitest'
import {countLines} from '../help/count-lines.js'
import {parseErrorLimit} from '../../src/tally/error-limit.js'
import {parseExpectation} from '../../src/tally/expectation.js'
import {sequentialGate, type SequentialOptions} from '../../src/tally/sequential.js'
import {parseTolerance} from '../../src/tally/tolerance.js'
import {draw, median, roundRobin} from '../stats/simulate.js'
import {runGate} from './run-gate.js'

const EIGHTY = parseExpectation('one=80,two=20')
const none = countLines([])
const blocks = draw(400, [0.8, 0.2], 4).flatMap((answer) => new Array<number>(20).fill(answer))
const drifting = [...draw(1500, [0.9, 0.1], 4), ...draw(1500, [0.7, 0.3], 5)]

describe('sequential gate', () => {
  test.each([
    ['a right split', draw(20_000, [0.8, 0.2], 1), {}, {verdict: 'PASS', reason: {type: 'fits'}, exitCode: 0}],
    ['half and half', draw(20_000, [0.5, 0.5], 1), {}, {verdict: 'FAIL', reason: {type: 'split'}, exitCode: 3}],
    ['stuck on one', new Array<number>(500).fill(0), {}, {verdict: 'FAIL', reason: {type: 'split'}, exitCode: 3}],
    ['an answer of nobody known', [0, 0, 2], {batch: 1}, {verdict: 'FAIL', reason: {type: 'forbidden', count: 1, names: ['three']}, exitCode: 3}],
    ['input that ends too soon', draw(100, [0.8, 0.2], 1), {}, {verdict: 'INCONCLUSIVE', reason: {type: 'undecided', stopped: 'end'}, exitCode: 4}],
    ['the maximum reached', draw(20_000, [0.74, 0.26], 1), {max: 500}, {verdict: 'INCONCLUSIVE', reason: {type: 'undecided', stopped: 'max'}, exitCode: 4}],
    ['sticky answers', blocks, {batch: 8000}, {verdict: 'INCONCLUSIVE', reason: expect.objectContaining({type: 'sticky'}) as object, exitCode: 4}],
    ['sticky answers where random order is required', blocks, {batch: 8000, requireRandom: true}, {verdict: 'FAIL', reason: {type: 'order', finding: 'sticky'}, exitCode: 3}],
    ['a split right only on average', drifting, {batch: 3000}, {verdict: 'INCONCLUSIVE', reason: expect.objectContaining({type: 'drifting'}) as object, exitCode: 4}],
    ['round robin', roundRobin(2000, [80, 20]), {}, {verdict: 'PASS', reason: {type: 'fits'}, exitCode: 0}],
    ['round robin where random order is required', roundRobin(2000, [80, 20]), {requireRandom: true}, {verdict: 'FAIL', reason: {type: 'order', finding: 'even'}, exitCode: 3}],
    ['nothing', [], {}, {verdict: 'INCONCLUSIVE', reason: {type: 'empty'}, exitCode: 4}],
  ] as const)('%s', (_name, sequence, options: SequentialOptions & {batch?: number}, outcome) => {
    const {verdict, reason, exitCode} = runGate(sequence, EIGHTY, options)
    expect({verdict, reason, exitCode}).toEqual(outcome)
  })

  test('reports what it rests on, as plain data', () => {
    const report = runGate(draw(20_000, [0.8, 0.2], 1), EIGHTY, {unit: 'connection', batch: 100})
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
    expect(report).toMatchObject({mode: 'until-sure', n: 1000, test: null, detectable: null, proof: null})
    expect(report.gate).toEqual({
      method: 'dirichlet-mixture',
      logE: expect.closeTo(-1.42867, 4),
      pAnytime: 1,
      alphaFail: 0.001,
      alphaPass: 0.05,
      max: 20_000,
      shares: [
        {name: 'one', tolerance: 0.05, range: [expect.closeTo(0.755864, 5), expect.closeTo(0.858946, 5)], state: 'inside'},
        {name: 'two', tolerance: 0.05, range: [expect.closeTo(0.141054, 5), expect.closeTo(0.244136, 5)], state: 'inside'},
      ],
      guarantee: 'A correct gateway fails this check at most 1 in 1,000 runs; a share off by more than 5 points passes at most 1 in 20.',
    })
    expect(report.subsets[1]?.interval95).toEqual([expect.closeTo(0.152662, 5), expect.closeTo(0.229312, 5)])
  })

  test('a forbidden answer has evidence beyond all bounds, which JSON has no number for', () => {
    expect(runGate([0, 1], parseExpectation('one=100,two=0'), {batch: 1}).gate).toMatchObject({logE: null, pAnytime: 0})
  })

  test('p is the smallest of all looks', () => {
    const gate = sequentialGate(EIGHTY)
    const early = gate.look(countLines([...new Array<string>(20).fill('two'), ...new Array<string>(45).fill('one')]))
    const late = gate.look(countLines([...new Array<string>(20).fill('two'), ...new Array<string>(80).fill('one')]))
    if (early.state === 'done' || late.state === 'done') throw new Error('decided too soon')
    expect(early.pAnytime).toBeLessThan(1)
    expect(late.pAnytime).toBe(early.pAnytime)
    expect(late.logE).toBeLessThan(early.logE)
  })

  test('a subset of small weight has to be seen before the gate passes', () => {
    const gate = sequentialGate(parseExpectation('one=99,two=1'))
    const ones = new Array<string>(3000).fill('one')
    expect(gate.look(countLines(ones)).state).toBe('continue')
    expect(gate.conclude(countLines(ones), 'budget')).toMatchObject({verdict: 'INCONCLUSIVE', reason: {type: 'undecided', stopped: 'budget'}})
    expect(gate.look(countLines([...ones.slice(0, 1000), 'two', ...ones.slice(0, 1000), ...new Array<string>(20).fill('two'), ...ones])).state).toBe('done')
  })

  test('errors count as tries, and stop the run once they cannot get back under their limit', () => {
    const limited = (limit: string) => sequentialGate(EIGHTY, {max: 1000, errorLimit: parseErrorLimit(limit)})
    expect(sequentialGate(EIGHTY, {max: 1000}).look(none, {refused: 1000})).toMatchObject({state: 'done', report: {reason: {type: 'empty'}, exitCode: 4}})
    expect(limited('1%').look(none, {refused: 10}).state).toBe('continue')
    expect(limited('1%').look(none, {refused: 11})).toMatchObject({state: 'done', report: {verdict: 'INCONCLUSIVE', exitCode: 5}})
    expect(limited('0').look(none, {refused: 1})).toMatchObject({
      state: 'done',
      report: {exitCode: 5, errors: {total: 1, byKind: {refused: 1}, upper95: 1, limit: {type: 'count', most: 0}, exceeded: true}},
    })
  })

  test('a tolerance wider than a weight is refused before anything runs', () => {
    expect(() => sequentialGate(parseExpectation('one=95,two=5'), {tolerance: parseTolerance('5')})).toThrow(
      'a tolerance of 5 points is too wide for "two": with its weight of 5% it could get nothing and pass',
    )
  })

  test('through the report as through the numbers: right splits pass, wrong ones fail, near ones are not called', () => {
    const outcome = (share: number, runs: number) => {
      const reports = Array.from({length: runs}, (_, i) => runGate(draw(4000, [1 - share, share], i + 1), EIGHTY, {batch: 20}))
      const verdicts = Object.fromEntries(['PASS', 'FAIL', 'INCONCLUSIVE'].map((verdict) => [verdict, reports.filter((report) => report.verdict === verdict).length]))
      return {verdicts, median: median(reports.map(({n}) => n))}
    }
    const right = outcome(0.2, 100)
    expect(right.verdicts).toEqual({PASS: 100, FAIL: 0, INCONCLUSIVE: 0})
    expect(right.median).toBeGreaterThan(780 * 0.85)
    expect(right.median).toBeLessThan(780 * 1.15)
    expect(outcome(0.5, 100).verdicts).toEqual({PASS: 0, FAIL: 100, INCONCLUSIVE: 0})
    expect(outcome(0.25, 40).verdicts['FAIL']).toBe(0)
  })
})
