import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {appendFile, rename, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, describe, expect, test} from 'vitest'
import {manualClock} from '../help/manual-clock.js'
import {LogFile, previousPath, rotatedPath} from '../../src/workload/logs/log-file.js'
import {readLog, type ReadLogOptions} from '../../src/workload/logs/read-log.js'

const root = mkdtempSync(path.join(tmpdir(), 'tshift-log-'))
afterAll(() => rmSync(root, {recursive: true, force: true}))

let files = 0
const newPath = () => path.join(root, `pod-${files++}`, 'app.log')

/** A log with these lines, one a second from the epoch on, that has ended. */
async function written(lines: readonly string[], maxBytes?: number): Promise<string> {
  const file = newPath()
  const clock = manualClock()
  const log = await LogFile.open(file, {clock, ...(maxBytes === undefined ? {} : {maxBytes})})
  for (const line of lines) {
    log.append(line)
    clock.advance(1000)
    if (maxBytes !== undefined) await turn()
  }
  await log.close()
  return file
}

const turn = () => new Promise(setImmediate)

async function read(file: string, options?: ReadLogOptions): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const batch of readLog(file, options)) lines.push(...batch)
  return lines
}

const numbers = (from: number, to: number) => Array.from({length: to - from}, (_, index) => `line ${from + index}`)

describe('a log file', () => {
  test('has the format of the container runtime interface', async () => {
    const file = newPath()
    const log = await LogFile.open(file, {clock: manualClock(Date.parse('2026-11-21T02:49:15.977Z'))})
    log.append('listening on [::]:9000, prefix: one')
    log.append('')
    await log.close()
    const start = '2026-11-21T02:49:15.977000000Z stdout F '
    expect(readFileSync(file, 'utf8')).toBe(`${start}listening on [::]:9000, prefix: one\n${start}\n`)
  })

  test('is continued when it is opened again', async () => {
    const file = await written(['first'])
    const log = await LogFile.open(file, {clock: manualClock()})
    log.append('second')
    await log.close()
    log.append('too late')
    await log.close()
    expect(await read(file)).toEqual(['first', 'second'])
  })

  test('is bounded: the newest lines are kept in two files', async () => {
    const file = await written(numbers(100, 300), 1000)
    const lines = await read(file)
    expect(lines).toEqual(numbers(300 - lines.length, 300))
    expect([file, rotatedPath(file)].map((name) => readFileSync(name).length <= 1000)).toEqual([true, true])
  })

  test('a flood within one turn is written in order', async () => {
    const lines = numbers(0, 50_000)
    expect(await read(await written(lines))).toEqual(lines)
  })

  test('each run of the container has its own, and the one before is kept', async () => {
    const file = newPath()
    const log = await LogFile.open(file)
    for (const run of ['first', 'second', 'third']) {
      log.beginRun()
      log.append(run)
      log.endRun()
    }
    log.beginRun() // a start that fails: no run
    log.beginRun()
    expect([await read(previousPath(file)), await read(file)]).toEqual([['third'], []])
    log.close()
  })

  test('what a former process left is the run before', async () => {
    const file = await written(['former'])
    const log = await LogFile.open(file)
    log.beginRun()
    log.append('now')
    log.close()
    expect([await read(previousPath(file)), await read(file)]).toEqual([['former'], ['now']])
  })

  test('a disk that takes no more loses the lines, and is reported once', async () => {
    const reports: unknown[] = []
    const log = await LogFile.open(newPath(), {maxBytes: 1, report: (error) => reports.push(error)})
    log.append('fits')
    await turn()
    rmSync(path.join(root, `pod-${files - 1}`), {recursive: true}) // rotating needs the directory
    for (const line of ['lost', 'lost too']) {
      log.append(line)
      await turn()
    }
    expect(reports).toMatchObject([{code: 'ENOENT'}])
  })
})

describe('reading a log', () => {
  test.each<{what: string; options: ReadLogOptions; expected: readonly string[]}>([
    {what: 'all', options: {}, expected: ['a', 'b', 'c', 'd']},
    {what: 'the last two', options: {tail: 2}, expected: ['c', 'd']},
    {what: 'none', options: {tail: 0}, expected: []},
    {what: 'more than there are', options: {tail: 9}, expected: ['a', 'b', 'c', 'd']},
    {what: 'since a time', options: {sinceMs: 2000}, expected: ['c', 'd']},
    {what: 'since a time among the last', options: {sinceMs: 1000, tail: 1}, expected: ['d']},
    {what: 'with times', options: {tail: 1, timestamps: true}, expected: ['1970-01-01T00:00:03.000000000Z d']},
    {what: 'followed to its end', options: {follow: true, tail: 1}, expected: ['d']},
  ])('$what', async ({options, expected}) => {
    expect(await read(await written(['a', 'b', 'c', 'd']), options)).toEqual(expected)
  })

  test.each([0, 1, 9, 10, 15, 20])('the last %i lines are counted across rotation', async (tail) => {
    const file = await written(numbers(10, 30), 10 * '1970-01-01T00:00:00.000000000Z stdout F line 10\n'.length)
    expect(await read(file, {tail})).toEqual(numbers(30 - tail, 30))
  })

  test('long logs are searched from the end block by block', async () => {
    const lines = numbers(0, 20_000)
    const file = await written(lines)
    expect(await read(file, {tail: 5000})).toEqual(lines.slice(15_000))
  })

  test('a log that is not there has no lines', async () => {
    expect(await read(newPath())).toEqual([])
  })
})

describe('following a log', () => {
  /** The lines of a followed log one by one. */
  function follow(file: string, options: ReadLogOptions = {}) {
    const iterator = lineByLine(readLog(file, {follow: true, ...options}))
    return {next: (count: number) => take(iterator, count), end: () => iterator.next()}
  }

  test('gives lines as they come and ends with the log', async () => {
    const file = newPath()
    const log = await LogFile.open(file)
    const followed = follow(file)
    log.append('a')
    expect(await followed.next(1)).toEqual(['a'])
    const waiting = followed.next(2)
    log.append('b')
    await turn()
    log.append('c')
    expect(await waiting).toEqual(['b', 'c'])
    const end = followed.end()
    await log.close()
    expect(await end).toEqual({done: true, value: undefined})
  })

  test.each([
    ['that ends', () => {}],
    ['that is started again before it is noticed', (log: LogFile) => log.beginRun()],
  ])('ends with a run %s', async (_, after) => {
    const file = newPath()
    const log = await LogFile.open(file)
    log.beginRun()
    const followed = follow(file)
    log.append('a')
    expect(await followed.next(1)).toEqual(['a'])
    log.append('b')
    log.endRun()
    after(log)
    expect(await followed.next(1)).toEqual(['b'])
    expect((await followed.end()).done).toBe(true)
    log.close()
  })

  test('goes on across rotation without losing a line', async () => {
    const file = newPath()
    const log = await LogFile.open(file, {maxBytes: 60})
    const followed = follow(file)
    const seen: unknown[] = []
    for (const line of numbers(0, 20)) {
      log.append(line)
      seen.push(...(await followed.next(1)))
    }
    expect(seen).toEqual(numbers(0, 20))
    await log.close()
    expect((await followed.end()).done).toBe(true)
  })

  test('reads what was written before a rotation it learns of late', async () => {
    const file = newPath()
    const log = await LogFile.open(file)
    const followed = follow(file)
    log.append('old')
    expect(await followed.next(1)).toEqual(['old'])
    const record = (text: string) => `1970-01-01T00:00:00.000000000Z stdout F ${text}\n`
    await appendFile(file, record('old, last'))
    await rename(file, rotatedPath(file))
    await writeFile(file, record('new'))
    expect(await followed.next(2)).toEqual(['old, last', 'new'])
    await log.close()
  })

  test('waits for the end of a line', async () => {
    const file = newPath()
    const log = await LogFile.open(file)
    const followed = follow(file)
    await appendFile(file, '1970-01-01T00:00:00.000000000Z stdout F be')
    const waiting = followed.next(1)
    await turn()
    await appendFile(file, 'gun\n')
    expect(await waiting).toEqual(['begun'])
    await log.close()
  })

  test('ends when the signal is aborted', async () => {
    const file = newPath()
    const log = await LogFile.open(file)
    const aborted = new AbortController()
    const end = follow(file, {signal: aborted.signal}).end()
    await turn()
    aborted.abort()
    expect(await end).toEqual({done: true, value: undefined})
    await log.close()
  })

  test('ends when the pod and its logs are gone', async () => {
    const file = newPath()
    const log = await LogFile.open(file)
    const followed = follow(file)
    log.append('a')
    expect(await followed.next(1)).toEqual(['a'])
    rmSync(path.dirname(file), {recursive: true})
    expect((await followed.end()).done).toBe(true)
  })

  test('waits for a log that is not there yet', async () => {
    const file = newPath()
    const followed = follow(file).next(1)
    await turn()
    const log = await LogFile.open(file)
    log.append('a')
    expect(await followed).toEqual(['a'])
    await log.close()
  })
})

async function* lineByLine(batches: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  for await (const batch of batches) yield* batch
}

async function take(iterator: AsyncGenerator<string>, count: number): Promise<readonly unknown[]> {
  const values: unknown[] = []
  while (values.length < count) values.push((await iterator.next()).value)
  return values
}
