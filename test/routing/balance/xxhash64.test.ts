import {expect, test} from 'vitest'
import {xxHash64} from '../../../src/routing/balance/xxhash64.js'

// Envoy's test/common/common/hash_test.cc for the decimal ones, xxHash's reference implementation (python3-xxhash 3.2) for the others
test.each<[string, number, bigint]>([
  ['', 0, 17241709254077376921n],
  ['foo', 0, 3728699739546630719n],
  ['bar', 0, 5234164152756840025n],
  ['foo\nbar', 0, 8917841378505826757n],
  ['lyft', 0, 4400747396090729504n],
  ['a', 0, 0xd24ec4f1a98c6e5bn],
  ['127.0.0.1:90_0', 0, 0xdfabf37478daad19n],
  ['10.0.0.1:9000', 1, 0x20352dbb702190e3n],
  ['x'.repeat(32), 1, 0x926d5508ef687acbn],
  ['Call me Ishmael. Some years ago--never mind how long precisely-', 0, 0x02a2e85470d6fd96n],
  ['/run/\u00fc.sock', 0, 0xebdafa92d114f4dfn],
  ['y'.repeat(300), 0, 0x1f871576dc1eafc3n],
  [`${'0123456789abcdef'.repeat(6)}rest of it`, 1, 0x578990322f72d044n],
])('the hash of %j with seed %d', (text, seed, expected) => {
  expect(xxHash64(text, seed).toBigInt()).toBe(expected)
})
