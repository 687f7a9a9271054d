import {expect, test} from 'vitest'
import type {KubeObject} from '../../src/api/object.js'
import {UserError} from '../../src/base/user-error.js'
import {compareLikePeople} from '../../src/output/like-people.js'
import {sortObjects} from '../../src/output/sort-by.js'

const objects = (values: readonly unknown[]) => values.map((value, at) => ({apiVersion: 'v1', kind: 'X', metadata: {name: String(at)}, ...(value === undefined ? {} : {value})}) as KubeObject)
const order = (values: readonly unknown[], path = '.value') => sortObjects(objects(values), path).map(({metadata}) => values[Number(metadata.name)])

test.each<[values: readonly unknown[], sorted: readonly unknown[]]>([
  [[3, 1, 2], [1, 2, 3]],
  [['pod-10', 'pod-9', 'pod-1'], ['pod-1', 'pod-9', 'pod-10']],
  [['1Gi', '500m', '2Ki', '3'], ['500m', '3', '2Ki', '1Gi']],
  [['10', 'a', '9'], ['9', '10', 'a']],
  [['2026-01-02T00:00:00Z', '2025-12-31T00:00:00Z'], ['2025-12-31T00:00:00Z', '2026-01-02T00:00:00Z']],
  [[2, undefined, 1], [undefined, 1, 2]],
  [[2, null, 1], [null, 1, 2]],
  [[], []],
])('%j is sorted as kubectl sorts it', (values, sorted) => {
  expect(order(values)).toEqual(sorted)
})

test('a path may be written with and without braces and dot', () => {
  expect(['value', '.value', '{value}', '{.value}'].map((path) => order([2, 1], path))).toEqual(Array(4).fill([1, 2]))
})

test.each<[values: readonly unknown[], path: string, message: string]>([
  [[1], '.nope', 'couldn\'t find any field with path "{.nope}" in the list of objects'],
  [[true, false], '.value', 'unsortable type: bool'],
  [[{a: 1}, {a: 2}], '.value', 'unsortable type: map[string]interface {}'],
  [[1, 'a'], '.value', 'unsortable interface: interface'],
  [[1], '{.a}{.b}', "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'"],
  [[1], '.value[', 'unterminated array'],
])('%j by %s is refused', (values, path, message) => {
  expect(() => order(values, path)).toThrow(new UserError(message))
})

test('digits count as numbers, with fewer zeros first', () => {
  expect(['a10b', 'a9b', 'a09b', 'a9', 'b', 'a', '', '1'].sort(compareLikePeople)).toEqual(['', '1', 'a', 'a9', 'a9b', 'a09b', 'a10b', 'b'])
})
