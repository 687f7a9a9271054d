import {spawnSync} from 'node:child_process'
import {existsSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {Gate} from '../../src/base/gate.js'

const FOREVER = 2 ** 30
let link: string
beforeEach(() => {
  link = path.join(mkdtempSync(path.join(tmpdir(), 'tshift-gate-')), 'gate')
})
afterEach(() => rmSync(path.dirname(link), {recursive: true, force: true}))

test('whoever is inside is named, and nobody is afterwards', async () => {
  expect(await new Gate(link).pass(() => readlinkSync(link))).toBe(String(process.pid))
  expect(existsSync(link)).toBe(false)
})

test('an act that fails leaves the gate open', async () => {
  await expect(
    new Gate(link).pass(() => {
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await new Gate(link, {patienceMs: FOREVER}).pass(() => 'passed')).toBe('passed')
})

test('one waits for a living process to leave, without blocking', async () => {
  symlinkSync(String(process.ppid), link)
  const order: string[] = []
  const passed = new Gate(link, {patienceMs: FOREVER}).pass(() => order.push('passed'))
  setImmediate(() => {
    order.push('left')
    unlinkSync(link)
  })
  await passed
  expect(order).toEqual(['left', 'passed'])
})

test.each<[string, () => void, number]>([
  ['the one inside is dead', () => symlinkSync(String(spawnSync(process.execPath, ['-e', '0']).pid), link), FOREVER],
  ['what is there names no process', () => symlinkSync('nobody', link), FOREVER],
  ['the one inside lives, when patience is over', () => symlinkSync(String(process.ppid), link), 5],
  ['something else is in the way, when patience is over', () => writeFileSync(link, ''), 5],
  ['the directory is gone', () => rmSync(path.dirname(link), {recursive: true}), FOREVER],
])('one goes ahead where %s', async (_, prepare, patienceMs) => {
  prepare()
  expect(await new Gate(link, {patienceMs}).pass(() => 'passed')).toBe('passed')
  expect(existsSync(link)).toBe(false)
})
