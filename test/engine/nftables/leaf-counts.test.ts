import {expect, test} from 'vitest'
import {countsOf, parseCounted} from '../../../src/engine/nftables/leaf-counts.js'
import {markOf} from '../../../src/engine/nftables/mark.js'

const TAG = 0x5a3
const MARK = markOf(TAG, 1)
const set = (name: string, elem: unknown) => JSON.stringify({nftables: [{metainfo: {version: '1.0.6'}}, {set: {family: 'inet', name, table: 't', ...(elem === undefined ? {} : {elem})}}]})
const one = (val: unknown, packets: number, bytes: number) => ({elem: {val, counter: {packets, bytes}}})

test('headers are taken off what packets weighed, by direction', () => {
  const counted = [
    set('opened', [one(MARK, 122, 7320), one(markOf(TAG + 1, 1), 9, 9)]),
    set('connected', [one(MARK + 2 ** 19, 120, 7200)]),
    set('refused', undefined),
    set('traffic', [one({concat: [MARK + 2 ** 19, 'original', 8]}, 610, 32_452), one({concat: [MARK, 'original', 5]}, 1, 45), one({concat: [MARK, 'reply', 8]}, 366, 19_642)]),
  ].flatMap((json) => parseCounted(json, TAG))
  expect(countsOf(counted, () => 20)).toEqual(new Map([[1, {opened: 122, connected: 120, refused: 0, bytesFromClients: 737, bytesToClients: 610}]]))
  expect(counted.map(({key}) => key).slice(0, 3)).toEqual([`${MARK}`, `${MARK + 2 ** 19}`, `${MARK + 2 ** 19} . original . 8`])
})

test.each([
  ['', 'nft printed no JSON: ""'],
  ['Segmentation fault', 'nft printed no JSON: "Segmentation fault"'],
  ['null', 'nft printed no list of sets'],
  ['{"nftables": {}}', 'nft printed no list of sets'],
  [set('__proto__', []), 'nft printed a set that is none of ours'],
  [JSON.stringify({nftables: [{set: {name: 'opened', elem: 7}}]}), 'nft printed a set that is none of ours'],
])('what is no list of counters is not taken for one: %s', (json, message) => {
  expect(() => parseCounted(json, TAG)).toThrow(message)
})

test('elements that are no counters of leaves are passed over', () => {
  const elem = [7, null, {elem: 7}, {elem: {val: MARK}}, one('x', 1, 1), one({concat: [MARK, 'sideways', 5]}, 1, 1), one(MARK, 1.5, 1), one({concat: []}, 1, 1)]
  expect(parseCounted(set('opened', elem), TAG)).toEqual([])
})
