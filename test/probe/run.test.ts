import {expect, test} from 'vitest'
import type {Observation} from '../../src/probe/observation.js'
import {runProbe, type ProbeOptions} from '../../src/probe/run.js'
import {echo, target} from './target.js'

const DEFAULTS = {count: 1, concurrency: 1, timeoutMs: 10_000, connectTimeoutMs: 10_000, message: (index: number) => `${index}\n`}

function probe(options: Partial<ProbeOptions> & {readonly host: string; readonly port: number}): AsyncGenerator<Observation> {
  return runProbe({...DEFAULTS, ...options})
}

async function all(observations: AsyncIterable<Observation>): Promise<readonly Observation[]> {
  const list: Observation[] = []
  for await (const observation of observations) list.push(observation)
  return list
}

test('one connection after the other, each with its own message', async () => {
  const list = await all(probe({...(await target(echo('one'))), count: 3}))
  expect(list.map(({index, reply, error}) => ({index, reply, error}))).toEqual([0, 1, 2].map((index) => ({index, reply: `one ${index}\n`, error: undefined})))
  const starts = list.map(({startMs}) => startMs)
  expect(starts).toEqual(starts.toSorted((a, b) => a - b))
})

test('every index is observed once, and no more connections are open at a time than asked for', async () => {
  let open = 0
  let most = 0
  const at = await target((socket) => {
    most = Math.max(most, ++open)
    socket.on('close', () => (open -= 1))
    echo('one')(socket)
  })
  const list = await all(probe({...at, count: 500, concurrency: 7}))
  expect(list.map(({index}) => index).toSorted((a, b) => a - b)).toEqual(Array.from({length: 500}, (_, index) => index))
  expect(list.every(({index, reply}) => reply === `one ${index}\n`)).toBe(true)
  expect(most).toBeLessThanOrEqual(14) // the server learns of an end after the client, who goes on at once: at worst each is counted twice
})

test('observations come in the order in which the connections end', async () => {
  const held: (() => void)[] = []
  const at = await target((socket) => {
    socket.once('data', (message) => {
      if (String(message) !== '0\n') return socket.end('quick')
      held.push(() => socket.end('slow'))
    })
  })
  const order: number[] = []
  for await (const {index} of probe({...at, count: 4, concurrency: 2})) {
    order.push(index)
    if (order.length === 3) held.forEach((release) => release())
  }
  expect(order).toEqual([1, 2, 3, 0])
})

test('failures are observations like others', async () => {
  const list = await all(probe({host: '127.0.0.1', port: 1, count: 3, concurrency: 3}))
  expect(list.map(({error}) => error?.kind)).toEqual(['refused', 'refused', 'refused'])
})

test('an abort drops what is open and yields what has ended', async () => {
  const aborted = new AbortController()
  const at = await target((socket) => void socket.once('data', (message) => (String(message) === '2\n' ? aborted.abort() : socket.end('one'))))
  const list = await all(probe({...at, count: Infinity, signal: aborted.signal}))
  expect(list.map(({index}) => index)).toEqual([0, 1])
})

test('an abort before the start makes no connection', async () => {
  const at = await target(() => expect.fail('connected'))
  expect(await all(probe({...at, signal: AbortSignal.abort()}))).toEqual([])
})

test('a consumer that leaves ends the probe and its connections', async () => {
  let closed = (): void => {}
  const allClosed = new Promise<void>((resolve) => (closed = resolve))
  const at = await target((socket) => {
    socket.once('data', (message) => String(message) === '0\n' && socket.end('one'))
    socket.on('close', () => closed())
  })
  for await (const {index} of probe({...at, count: Infinity, concurrency: 3})) {
    expect(index).toBe(0)
    break
  }
  await allClosed
})

test('a consumer that is slow holds the probe back', async () => {
  let accepted = 0
  const at = await target((socket) => {
    accepted += 1
    echo('one')(socket)
  })
  const observations = probe({...at, count: 5000, concurrency: 50})
  await observations.next()
  let before = -1
  while (before !== accepted) {
    before = accepted
    await new Promise((resolve) => setTimeout(resolve, 100)) // until nothing moves any more
  }
  expect(accepted).toBeLessThan(1100)
  expect(await all(observations)).toHaveLength(4999)
})
