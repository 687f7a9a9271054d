import {describe, expect, test} from 'vitest'
import {countLines} from '../help/count-lines.js'
import {createCounter} from '../../src/tally/count.js'
import {parseExpectation} from '../../src/tally/expectation.js'
import {plan} from '../../src/tally/plan.js'
import {seriesOf} from '../../src/tally/series.js'
import {parseTolerance} from '../../src/tally/tolerance.js'
import {draw} from '../stats/simulate.js'

const tolerance = (text: string) => ({tolerance: parseTolerance(text)})
const about = (n: number) => expect.closeTo(n, -Math.log10(2 * 0.15 * n)) as number

describe('plan', () => {
  test('80/20 ± 5 takes what separate simulations found', () => {
    const {prove, catches, guarantee, shares} = plan('80/20', tolerance('5'))
    expect(shares.map(({name, tolerance}) => [name, tolerance])).toEqual([['v1', 0.05], ['v2', 0.05]])
    expect(prove).toEqual({anytime: {median: about(780), p90: about(1300)}, fixed: 693})
    expect(catches.map(({what, truth, median}) => [what, truth.map((share) => Number(share.toFixed(3))), median])).toEqual([
      ['moved', [0.7, 0.3], about(1550)],
      ['equal', [0.5, 0.5], about(63)],
      ['stuck', [1, 0], 74],
    ])
    expect(guarantee).toContain('a share off by more than 5 points')
  })

  test.each([
    ['70/20/10', '5', 1391],
    ['95/5', '3', 646],
    ['80/20', '3', 2400],
    ['80/20', '0.1', 3_700_000],
  ])('%s ± %s is proven by about %i', (weights, points, median) => {
    expect(plan(weights, tolerance(points)).prove.anytime.median).toEqual(about(median))
  })

  test('is the same each time, and the same for names as for numbers', () => {
    expect(plan('80/20')).toEqual(plan('v1=80,v2=20'))
    expect(plan('4/1').prove).toEqual(plan('80/20').prove)
  })

  test('a single destination has nothing to catch but is bounded', () => {
    expect(plan('100/0')).toMatchObject({prove: {anytime: {median: 59, p90: 59}, fixed: null}, catches: []})
  })

  test('what lies within the tolerance cannot be caught and is left out', () => {
    expect(plan('52/48', tolerance('5')).catches.map(({what}) => what)).toEqual(['moved', 'stuck'])
  })

  test.each([
    ['80/x', 'the weight "x" of "v2" is not a number'],
    ['', 'the weight "" of "v1" is not a number'],
    ['0/0', 'the weights in "v1=0,v2=0" are all 0'],
  ])('%s is refused', (weights, message) => expect(() => plan(weights)).toThrow(message))

  test('a tolerance as wide as a weight is refused', () => {
    expect(() => plan('95/5', tolerance('5'))).toThrow('too wide for "v2"')
  })
})

describe('series', () => {
  const words = ['one', 'two', 'three']
  const counts = (sequence: readonly number[]) => countLines(sequence.map((answer) => words[answer] ?? ''))

  test('follows shares and evidence in even steps, the last included', () => {
    const series = seriesOf(counts(draw(1050, [0.8, 0.2], 1)), parseExpectation('one=80,two=20'), 10)
    expect(series.map(({n}) => n)).toEqual([105, 210, 315, 420, 525, 630, 735, 840, 945, 1050])
    expect(series.every(({logE}) => logE !== null && logE < 1)).toBe(true)
    for (const {shares} of series) {
      expect(shares.reduce((sum, {share}) => sum + share, 0)).toBeCloseTo(1, 12)
      expect(shares.every(({share, interval95}) => interval95 !== null && interval95[0] <= share && share <= interval95[1])).toBe(true)
    }
  })

  test('tells when each point was reached where every answer has a time', () => {
    const counter = createCounter()
    for (const [i, answer] of ['one', 'two', 'one', 'one'].entries()) counter.addAnswer(answer, i * 250)
    expect(seriesOf(counter.counts(), parseExpectation('one=80,two=20'), 2).map(({n, atMs}) => [n, atMs])).toEqual([[2, 250], [4, 750]])
    counter.addAnswer('one')
    expect(seriesOf(counter.counts(), parseExpectation('one=80,two=20'), 1).map(({atMs}) => atMs)).toEqual([undefined])
  })

  test('has neither evidence nor intervals once an answer came that is forbidden', () => {
    const series = seriesOf(counts([0, 1, 2, 0]), parseExpectation('one=80,two=20'))
    expect(series.map(({logE}) => logE === null)).toEqual([false, false, true, true])
    expect(series[3]?.shares).toEqual([{name: 'one', share: 0.5, interval95: null}, {name: 'two', share: 0.25, interval95: null}])
    expect(seriesOf(counts([]), parseExpectation('one=1'))).toEqual([])
  })
})
