import {describe, expect, test} from 'vitest'
import {drawBar, drawScale} from '../../src/output/report/bar.js'
import {boundPercent, fixedPercent, percent, points, pValue, quantity} from '../../src/output/report/numbers.js'
import {printable} from '../../src/output/report/printable.js'
import {wrap} from '../../src/output/report/wrap.js'

describe('bar', () => {
  test.each([
    ['empty', {share: 0, weight: null, interval: [0, 0]}, ''],
    ['full', {share: 1, weight: null, interval: [1, 1]}, '████████████████████'],
    ['half, weight ahead, interval round it', {share: 0.5, weight: 0.8, interval: [0.4, 0.62]}, '██████████···   │'],
    ['weight inside the bar', {share: 0.5, weight: 0.2, interval: [0.5, 0.5]}, '████│█████'],
    ['eighths of a cell', {share: 0.5125, weight: null, interval: [0, 0]}, '██████████▎'],
    ['weight 1 is the last cell', {share: 0, weight: 1, interval: [0, 0]}, '                   │'],
    ['weight 0 has no mark', {share: 0.05, weight: 0, interval: [0, 0.1]}, '█·'],
  ] as const)('%s', (_name, bar, drawn) => {
    expect(drawBar(bar, 20)).toBe(drawn)
  })

  test.each([
    ['0%        20%       40%       60%       80%   100%'],
    ['0%      25%     50%     75% 100%'],
    ['0%          50%     100%'],
    ['0%      100%'],
  ])('scale %j fills its width', (scale) => {
    expect(drawScale(scale.length)).toBe(scale)
  })
})

test.each([
  ['percent', percent, [[0.8, '80%'], [1 / 3, '33.3%'], [0, '0%'], [1, '100%'], [0.0001, '<0.1%'], [0.9999, '>99.9%']]],
  ['fixedPercent', fixedPercent, [[0.82, '82.0%'], [0, '0.0%'], [0.0001, '<0.1%'], [1, '100.0%']]],
  ['points', points, [[0.05, '5 points'], [0.01, '1 point'], [0.0125, '1.3 points']]],
  ['pValue', pValue, [[1, '= 1'], [0.9999, '= 1'], [0.708, '= 0.71'], [0.9, '= 0.90'], [0.0412, '= 0.041'], [0.000414, '= 0.00041']]],
  ['pValue', pValue, [[3.21e-12, '= 3.2e-12'], [4e-12, '= 4e-12'], [0, '< 1e-300']]],
] as const)('%s keeps the digits that matter', (_name, format, rows) => {
  expect(rows.map(([value]) => format(value))).toEqual(rows.map(([, text]) => text))
})

test('bounds are rounded so that the claim stays true; quantities agree in number', () => {
  expect([0.4077, 0.41].map((share) => boundPercent(share, 'up'))).toEqual(['40.8%', '41%'])
  expect([0.0471, 0.41].map((share) => boundPercent(share, 'down'))).toEqual(['4.7%', '41%'])
  expect([quantity(1, 'line'), quantity(0, 'line'), quantity(12345, 'connection')]).toEqual(['1 line', '0 lines', '12,345 connections'])
})

test('text is wrapped between words and never inside a number with its sign', () => {
  expect(wrap('the exact test, p = 0.71', {width: 20, lead: '? ', indent: '  '})).toEqual(['? the exact test,', '  p = 0.71'])
  expect(wrap('averyveryverylongword next', {width: 10, lead: '', indent: ''})).toEqual(['averyveryverylongword', 'next'])
})

test('what a terminal would obey is spelled out, and long answers are cut', () => {
  const raw = ['one', 'a\u001b[2J\nb', 'ünï 漢字']
  expect(raw.map((text) => printable(text))).toEqual(['one', 'a\\x1b[2J\\x0ab', 'ünï 漢字'])
  expect(printable('x'.repeat(40), 5)).toBe('xxxx…')
})
