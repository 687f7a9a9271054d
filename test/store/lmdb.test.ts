import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {createInterface} from 'node:readline'
import type {Readable} from 'node:stream'
import {afterAll, describe, expect, test} from 'vitest'
import {seededRandom} from '../../src/base/random.js'
import {UserError} from '../../src/base/user-error.js'
import {openLmdbStore} from '../../src/store/lmdb.js'
import type {Change} from '../../src/store/store.js'
import {describeStore} from '../contract/store.js'
import {compiledFile} from '../help/compiled.js'

const scratch = mkdtempSync(path.join(tmpdir(), 'tshift-store-'))
// here and not in a hook, which has a time limit: compiling takes its time on a busy machine
const module = await compiledFile('store/lmdb.js')
let directories = 0
const newDirectory = () => path.join(scratch, `${directories++}`)
afterAll(() => rmSync(scratch, {recursive: true}))

describeStore('the store on disk', {open: (options) => openLmdbStore({directory: newDirectory(), ...options})})

describe('the store on disk, between openings', () => {
  test('is as it was, with its revision and its change log', async () => {
    const directory = newDirectory()
    const before = await openLmdbStore({directory})
    await before.put('/a', '1', 0)
    await before.put('/a', '2', 1)
    await before.close()
    const after = await openLmdbStore({directory})
    expect(await after.list('')).toEqual({entries: [{key: '/a', value: '2', revision: 2}], revision: 2})
    const {value} = await after.watch('/', 0, new AbortController().signal)[Symbol.asyncIterator]().next()
    expect((value as Change[]).map(({type}) => type)).toEqual(['added', 'modified'])
    await after.close()
  })

  test('a smaller change log takes effect bit by bit, a write at a time', async () => {
    const directory = newDirectory()
    const before = await openLmdbStore({directory, logLimit: 100})
    await Promise.all(Array.from({length: 100}, (_, i) => before.put(`/${i}`, '', 0)))
    await before.close()
    const after = await openLmdbStore({directory, logLimit: 10})
    for (let i = 100; i < 110; i++) await after.put(`/${i}`, '', 0)
    await expect(after.watch('/', 99, new AbortController().signal)[Symbol.asyncIterator]().next()).rejects.toThrow('too old resource version: 99 (100)')
    await after.close()
  })

  test('two stores of one process on one directory see each other', async () => {
    const directory = newDirectory()
    const [a, b] = await Promise.all([openLmdbStore({directory}), openLmdbStore({directory})])
    const woken = b.watch('/', 0, new AbortController().signal)[Symbol.asyncIterator]().next()
    await a.put('/a', '1', 0)
    expect((await woken).value).toEqual([{type: 'added', key: '/a', value: '1', revision: 1}])
    await a.close()
    expect(await b.put('/a', '2', 1)).toBe(2)
    await b.close()
  })

  test('files are for their owner only, and so are the directories made for them', async () => {
    const parent = newDirectory()
    const directory = path.join(parent, 'deep', 'store')
    const store = await openLmdbStore({directory})
    await store.put('/a', '1', 0)
    const mode = (file: string) => (statSync(path.join(parent, file)).mode & 0o777).toString(8)
    expect(['', 'deep', 'deep/store', 'deep/store/data.mdb', 'deep/store/lock.mdb', 'deep/store/doorbell'].map(mode)).toEqual(['700', '700', '700', '600', '600', '600'])
    await store.close()
  })
})

describe('a directory that cannot hold a store is named, with the mend', () => {
  const failure = async (directory: string) => {
    const error: unknown = await openLmdbStore({directory}).catch((e: unknown) => e)
    return error instanceof UserError ? {message: error.message, hint: error.hint} : error
  }
  const file = () => {
    const name = newDirectory()
    writeFileSync(name, '')
    return name
  }
  const elsewhere = 'choose another place with TSHIFT_HOME'

  test.each([
    ['a file', file, 'it is not a directory'],
    ['below a file', () => path.join(file(), 'store'), 'it is not a directory'],
    ['where nothing can be created', () => '/proc/store', 'it cannot be created there'],
  ])('%s', async (_, place, reason) => {
    const directory = place()
    expect(await failure(directory)).toEqual({message: `cannot open the state store in ${directory}: ${reason}`, hint: elsewhere})
  })

  const sound = async () => {
    const directory = newDirectory()
    const store = await openLmdbStore({directory})
    await Promise.all(Array.from({length: 500}, (_, i) => store.put(`/${i}`, 'v'.repeat(1000), 0)))
    await store.close()
    return readFileSync(path.join(directory, 'data.mdb'))
  }
  test.each<[string, (sound: Buffer) => Buffer, string]>([
    ['another kind of file', () => Buffer.from('hello world\n'.repeat(1000)), 'it is not an LMDB file'],
    ['zeros', (data) => Buffer.alloc(data.length), 'it is not an LMDB file'],
    ['a few bytes', (data) => data.subarray(0, 20), 'it is not an LMDB file'],
    ['one header page', (data) => data.subarray(0, 4096), 'its second header page is damaged'],
    ['half of the pages', (data) => data.subarray(0, 4096 * 100), expect.stringMatching(/^it has 100 of \d+ pages$/) as string],
  ])('a data file that is %s', async (_, damage, reason) => {
    const directory = newDirectory()
    mkdirSync(directory)
    writeFileSync(path.join(directory, 'data.mdb'), damage(await sound()))
    const prefix = `cannot open the state store in ${directory}: its data file is damaged: `
    const error = await failure(directory)
    expect(error).toEqual({message: expect.stringContaining(prefix) as string, hint: 'move the directory away, or delete it, and apply your files again'})
    expect((error as UserError).message.slice(prefix.length)).toEqual(reason)
  })

  test('a data file whose pages hold something else', async () => {
    const directory = newDirectory()
    mkdirSync(directory)
    writeFileSync(path.join(directory, 'data.mdb'), await sound().then((data) => data.fill(0xab, 8192)))
    expect(await failure(directory)).toEqual({
      message: `cannot open the state store in ${directory}: its data file is damaged`,
      hint: 'move the directory away, or delete it, and apply your files again',
    })
  })

  test('an empty data file is a new store', async () => {
    const directory = newDirectory()
    mkdirSync(directory)
    writeFileSync(path.join(directory, 'data.mdb'), '')
    const store = await openLmdbStore({directory})
    expect(await store.put('/a', '', 0)).toBe(1)
    await store.close()
  })
})

describe('the store on disk, with several processes', () => {
  const start = (fixture: string, ...args: string[]) =>
    spawn(process.execPath, [path.join(import.meta.dirname, 'fixtures', fixture), module, ...args], {stdio: ['ignore', 'pipe', 'inherit']})
  const linesOf = ({stdout}: {stdout: Readable}) => createInterface({input: stdout})

  test('increments by compare-and-swap from four processes lose nothing, and a fifth process sees every one, in order, once', async () => {
    const directory = newDirectory()
    const [processes, count] = [4, 100]
    const follower = start('follow.js', directory, '/', String(processes * count))
    const seen: string[] = []
    const followed = once(linesOf(follower).on('line', (line) => seen.push(line)), 'close')
    const exits = await Promise.all(
      Array.from({length: processes}, () => start('increment.js', directory, '/n', String(count))).map(async (child) => ((await once(child, 'exit')) as [number])[0]),
    )
    expect(exits).toEqual([0, 0, 0, 0])
    const store = await openLmdbStore({directory})
    expect(await store.get('/n')).toEqual({key: '/n', value: '400', revision: 400})
    await store.close()
    const all = Array.from({length: processes * count}, (_, i) => ({type: i === 0 ? 'added' : 'modified', key: '/n', value: String(i + 1), revision: i + 1}))
    await followed
    expect(seen.slice(1).map((line) => JSON.parse(line) as Change)).toEqual(all)
  })

  test('a waiting watch is woken by a write in another process', async () => {
    const directory = newDirectory()
    const store = await openLmdbStore({directory})
    const follower = linesOf(start('follow.js', directory, '/', '3'))[Symbol.asyncIterator]()
    expect((await follower.next()).value).toBe('ready')
    for (let revision = 1; revision <= 3; revision++) {
      await store.put(`/${revision}`, '', 0)
      expect(JSON.parse(String((await follower.next()).value))).toEqual({type: 'added', key: `/${revision}`, value: '', revision})
    }
    expect((await follower.next()).done).toBe(true)
    await store.close()
  })

  test('a store that another process grows to 30 MB stays readable and writable in a process that opened it when it was small', async () => {
    const directory = newDirectory()
    const store = await openLmdbStore({directory})
    await store.put('/a', '', 0)
    const [status] = (await once(start('fill.js', directory, '/big', '1500', '10000'), 'exit')) as [number]
    expect(status).toBe(0)
    const {entries, revision} = await store.list('/big/')
    expect([entries.length, entries.every(({value}) => value.length === 10_000), revision]).toEqual([1500, true, 1501])
    expect(await store.put('/a', 'b'.repeat(1 << 20), 1)).toBe(1502)
    await store.close()
  })

  test('writers killed at any moment lose no acknowledged write and leave no lock behind', async () => {
    const directory = newDirectory()
    const random = seededRandom(20)
    const survivor = await openLmdbStore({directory})
    const acknowledged = new Set<string>()
    for (let round = 0; round < 6; round++) {
      await Promise.all(
        [0, 1, 2].map(async (writer) => {
          const prefix = `/${round}/${writer}`
          const child = start('write-forever.js', directory, prefix)
          const exited = once(child, 'exit')
          const killAfter = Math.floor(random() * 100)
          for await (const line of linesOf(child)) {
            acknowledged.add(`${prefix}/${line}`)
            if (Number(line) === killAfter) child.kill('SIGKILL')
          }
          expect(await exited).toEqual([null, 'SIGKILL'])
        }),
      )
      await survivor.put(`/survivor/${round}`, '', 0)
      const opened = await openLmdbStore({directory})
      const {entries, revision} = await opened.list('/')
      expect(entries).toHaveLength(revision)
      const present = new Set(entries.map(({key}) => key))
      expect([...acknowledged].filter((key) => !present.has(key))).toEqual([])
      await opened.close()
    }
    await survivor.close()
  })
})
