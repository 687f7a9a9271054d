import {describe, expect, test} from 'vitest'
import {renderReport, type ReportColors} from '../../src/output/report/render-report.js'
import {countLines} from '../help/count-lines.js'
import {parseExpectation, type Expectation} from '../../src/tally/expectation.js'
import {judge, type JudgeOptions} from '../../src/tally/judge.js'
import {draw, roundRobin} from '../stats/simulate.js'

const WORDS = ['one', 'two', 'three']
const SUBSETS: Expectation = {
  source: 'VirtualService default/tcp-echo',
  shares: [{name: 'v1', answers: ['one'], weight: 80}, {name: 'v2', answers: ['two'], weight: 20}],
}

interface Sample {
  readonly of: readonly number[]
  readonly expect?: string | Expectation
  readonly width?: number
  readonly options?: JudgeOptions
}

function rendered({of, expect, width, options}: Sample): string {
  const expectation = typeof expect === 'string' ? parseExpectation(expect) : expect
  const report = judge(countLines(of.map((answer) => WORDS[answer] ?? '')), expectation, options)
  return '\n' + renderReport(report, width === undefined ? {} : {width})
}

const random = (n: number, ...shares: number[]) => draw(n, shares, 1)
const all = (n: number) => new Array<number>(n).fill(0)

describe('report', () => {
  test('a consistent split, by subset', () => {
    expect(rendered({of: random(100, 0.8, 0.2), expect: SUBSETS, options: {unit: 'connection'}})).toMatchInlineSnapshot(`
      "
      100 connections against VirtualService default/tcp-echo

      SUBSET  ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL  0%     25%     50%    75% 100%
      v1      one        80%   81  81.0%    70.8–88.2%  ████████████████████████│··
      v2      two        20%   19  19.0%    11.8–29.2%  █████▊│··
      █ share   │ weight   · 95% interval, all at once

      ✔ CONSISTENT with v1 80%, v2 20% (exact test, p = 0.90)
        100 connections cannot show more: they would have caught v2 at ≥ 40.8% or
        ≤ 4.7% (90% power).
        To prove v2 = 20% ± 5 points takes about 693 connections.
        order: looks random (runs p = 0.36)
      "
    `)
  })

  test('a consistent split, by answer', () => {
    expect(rendered({of: random(1000, 0.7, 0.2, 0.1), expect: 'one=70,two=20,three=10'})).toMatchInlineSnapshot(`
      "
      1,000 lines against --expect

      ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL  0%     20%     40%    60%     80% 100%
      one        70%  721  72.1%    68.6–75.4%  ██████████████████████████│▍·
      two        20%  182  18.2%    15.5–21.3%  ██████▉│·
      three      10%   97   9.7%     7.7–12.2%  ███│·
      █ share   │ weight   · 95% interval, all at once

      ✔ CONSISTENT with one 70%, two 20%, three 10% (exact test, p = 0.32)
        1,000 lines cannot show more: they would have caught one off by ±7.1 points,
        two off by ±6.2 points, three off by ±4.6 points (90% power).
        To prove one = 70% ± 5 points takes about 1,196 lines.
        order: looks random (runs p = 0.74)
      "
    `)
  })

  test('a wrong split', () => {
    expect(rendered({of: random(100, 0.5, 0.5), expect: SUBSETS})).toMatchInlineSnapshot(`
      "
      100 lines against VirtualService default/tcp-echo

      SUBSET  ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL  0%     25%     50%    75% 100%
      v1      one        80%   53  53.0%    41.9–63.8%  ███████████████▉····    │
      v2      two        20%   47  47.0%    36.2–58.1%  ██████│███████▏···
      █ share   │ weight   · 95% interval, all at once

      ✘ WRONG: v2 got 47% of 100 lines, not 20% (exact test, p = 1.4e-9)
        A correct split looks this wrong in at most 1 of 1,000 runs.
        order: looks random (runs p = 0.24)
      "
    `)
  })

  test('an answer from a subset of weight 0, and one from nobody', () => {
    expect(rendered({of: [...all(20), 1, 2], expect: 'one=100,two=0'})).toMatchInlineSnapshot(`
      "
      22 lines against --expect

      ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL  0%     20%     40%    60%     80% 100%
      one       100%   20  90.9%    66.9–98.0%  ██████████████████████████████████▌··│
      two         0%    1   4.5%     0.6–27.3%  █▊·········
      three       0%    1   4.5%                █▊
      █ share   │ weight   · 95% interval, all at once

      ✘ WRONG: 2 of 22 lines came from two (weight 0) and "three" (not expected)
        With these weights in force not one such answer can come.
        order: looks random (runs p = 0.00027)
      "
    `)
  })

  test('too few to tell from a stuck split', () => {
    expect(rendered({of: all(10), expect: 'one=80,two=20'})).toMatchInlineSnapshot(`
      "
      10 lines against --expect

      ANSWER  WEIGHT  GOT   SHARE  95% INTERVAL  0%     20%    40%     60%    80% 100%
      one        80%   10  100.0%   66.6–100.0%  █████████████████████████████│███████
      two        20%    0    0.0%     0.0–33.4%  ·······│·····
      █ share   │ weight   · 95% interval, all at once

      ? INCONCLUSIVE: 10 of 10 from one happens in 10.7% of correct runs
        About 34 lines would expose a split that never gets to two.
        To prove two = 20% ± 5 points takes about 693 lines.
      "
    `)
  })

  test('too few for anything', () => {
    expect(rendered({of: [0, 1], expect: 'one=80,two=20'})).toMatchInlineSnapshot(`
      "
      2 lines against --expect

      ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL  0%     20%     40%    60%     80% 100%
      one        80%    1  50.0%     7.7–92.3%  ███████████████████···········│·····
      two        20%    1  50.0%     7.7–92.3%  ███████│███████████·················
      █ share   │ weight   · 95% interval, all at once

      ? INCONCLUSIVE: nothing that 2 lines can show would prove the split wrong; 5 or
        more could
        To prove two = 20% ± 5 points takes about 693 lines.
      "
    `)
  })

  test('one of three never seen', () => {
    expect(rendered({of: random(20, 0.7, 0.3), expect: 'one=70,two=20,three=10'})).toMatchInlineSnapshot(`
      "
      20 lines against --expect

      ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL  0%     20%     40%    60%     80% 100%
      one        70%   15  75.0%    48.3–90.6%  ██████████████████████████│█▌······
      two        20%    5  25.0%     9.4–51.7%  ███████│█▌··········
      three      10%    0   0.0%     0.0–22.3%  ···│·····
      █ share   │ weight   · 95% interval, all at once

      ? INCONCLUSIVE: three never answered, which happens in 12.2% of correct runs
        About 73 lines would expose a split that never gets to three.
        To prove one = 70% ± 5 points takes about 1,196 lines.
        order: looks random (runs p = 0.75)
      "
    `)
  })

  test('a single destination', () => {
    expect(rendered({of: all(20), expect: 'one=1'})).toMatchInlineSnapshot(`
      "
      20 lines against --expect

      ANSWER  WEIGHT  GOT   SHARE  95% INTERVAL  0%     20%    40%     60%    80% 100%
      one       100%   20  100.0%   83.9–100.0%  ████████████████████████████████████│
      █ share   │ weight   · 95% interval, all at once

      ✔ CONSISTENT with one 100%
        20 lines cannot show more: they would have caught 10.9% or more going
        elsewhere (90% power).
      "
    `)
  })

  test('sticky', () => {
    const of = draw(50, [0.8, 0.2], 4).flatMap((answer) => new Array<number>(20).fill(answer))
    expect(rendered({of, expect: SUBSETS, options: {unit: 'connection'}})).toMatchInlineSnapshot(`
      "
      1,000 connections against VirtualService default/tcp-echo

      SUBSET  ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL  0%     25%     50%    75% 100%
      v1      one        80%  820  82.0%    79.1–84.6%  ████████████████████████│·
      v2      two        20%  180  18.0%    15.4–20.9%  █████▍│
      █ share   │ weight   · 95% interval, all at once

      ? INCONCLUSIVE: the answers are not independent: 1,000 connections say no more
        than about 19 would
      ⚠ order: answers stick together (12 runs in 1,000 connections, expected 296), as
        when a client is kept on one subset
      "
    `)
  })

  test('drifting, with failed connections, seeded', () => {
    const of = [...draw(500, [0.95, 0.05], 4), ...draw(500, [0.65, 0.35], 5)]
    expect(rendered({of, expect: SUBSETS, options: {unit: 'connection', errors: {refused: 3, timeout: 1}, seeded: true}})).toMatchInlineSnapshot(`
      "
      1,000 connections against VirtualService default/tcp-echo

      SUBSET  ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL  0%     25%     50%    75% 100%
      v1      one        80%  804  80.4%    77.4–83.1%  ████████████████████████│
      v2      two        20%  196  19.6%    16.9–22.6%  █████▉│
      █ share   │ weight   · 95% interval, all at once

      ? INCONCLUSIVE: the share of v2 moved near connection 500
      ⚠ 4 connections failed: 3 refused, 1 timeout; at most 0.9% fail (95% confidence)
      ⚠ order: the share of v2 moved near connection 500 (p = 6.5e-26)
        seeded: the draws repeat from run to run, so this says nothing about chance
      "
    `)
  })

  test('round robin, on a narrow terminal: the bars go first', () => {
    expect(rendered({of: roundRobin(500, [80, 20]), expect: 'one=80,two=20', width: 48})).toMatchInlineSnapshot(`
      "
      500 lines against --expect

      ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL
      one        80%  400  80.0%    75.7–83.7%
      two        20%  100  20.0%    16.3–24.3%

      ✔ CONSISTENT with one 80%, two 20% (exact test,
        p = 1)
        500 lines cannot show more: they would have
        caught two at ≥ 28.7% or ≤ 12.3% (90% power).
        To prove two = 20% ± 5 points takes about 693
        lines.
      ⚠ order: more regular than chance (201 runs in
        500 lines, expected 161), as round robin is;
        the test of shares is then lenient
      "
    `)
  })

  test('only counted', () => {
    expect(rendered({of: random(100, 0.7, 0.2, 0.1)})).toMatchInlineSnapshot(`
      "
      ANSWER  GOT  SHARE  95% INTERVAL  0%       20%      40%      60%      80%   100%
      one      71  71.0%    59.2–80.5%  ████████████████████████████████▋·····
      two      17  17.0%     9.9–27.7%  ███████▉·····
      three    12  12.0%     6.2–21.9%  █████▌·····
      █ share   · 95% interval, all at once

      COUNTED 100 lines (for a verdict: --expect one=80,two=20)
        order: looks random (runs p = 0.61)
      "
    `)
  })

  test('many answers: the twenty most frequent', () => {
    const report = judge(countLines(Array.from({length: 100}, (_, i) => `a${i % 25}`)), undefined)
    const lines = renderReport(report).split('\n')
    expect([lines.length, lines[20]?.slice(0, 3), lines[21]]).toEqual([26, 'a19', '… and 5 answers more'])
  })

  test('nothing came', () => {
    expect(rendered({of: [], options: {unit: 'connection'}})).toMatchInlineSnapshot(`
      "
      COUNTED 0 connections (for a verdict: --expect one=80,two=20)
      "
    `)
    expect(rendered({of: [], expect: SUBSETS, options: {unit: 'connection', errors: {refused: 5}}})).toMatchInlineSnapshot(`
      "
      0 connections against VirtualService default/tcp-echo

      SUBSET  ANSWER  WEIGHT  GOT  SHARE  0%      20%      40%      60%      80%  100%
      v1      one        80%    0   0.0%                                     │
      v2      two        20%    0   0.0%          │
      █ share   │ weight   · 95% interval, all at once

      ? INCONCLUSIVE: no connection gave an answer
        To prove v2 = 20% ± 5 points takes about 693 connections.
      ⚠ 5 connections failed: 5 refused
      "
    `)
  })

  test('an answer cannot command the terminal', () => {
    const report = judge(countLines(['one', '\u001b]0;owned\u0007', '\u202eone']), parseExpectation('one=1'))
    expect(renderReport(report)).not.toMatch(/[\u001b\u0007\u202e]/)
    expect(renderReport(report)).toContain('\\x1b]0;owned\\x07')
  })

  test('no line is wider than the terminal', () => {
    for (const width of [40, 60, 80, 120]) {
      const samples: Sample[] = [
        {of: random(1000, 0.7, 0.2, 0.1), expect: 'one=70,two=20,three=10', width},
        {of: [...all(20), 2], expect: SUBSETS, width},
      ]
      for (const sample of samples) expect(Math.max(...rendered(sample).split('\n').map((line) => line.length))).toBeLessThanOrEqual(width)
    }
  })

  test('colour marks the verdict, a forbidden answer, warnings and asides, and changes no text', () => {
    const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`
    const colors: ReportColors = {good: tag('good'), bad: tag('bad'), warn: tag('warn'), dim: tag('dim')}
    const report = judge(countLines([...new Array<string>(20).fill('one'), 'three']), parseExpectation('one=100'), {errors: {refused: 1}})
    const painted = renderReport(report, {colors})
    expect(painted.replace(/<\/?(good|bad|warn|dim)>/g, '')).toBe(renderReport(report))
    const starts = painted.split('\n').flatMap((line) => (line.startsWith('<') ? [line.slice(0, 14)] : []))
    expect(starts).toEqual(['<bad>three    ', '<dim>█ share  ', '<bad>✘ WRONG: ', '<warn>⚠ 1 conn', '<dim>  order: '])
  })
})
