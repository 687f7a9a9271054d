import {describe, expect, test} from 'vitest'
import {countLines} from '../help/count-lines.js'
import type {Counts} from '../../src/tally/count.js'
import {parseExpectation} from '../../src/tally/expectation.js'
import {judge} from '../../src/tally/judge.js'
import {draw, roundRobin} from '../stats/simulate.js'

const WORDS = ['one', 'two', 'three']

const ofSequence = (sequence: readonly number[]) => countLines(sequence.map((answer) => WORDS[answer] ?? ''))

/** Draws where each answer comes `size` times in a row. */
const inBlocks = (n: number, size: number, shares: readonly number[]) =>
  ofSequence(draw(n, shares, 4).flatMap((answer) => new Array<number>(size).fill(answer)))

/** Exactly these counts, in a random order. */
function ofCounts(...counts: number[]): Counts {
  const places = draw(counts.reduce((sum, count) => sum + count, 0), [1], 1).map((_, i) => ({i, key: Math.sin(i * 12.9898) * 43758.5453 % 1}))
  const lines = counts.flatMap((count, answer) => new Array<string>(count).fill(WORDS[answer] ?? ''))
  return countLines(places.sort((a, b) => a.key - b.key).map(({i}) => lines[i] ?? ''))
}

const DRIFTING = ofSequence([...draw(500, [0.95, 0.05], 4), ...draw(500, [0.65, 0.35], 5)])
const unseen = (chance: number) => ({type: 'unseen', names: ['two'], chance: expect.closeTo(chance, 10) as number, enough: 34})

describe('verdict', () => {
  test.each([
    ['82/18 of 100', ofCounts(82, 18), 'one=80,two=20', 'CONSISTENT', {type: 'fits'}, 0],
    ['8 accepted v2 of 100', ofCounts(92, 8), 'one=80,two=20', 'CONSISTENT', {type: 'fits'}, 0],
    ['7 v2 of 100', ofCounts(93, 7), 'one=80,two=20', 'WRONG', {type: 'split'}, 3],
    ['34 v2 of 100', ofCounts(66, 34), 'one=80,two=20', 'CONSISTENT', {type: 'fits'}, 0],
    ['35 v2 of 100', ofCounts(65, 35), 'one=80,two=20', 'WRONG', {type: 'split'}, 3],
    ['relative weights', ofCounts(82, 18), 'one=4,two=1', 'CONSISTENT', {type: 'fits'}, 0],
    ['three shares', ofCounts(702, 198, 100), 'one=70,two=20,three=10', 'CONSISTENT', {type: 'fits'}, 0],
    ['three shares, wrong', ofCounts(40, 40, 20), 'one=70,two=20,three=10', 'WRONG', {type: 'split'}, 3],
    ['all from one, too few', ofCounts(10, 0), 'one=80,two=20', 'INCONCLUSIVE', unseen(0.1073741824), 4],
    ['all from one, just too few', ofCounts(33, 0), 'one=80,two=20', 'INCONCLUSIVE', unseen(0.8 ** 33), 4],
    ['all from one, enough', ofCounts(34, 0), 'one=80,two=20', 'WRONG', {type: 'split'}, 3],
    ['4 of anything', ofCounts(2, 2), 'one=80,two=20', 'INCONCLUSIVE', {type: 'too-few', enough: 5}, 4],
    ['5, both seen', ofCounts(4, 1), 'one=80,two=20', 'CONSISTENT', {type: 'fits'}, 0],
    ['10 at 50/50: both ends are equally unlikely', ofCounts(5, 5), 'one=50,two=50', 'INCONCLUSIVE', {type: 'too-few', enough: 11}, 4],
    ['11 at 50/50', ofCounts(5, 6), 'one=50,two=50', 'CONSISTENT', {type: 'fits'}, 0],
    ['nothing', ofCounts(0, 0), 'one=80,two=20', 'INCONCLUSIVE', {type: 'empty'}, 4],
    ['a single destination', ofCounts(20), 'one=100', 'CONSISTENT', {type: 'fits'}, 0],
    ['a single destination and a stray', ofCounts(100_000, 1), 'one=100', 'WRONG', {type: 'forbidden', count: 1, names: ['two']}, 3],
    ['weight 0 kept', ofCounts(20, 0), 'one=100,two=0', 'CONSISTENT', {type: 'fits'}, 0],
    ['weight 0 broken', ofCounts(19, 1), 'one=100,two=0', 'WRONG', {type: 'forbidden', count: 1, names: ['two']}, 3],
    ['an unknown answer among the right ones', ofCounts(80, 20, 1), 'one=80,two=20', 'WRONG', {type: 'forbidden', count: 1, names: ['three']}, 3],
    ['blocks of 20', inBlocks(50, 20, [0.8, 0.2]), 'one=80,two=20', 'INCONCLUSIVE', {type: 'sticky', effectiveN: 19}, 4],
    ['sticky and wrong on the face of it', inBlocks(40, 25, [0.5, 0.5]), 'one=80,two=20', 'INCONCLUSIVE', {type: 'sticky', effectiveN: 20}, 4],
    ['right only on average', DRIFTING, 'one=80,two=20', 'INCONCLUSIVE', {type: 'drifting', at: 500, name: 'two'}, 4],
    ['round robin: lenient, but right', ofSequence(roundRobin(500, [80, 20])), 'one=80,two=20', 'CONSISTENT', {type: 'fits'}, 0],
  ] as const)('%s', (_name, counts, expectation, verdict, reason, exitCode) => {
    const report = judge(counts, parseExpectation(expectation))
    expect({verdict: report.verdict, reason: report.reason, exitCode: report.exitCode}).toEqual({verdict, reason, exitCode})
  })

  test('without an expectation lines are only counted, most frequent first', () => {
    const report = judge(ofCounts(20, 70, 10), undefined)
    expect(report).toMatchObject({verdict: 'COUNTED', reason: {type: 'counted'}, exitCode: 0, test: null, detectable: null, proof: null, expectation: null})
    expect(report.subsets.map(({name, count, weight}) => ({name, count, weight}))).toEqual([
      {name: 'two', count: 70, weight: null},
      {name: 'one', count: 20, weight: null},
      {name: 'three', count: 10, weight: null},
    ])
  })

  test.each([
    ['sticky', inBlocks(50, 20, [0.8, 0.2])],
    ['drifting', DRIFTING],
    ['even', ofSequence(roundRobin(500, [80, 20]))],
  ] as const)('%s answers are wrong where random order is required', (finding, counts) => {
    const {verdict, reason, exitCode} = judge(counts, parseExpectation('one=80,two=20'), {requireRandom: true})
    expect({verdict, reason, exitCode}).toEqual({verdict: 'WRONG', reason: {type: 'order', finding}, exitCode: 3})
  })

  test('a right split is called wrong in at most α of the runs', () => {
    const expected = parseExpectation('one=80,two=20')
    const verdicts = Array.from({length: 2000}, (_, i) => judge(ofSequence(draw(100, [0.8, 0.2], i + 1)), expected, {alpha: 0.05}).verdict)
    const wrong = verdicts.filter((verdict) => verdict === 'WRONG').length
    expect(wrong / 2000).toBeLessThan(0.06) // 0.0453 by enumeration
    expect(wrong / 2000).toBeGreaterThan(0.03)
  })
})

describe('report', () => {
  test('is plain data that says everything', () => {
    const report = judge(ofCounts(82, 18), parseExpectation('one=80,two=20'), {unit: 'connection', errors: {refused: 2, timeout: 1}})
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
    expect(report).toEqual({
      apiVersion: 'tshift.dev/v1',
      kind: 'TallyReport',
      unit: 'connection',
      mode: 'fixed',
      n: 100,
      verdict: 'CONSISTENT',
      reason: {type: 'fits'},
      exitCode: 0,
      expectation: {source: '--expect'},
      subsets: [
        {name: 'one', answers: ['one'], weight: 0.8, count: 82, share: 0.82, interval95: [expect.closeTo(0.71928264, 8), expect.closeTo(0.89010254, 8)]},
        {name: 'two', answers: ['two'], weight: 0.2, count: 18, share: 0.18, interval95: [expect.closeTo(0.10989746, 8), expect.closeTo(0.28071736, 8)]},
      ],
      unexpected: [],
      errors: {total: 3, byKind: {refused: 2, timeout: 1}, upper95: expect.closeTo(0.0738, 3), limit: null, exceeded: false},
      unmatched: 0,
      test: {method: 'exact', p: expect.closeTo(0.7080538658089783, 10), alpha: 0.001},
      gate: null,
      detectable: {
        power: 0.9,
        shares: [
          {name: 'one', up: expect.closeTo(0.1529, 4), down: expect.closeTo(0.2077, 4)},
          {name: 'two', up: expect.closeTo(0.2077, 4), down: expect.closeTo(0.1529, 4)},
        ],
      },
      proof: {name: 'two', weight: 0.2, tolerance: 0.05, n: 693},
      order: {
        finding: 'random',
        runs: expect.objectContaining({expected: expect.closeTo(30.52, 10)}),
        markov: {p: expect.any(Number)},
        drift: {p: expect.any(Number), at: expect.any(Number), name: 'two'},
        underDispersion: {pLow: expect.any(Number)},
        effectiveN: 100,
      },
      thresholds: [],
      seeded: false,
    })
  })

  test('no connection at all but errors', () => {
    const report = judge(countLines([]), parseExpectation('one=80,two=20'), {unit: 'connection', errors: {refused: 100}})
    expect(report).toMatchObject({n: 0, verdict: 'INCONCLUSIVE', reason: {type: 'empty'}, test: null, detectable: null, errors: {total: 100, upper95: 1}})
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  test('a single destination says what leak it would have caught', () => {
    const {detectable} = judge(ofCounts(20), parseExpectation('one=100'))
    expect(detectable).toEqual({power: 0.9, shares: [{name: 'one', up: null, down: expect.closeTo(1 - 0.1 ** (1 / 20), 12)}]})
  })

  test('many unexpected answers are pooled after the tenth', () => {
    const {unexpected, verdict} = judge(countLines(Array.from({length: 3000}, (_, i) => `a${i % 1500}`)), parseExpectation('one=1'))
    expect(verdict).toBe('WRONG')
    expect(unexpected).toHaveLength(10)
    expect(unexpected[0]).toEqual({answer: 'a0', count: 2})
    expect(unexpected[9]).toEqual({answer: '(other)', count: 3000 - 18})
  })

  test('a million lines are judged within seconds', () => {
    const report = judge(ofSequence(draw(1_000_000, [0.8, 0.2], 1)), parseExpectation('one=80,two=20'))
    expect(report).toMatchObject({n: 1_000_000, verdict: 'CONSISTENT', test: {method: 'exact'}})
  })
})
