import {chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeEach, describe, expect, test} from 'vitest'
import {claimPidFile, gatewayLife, isPidFileLost, releasePidFile} from '../../../src/daemon/lifecycle/pid-file.js'
import {watchPidFile} from '../../../src/daemon/lifecycle/watch-pid-file.js'

const directory = mkdtempSync(path.join(tmpdir(), 'tshift-pid-'))
const file = path.join(directory, 'gateway.pid')
/** Nobody's: larger than any pid. */
const GONE = 2 ** 30

/** Without the right to read the file: root has every right, and gives it up meanwhile. */
function asNobody(act: () => unknown): unknown {
  const isRoot = process.geteuid?.() === 0
  chmodSync(file, 0)
  if (isRoot) process.seteuid?.(65_534)
  try {
    return act()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}

function inPlaceOfADirectory(act: () => unknown): unknown {
  rmSync(file, {recursive: true})
  mkdirSync(file)
  return act()
}

describe('the pid file', () => {
  beforeEach(() => rmSync(file, {force: true, recursive: true}))
  afterAll(() => rmSync(directory, {recursive: true}))

  test('is claimed by the first', () => {
    expect(claimPidFile(file)).toEqual({type: 'stopped'})
    expect(gatewayLife(file)).toEqual({type: 'running', pid: process.pid})
    const before = readFileSync(file, 'utf8')
    expect(claimPidFile(file, process.ppid)).toEqual({type: 'running', pid: process.pid})
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect(readdirSync(directory)).toEqual(['gateway.pid'])
  })

  test.each([
    [JSON.stringify({pid: GONE}), {type: 'stale', pid: GONE}],
    [JSON.stringify({pid: process.pid, started: '1'}), {type: 'stale', pid: process.pid}],
    ['{"pid":', {type: 'stopped'}],
    ['', {type: 'stopped'}],
  ])('of a process that is gone is taken over: %s', (text, before) => {
    writeFileSync(file, text)
    expect(claimPidFile(file)).toEqual(before)
    expect(gatewayLife(file)).toEqual({type: 'running', pid: process.pid})
    expect(readdirSync(directory)).toEqual(['gateway.pid'])
  })

  test.each<[string, (act: () => unknown) => unknown, RegExp]>([
    ['belongs to another user', asNobody, /^cannot read .*gateway\.pid: permission denied$/],
    ['cannot be read', inPlaceOfADirectory, /^cannot read .*gateway\.pid: EISDIR/],
  ])('that %s says neither that a gateway runs nor that none does, and is not lost', (_, when, message) => {
    claimPidFile(file)
    expect(() => when(() => gatewayLife(file))).toThrow(message)
    expect(() => when(() => claimPidFile(file))).toThrow()
    expect(when(() => isPidFileLost(file, process.pid))).toBe(false)
    expect(readdirSync(directory).filter((name) => name.startsWith('gateway.pid.'))).toEqual([])
  })

  test('is given back by its owner only', () => {
    claimPidFile(file)
    releasePidFile(file, process.ppid)
    expect(gatewayLife(file).type).toBe('running')
    releasePidFile(file)
    expect(gatewayLife(file).type).toBe('stopped')
  })

  test('that is removed, or becomes another’s, is noticed', async () => {
    for (const spoil of [() => rmSync(file), () => writeFileSync(file, JSON.stringify({pid: process.ppid}))]) {
      rmSync(file, {force: true})
      claimPidFile(file)
      await new Promise<void>((lost) => {
        watchPidFile(file, lost, 5)
        spoil()
      })
    }
  })
})
