import {describe, expect, test} from 'vitest'
import {countLines} from '../help/count-lines.js'
import {parseExpectation} from '../../src/tally/expectation.js'
import {judge} from '../../src/tally/judge.js'
import {parseThreshold, requireKnownNames, withThresholds} from '../../src/tally/threshold.js'

const lines = [...new Array<string>(75).fill('one'), ...new Array<string>(25).fill('two')]
const shuffled = lines.map((line, i) => ({line, key: (i * 37) % 100})).sort((a, b) => a.key - b.key).map(({line}) => line)
const report = judge(countLines(shuffled), parseExpectation('one=75,two=25'), {unit: 'connection', errors: {refused: 1}})
const percentile = (p: number) => p / 5

describe('threshold', () => {
  test.each([
    ['p(99)<20ms', 19.8, false],
    ['p(99)<0.01s', 19.8, true],
    ['p(50) <= 10000us', 10, false],
    ['p(99.9)<=20', 19.98, false],
    ['share(two)<25', 25, true],
    ['share(two)<=25%', 25, false],
    ['share(three)==0', 0, false],
    ['count(one)>=75', 75, false],
    ['count>=101', 100, true],
    ['count()!=100', 100, true],
    ['errors<0.1%', 100 / 101, true],
    ['errors<1%', 100 / 101, false],
    ['errors<2', 1, false],
    ['errors==0', 1, true],
  ])('%s', (expression, value, crossed) => {
    const judged = withThresholds(report, [parseThreshold(expression)], percentile)
    expect(judged.thresholds).toEqual([{expression, value: expect.closeTo(value, 9), crossed}])
    expect(judged.exitCode).toBe(crossed ? 5 : 0)
  })

  test('what was not measured is crossed', () => {
    const {thresholds, exitCode} = withThresholds(judge(countLines([]), undefined), ['p(99)<20ms', 'share(one)<5', 'errors<1%', 'count<1'].map(parseThreshold))
    expect(thresholds.map(({value, crossed}) => [value, crossed])).toEqual([[null, true], [null, true], [null, true], [0, false]])
    expect(exitCode).toBe(5)
  })

  test.each([
    ['', 'cannot read the threshold ""'],
    ['p(99)', 'cannot read the threshold "p(99)"'],
    ['p(99)<20 parsecs', 'cannot read the threshold "p(99)<20 parsecs"'],
    ['p(99)=20', 'cannot read the threshold "p(99)=20"'],
    ['p<20', 'the threshold "p<20" asks for a percentile that is not between 0 and 100'],
    ['p(101)<20', 'the threshold "p(101)<20" asks for a percentile that is not between 0 and 100'],
    ['p(99)<20%', 'the threshold "p(99)<20%" compares p with a number of percent'],
    ['share<20', 'the threshold "share<20" does not say whose share'],
    ['share(v2)<20ms', 'the threshold "share(v2)<20ms" compares share with a number of ms'],
    ['count(v2)<20%', 'the threshold "count(v2)<20%" compares count with a number of percent'],
    ['errors(v2)<1', 'errors in the threshold "errors(v2)<1" are those of all connections and take no name'],
    ['rate<1', 'the threshold "rate<1" names "rate", which is none of p, share, count, errors'],
  ])('%s is refused', (text, message) => {
    expect(() => parseThreshold(text)).toThrow(expect.objectContaining({name: 'UserError', exitCode: 2, message}) as Error)
  })

  test('a name that is not expected is refused before the run', () => {
    const thresholds = ['share(v3)<5', 'p(9)<1'].map(parseThreshold)
    expect(() => requireKnownNames(thresholds, ['v1', 'v2'])).toThrow('the threshold "share(v3)<5" names "v3", which is none of v1, v2')
    expect(() => requireKnownNames(thresholds, ['v3'])).not.toThrow()
  })
})
