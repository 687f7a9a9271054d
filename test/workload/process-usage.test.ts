import {describe, expect, test} from 'vitest'
import {parseProcess, readProcessTable, type ProcessFacts} from '../../src/workload/processes/process-table.js'
import {familyOf, usageOf} from '../../src/workload/processes/process-usage.js'

const facts = (pid: number, parent: number, group: number, cpuMs = 0): ProcessFacts => ({pid, parent, group, cpuMs, rssBytes: pid, swapBytes: 0})
const table = (...processes: readonly ProcessFacts[]) => new Map(processes.map((one) => [one.pid, one]))

test('a process is read whatever its name holds', () => {
  const stat = '42 (a) b (c) S 7 40 40 0 -1 4194304 100 0 0 0 12 3 0 0 20 0 1 0 500 1000 200'
  expect(parseProcess(stat, 'Name:\ta\nVmRSS:\t    2048 kB\nVmSwap:\t       4 kB\n')).toEqual({pid: 42, parent: 7, group: 40, cpuMs: 150, rssBytes: 2 ** 21, swapBytes: 4096})
})

test('a process without memory of its own, such as a zombie, uses none', () => {
  expect(parseProcess('1 (z) Z 0 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0', 'Name:\tz\n')).toMatchObject({rssBytes: 0, swapBytes: 0})
})

test.runIf(process.platform === 'linux')('this process is among those of the machine', async () => {
  const found = (await readProcessTable())?.get(process.pid)
  expect(found).toMatchObject({pid: process.pid, parent: process.ppid})
  expect(found?.rssBytes).toBeGreaterThan(0)
})

test('where there is no /proc nothing is known', async () => {
  expect(await readProcessTable('/nowhere')).toBe(undefined)
})

describe('the family of a process', () => {
  test('is its group and all below it', () => {
    expect([...familyOf(10, table(facts(10, 1, 10), facts(11, 10, 10), facts(12, 11, 99), facts(13, 1, 10), facts(14, 13, 14), facts(20, 1, 20)))].sort()).toEqual([10, 11, 12, 13, 14])
  })

  test('uses what its members used between the looks; who came in between counts whole, who is gone not at all', () => {
    const before = table(facts(10, 1, 10, 100), facts(11, 10, 10, 500))
    const after = table(facts(10, 1, 10, 350), facts(12, 10, 10, 50))
    expect(usageOf(new Set([10, 11, 12]), {before, after, elapsedMs: 1000})).toEqual({cpuMillis: 300, memoryBytes: 22, swapBytes: 0})
  })
})
