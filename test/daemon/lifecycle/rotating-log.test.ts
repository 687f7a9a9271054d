import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {followFile} from '../../../src/cli/follow-file.js'
import {RotatingLog, setAsideIfFull} from '../../../src/daemon/lifecycle/rotating-log.js'

let directory = ''
let file = ''
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'tshift-log-'))
  file = path.join(directory, 'gateway.log')
})
afterEach(() => rmSync(directory, {recursive: true}))

const read = (name = file) => readFileSync(name, 'utf8')

test('what would make the log too large begins a new one, and one older is kept', () => {
  const log = new RotatingLog(file, 10)
  for (const text of ['aaaa\n', 'bbbb\n', 'cccc\n', 'dddd\n']) log.write(text)
  expect([read(`${file}.1`), read()]).toEqual(['aaaa\nbbbb\n', 'cccc\ndddd\n'])
  log.write('longer than a whole log\n')
  log.write('e\n')
  expect([read(`${file}.1`), read()]).toEqual(['longer than a whole log\n', 'e\n'])
  expect(readdirSync(directory)).toEqual(['gateway.log', 'gateway.log.1'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a log is continued, one that was removed is begun anew, and a full one is put aside before it is opened', () => {
  new RotatingLog(file, 10).write('aaaa\n')
  const log = new RotatingLog(file, 10)
  log.write('bbbb\n')
  expect(read()).toBe('aaaa\nbbbb\n')
  setAsideIfFull(file, 10)
  expect(read()).toBe('aaaa\nbbbb\n')
  rmSync(file)
  log.write('cccc\n')
  expect(read()).toBe('cccc\n')
  setAsideIfFull(file, 4)
  expect([readdirSync(directory), read(`${file}.1`)]).toEqual([['gateway.log.1'], 'cccc\n'])
})

test('nothing is lost to who follows the log while it is rotated, and who follows the file stays with it', async () => {
  const log = new RotatingLog(file, 10)
  log.write('old\n')
  const aborted = new AbortController()
  const follow = (rotated: boolean) => followFile(file, {signal: aborted.signal, rotated})[Symbol.asyncIterator]()
  const [byName, byFile] = [follow(true), follow(false)]
  const next = async (reader: AsyncIterator<string>) => String((await reader.next()).value)
  expect([await next(byName), await next(byFile)]).toEqual(['old\n', 'old\n'])
  log.write('bbbbb\n')
  log.write('ccccc\n')
  expect([await next(byName), await next(byName), await next(byFile)]).toEqual(['bbbbb\n', 'ccccc\n', 'bbbbb\n'])
  aborted.abort()
  expect([await byName.next(), await byFile.next()]).toEqual([{done: true, value: undefined}, {done: true, value: undefined}])
})
