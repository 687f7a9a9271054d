import {describe, expect, test} from 'vitest'
import {captureOf, firstWord} from '../../src/tally/answer.js'
import {countLines} from '../help/count-lines.js'
import {createCounter} from '../../src/tally/count.js'

describe('the answer of a line', () => {
  test.each([
    ['one Sat Nov 21 12:00:00 UTC 2026', 'one'],
    ['  two\tdate', 'two'],
    ['one', 'one'],
    ['\r\n\none x\ntwo y\n', 'one'],
    ['ünï 漢字', 'ünï'],
    ['', undefined],
    [' \r\n', undefined],
    ['x'.repeat(500), 'x'.repeat(200)],
  ])('first word of %j', (line, answer) => {
    expect(firstWord(line)).toBe(answer)
  })

  test.each([
    [/subset=(\w+)/, 'a subset=v2 b', 'v2'],
    [/v\d/, 'went to v2', 'v2'],
    [/(a)|b/, 'b', 'b'],
    [/^(one|two)/, 'three', undefined],
  ])('%s in %j', (pattern, line, answer) => {
    expect(captureOf(pattern)(line)).toBe(answer)
  })

  test('a global pattern starts afresh on every line', () => {
    const answerOf = captureOf(/one/g)
    expect([answerOf('one'), answerOf('one'), answerOf('one')]).toEqual(['one', 'one', 'one'])
  })
})

describe('counter', () => {
  test('counts by answer in the order of first appearance and keeps the sequence', () => {
    const counts = countLines(['two b', 'one a', '', '   ', 'two c', 'one d', 'two e'])
    expect(counts).toEqual({
      total: 5,
      answers: [{answer: 'two', count: 3}, {answer: 'one', count: 2}],
      other: 0,
      unmatched: 0,
      sequence: Uint16Array.from([0, 1, 0, 1, 0]),
      timesMs: new Float64Array(),
    })
  })

  test('reads on after it was asked, and what it said stays as it was', () => {
    const counter = createCounter()
    expect(counter.add('one')).toBe('one')
    const before = counter.counts()
    counter.add('two')
    expect([before.total, before.answers.length, [...before.sequence]]).toEqual([1, 1, [0]])
    expect(counter.counts()).toMatchObject({total: 2, sequence: Uint16Array.from([0, 1])})
  })

  test('lines that the pattern does not match are not counted, but known of', () => {
    expect(countLines(['one', 'noise', '', 'one'], captureOf(/^one/))).toMatchObject({total: 2, unmatched: 1, answers: [{answer: 'one', count: 2}]})
  })

  test('answers after the thousandth distinct one are pooled', () => {
    const counts = countLines(Array.from({length: 1500}, (_, i) => `a${i % 1200}`))
    expect({total: counts.total, other: counts.other, distinct: counts.answers.length}).toEqual({total: 1500, other: 200, distinct: 1000})
    expect(counts.sequence[1100]).toBe(1000)
    expect(counts.answers[5]).toEqual({answer: 'a5', count: 2})
  })

  test('the sequence ends at a million, the counts do not', () => {
    const counter = createCounter(() => 'one')
    for (let i = 0; i < 1_000_100; i++) counter.add('one')
    const {total, sequence} = counter.counts()
    expect([total, sequence.length]).toEqual([1_000_100, 1_000_000])
  })

  test('of each of 100,000 answers ten bytes are kept: which it was, and when', () => {
    const counter = createCounter()
    for (let i = 0; i < 100_000; i++) counter.addAnswer(i % 5 === 0 ? 'two' : 'one', i)
    const {answers, sequence, timesMs} = counter.counts()
    expect(answers).toEqual([{answer: 'two', count: 20_000}, {answer: 'one', count: 80_000}])
    expect([sequence.byteLength, timesMs.byteLength]).toEqual([200_000, 800_000])
  })
})
