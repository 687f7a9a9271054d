import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {formatCompactJson, formatJson} from '../../src/output/json.js'
import {compareNaturally} from '../../src/output/natural-order.js'
import {formatKyaml} from '../../src/output/kyaml.js'
import {formatYaml} from '../../src/output/yaml.js'

/** One object of awkward strings, keys and numbers as kubectl 1.35 printed it with `-o json`, `-o yaml` and `-o kyaml`. */
const printed = (format: string) => readFileSync(new URL(`fixtures/printed-by-kubectl.${format}`, import.meta.url), 'utf8')
const json = printed('json')

describe('kubectl 1.35 and we print the same bytes', () => {
  test('as YAML', () => {
    expect(formatYaml(JSON.parse(json))).toBe(printed('yaml'))
  })

  test('as KYAML', () => {
    expect(formatKyaml(JSON.parse(json))).toBe(printed('kyaml'))
  })

  test('as JSON', () => {
    expect(formatJson(JSON.parse(json))).toBe(json)
  })
})

test.each<[value: unknown, text: string]>([
  ['y', '"y"\n'],
  ['', '""\n'],
  [[], '[]\n'],
  [{}, '{}\n'],
  [null, 'null\n'],
  [-0, '0\n'],
  [1e6, '1000000\n'],
  [{a: undefined, b: 1}, 'b: 1\n'],
  [{'kubectl.kubernetes.io/last-applied-configuration': '{"a":1}\n'}, 'kubectl.kubernetes.io/last-applied-configuration: |\n  {"a":1}\n'],
  [['half a pair \ud800'], '- half a pair \ufffd\n'],
  [{c: '\x7f'}, 'c: "\\x7F"\n'],
])('formatYaml(%j)', (value, text) => {
  expect(formatYaml(value)).toBe(text)
})

test('compact JSON has sorted keys, Go escapes and no white space', () => {
  expect(formatCompactJson({b: ['<&>', null, 1.5], '9': {}, '10': [], a: undefined})).toBe('{"10":[],"9":{},"b":["\\u003c\\u0026\\u003e",null,1.5]}')
})

test('numbers in keys count as numbers', () => {
  expect(['a10', 'a9', 'a010', 'a1', 'a-1', 'b', 'B', 'a', 'ab', '1'].sort(compareNaturally)).toEqual(['1', 'B', 'a', 'a-1', 'a1', 'a9', 'a10', 'a010', 'ab', 'b'])
})

test.each<[value: unknown, text: string]>([
  [{t: 1, n: 1, null: 1, '0x1': 1, '1.5': 1, 'a-b': 1, _x: 1, 'a b': 1, On: 1, '1:30': 1}, '---\n{\n  "0x1": 1,\n  "1.5": 1,\n  "1:30": 1,\n  "On": 1,\n  _x: 1,\n  "a b": 1,\n  a-b: 1,\n  "n": 1,\n  "null": 1,\n  "t": 1,\n}\n'],
  [[1, [2, {}], []], '---\n[\n  1,\n  [\n    2,\n    {},\n  ],\n  [],\n]\n'],
  [[{a: 1}, [2]], '---\n[{\n  a: 1,\n}, [\n  2,\n]]\n'],
])('formatKyaml(%j)', (value, text) => {
  expect(formatKyaml(value)).toBe(text)
})
