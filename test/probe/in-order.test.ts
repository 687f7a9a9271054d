import {expect, test} from 'vitest'
import {inOrder} from '../../src/probe/in-order.js'
import type {Observation} from '../../src/probe/observation.js'

async function* ended(...indexes: number[]): AsyncGenerator<Observation> {
  for (const index of indexes) yield {index, startMs: 0, totalMs: 1, reply: ''}
}

test.each([
  ['as they came', [0, 1, 2], [0, 1, 2]],
  ['out of order', [2, 0, 3, 1], [0, 1, 2, 3]],
  ['with gaps after an interruption', [4, 0, 2], [0, 2, 4]],
])('observations %s leave in the order of their connects', async (_, came, left) => {
  const seen: number[] = []
  for await (const {index} of inOrder(ended(...came))) seen.push(index)
  expect(seen).toEqual(left)
})
