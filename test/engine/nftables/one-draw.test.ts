import {expect, test} from 'vitest'
import type {KernelDestination} from '../../../src/engine/nftables/kernel-plan.js'
import {makeLeaf} from '../../../src/engine/nftables/leaf.js'
import {oneDraw} from '../../../src/engine/nftables/one-draw.js'

/** A destination's weight, then those of its endpoints. */
function destination(weight: number, endpoints: readonly number[], isInTurn = false): KernelDestination {
  const leaf = makeLeaf({listener: 'l', chain: 'c', group: 'g', cluster: 'v1', target: {type: 'endpoint', address: '127.0.0.1', port: 1}})
  return {weight, isInTurn, leaves: endpoints.map((own) => ({leaf, weight: own}))}
}

test.each<[string, readonly KernelDestination[], readonly number[] | undefined]>([
  ['one destination', [destination(1, [1, 2])], [1, 2]],
  ['as many endpoints here as there', [destination(80, [1]), destination(20, [1])], [80, 20]],
  ['more here than there', [destination(80, [1, 1]), destination(20, [1, 1, 1])], [240, 240, 40, 40, 40]],
  ['weights of both kinds', [destination(1, [3, 1]), destination(2, [1])], [3, 1, 8]],
  ['endpoints in turn', [destination(1, [1, 1], true)], undefined],
  ['a single one is always in turn', [destination(3, [1], true), destination(1, [1, 1])], [6, 1, 1]],
  ['more than the kernel draws below', [destination(1, [65_537, 1]), destination(1, [65_539, 1])], undefined],
  ['far more', [destination(1, [2 ** 31 - 1, 2]), destination(1, [2 ** 31 - 19, 1]), destination(1, [2 ** 31 - 61, 1])], undefined],
  ['none', [], undefined],
])('two draws are one: %s', (_, destinations, weights) => {
  expect(oneDraw(destinations)?.map(({weight}) => weight)).toEqual(weights)
})
