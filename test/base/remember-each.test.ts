import {expect, test} from 'vitest'
import {rememberEach} from '../../src/base/remember-each.js'

/** Counts what is computed. */
function counted() {
  const computed: string[] = []
  const each = rememberEach((name: {readonly text: string}, suffix: string, ...more: readonly string[]) => {
    computed.push(name.text)
    return {text: [name.text, suffix, ...more].join('')}
  })
  return {computed, each}
}

const [A, B, C] = [{text: 'a'}, {text: 'b'}, {text: 'c'}]

test('rows that are all the same give the very same list', () => {
  const {computed, each} = counted()
  const first = each([[A, '1'], [B, '1']])
  expect(first).toEqual([{text: 'a1'}, {text: 'b1'}])
  expect(each([[A, '1'], [B, '1']])).toBe(first)
  expect(computed).toEqual(['a', 'b'])
})

test('only rows with another argument are computed again, and rows with more or fewer of them', () => {
  const {computed, each} = counted()
  const first = each([[A, '1'], [B, '1'], [C, '1', 'x']])
  const second = each([[A, '1'], [B, '2'], [C, '1']])
  expect(second).toEqual([{text: 'a1'}, {text: 'b2'}, {text: 'c1'}])
  expect(second[0]).toBe(first[0])
  expect(computed).toEqual(['a', 'b', 'c', 'b', 'c'])
})

test('rows are known again wherever they have moved, and those that were gone are computed anew', () => {
  const {computed, each} = counted()
  const first = each([[A, '1'], [B, '1'], [C, '1']])
  const second = each([[C, '1'], [A, '1']])
  expect(second).toEqual([{text: 'c1'}, {text: 'a1'}])
  expect(second.map((result) => first.indexOf(result))).toEqual([2, 0])
  each([[C, '1'], [A, '1'], [B, '1']])
  expect(computed).toEqual(['a', 'b', 'c', 'b'])
})

test('a list that became shorter is another list', () => {
  const {each} = counted()
  const first = each([[A, '1'], [B, '1']])
  expect(each([[A, '1']])).toEqual([first[0]])
})
