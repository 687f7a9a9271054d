import {expect, test} from 'vitest'
import {nodeUsageTable, podUsageTable, type ShownPod} from '../../src/output/usage-tables.js'

const MIB = 2 ** 20
const usage = (cpuMillis: number, memory: number) => ({cpuMillis, memoryBytes: memory * MIB + 1, swapBytes: 0})
const pods: readonly ShownPod[] = [
  {namespace: 'b', name: 'a', usage: usage(1, 30), containers: [{name: 'y', usage: usage(0, 10)}, {name: 'x', usage: usage(1, 20)}]},
  {namespace: 'a', name: 'z', usage: usage(20, 5), containers: [{name: 'only', usage: usage(20, 5)}]},
]
const options = {sortBy: '', hidesHeaders: false, showsSwap: false, showsContainers: false, showsNamespace: false, showsSum: false} as const
const lines = (text: string) => text.split('\n').slice(0, -1)

test('every cell is padded, the last one too', () => {
  expect(lines(podUsageTable(pods, options))).toEqual([
    'NAME   CPU(cores)   MEMORY(bytes)   ',
    'a      1m           30Mi            ',
    'z      20m          5Mi             ',
  ])
})

test('containers stand under their pods, namespaces in order, the sum below its columns', () => {
  expect(lines(podUsageTable(pods, {...options, showsContainers: true, showsNamespace: true, showsSum: true}))).toEqual([
    'NAMESPACE   POD   NAME   CPU(cores)   MEMORY(bytes)   ',
    'a           z     only   20m          5Mi             ',
    'b           a     x      1m           20Mi            ',
    'b           a     y      0m           10Mi            ',
    '                         ________     ________        ',
    '                         21m          35Mi            ',
  ])
})

test.each([
  ['cpu', ['z', 'a']],
  ['memory', ['a', 'z']],
] as const)('by %s the most comes first', (sortBy, names) => {
  const rows = lines(podUsageTable(pods, {...options, sortBy, hidesHeaders: true}))
  expect(rows.map((row) => row.split(' ')[0])).toEqual(names)
})

test('a node shows its shares in whole percents, rounded down', () => {
  const node = {name: 'n', usage: usage(999, 512), available: {cpuMillis: 2000, memoryBytes: 1024 * MIB, swapBytes: 0}}
  expect(lines(nodeUsageTable([node], {...options, showsSwap: true}))).toEqual([
    'NAME   CPU(cores)   CPU(%)   MEMORY(bytes)   MEMORY(%)   SWAP(bytes)   SWAP(%)   ',
    'n      999m         49%      512Mi           50%         0Mi           0%        ',
  ])
})
