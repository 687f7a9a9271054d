import {expect, test} from 'vitest'
import {makeLeaf} from '../../../src/engine/nftables/leaf.js'
import {Leaves} from '../../../src/engine/nftables/leaves.js'
import {leafOf, markOf, tagOf} from '../../../src/engine/nftables/mark.js'

const leaf = (group: string, port: number) => makeLeaf({listener: 'l', chain: 'c', group, cluster: 'v1', target: {type: 'endpoint', address: '127.0.0.1', port}})

test('an endpoint that goes and comes back keeps its number, a chain that does gets new ones', () => {
  const leaves = new Leaves()
  const [a1, a2, b1] = [leaf('a', 1), leaf('a', 2), leaf('b', 1)]
  expect(leaves.renew('l', [a1, a2])).toEqual([])
  expect([a1, a2].map((each) => leaves.numberOf(each))).toEqual([1, 2])
  expect(leaves.renew('l', [a1])).toEqual([])
  expect(leaves.get(2)?.isInForce).toBe(false)
  expect(leaves.renew('l', [a1, a2])).toEqual([])
  expect(leaves.numberOf(a2)).toBe(2)
  expect(leaves.renew('l', [b1]).map(({number}) => number)).toEqual([1, 2])
  leaves.renew('l', [a1])
  expect(leaves.numberOf(a1)).toBe(4)
})

test('what is forgotten is not listed any more, and another leaf of its name is not touched', () => {
  const leaves = new Leaves()
  leaves.renew('l', [leaf('a', 1)])
  leaves.renew('l', [])
  leaves.renew('l', [leaf('a', 1)])
  const [old] = leaves.all()
  leaves.forget(old!)
  expect(leaves.all()).toEqual([{leaf: leaf('a', 1), number: 2, isInForce: true}])
  expect(leaves.numberOf(leaf('a', 1))).toBe(2)
})

test('more leaves than a mark has numbers for are refused before anything is done', () => {
  const leaves = new Leaves()
  leaves.renew('l', [leaf('a', 1)])
  leaves.ensureRoom(2 ** 19 - 2)
  expect(() => leaves.ensureRoom(2 ** 19 - 1)).toThrow("more than 524287 endpoints in routes: too many for the kernel's connection marks")
})

test('a mark says which gateway and which leaf it is of, whether its endpoint has answered or not', () => {
  const [tag, other] = [tagOf('tshift_0000000000ab'), tagOf('tshift_000000000fff')]
  expect([tag, other]).toEqual([0xac, 1])
  expect(leafOf(tag, markOf(tag, 77))).toBe(77)
  expect(leafOf(tag, markOf(tag, 77) + 2 ** 19)).toBe(77)
  expect(leafOf(tag, markOf(other, 77))).toBeUndefined()
  expect(markOf(0xfff, 2 ** 19 - 1)).toBeLessThan(2 ** 32)
})
