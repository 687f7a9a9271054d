import type {Socket} from 'node:net'
import {expect, test} from 'vitest'
import {createHeldCount} from '../../src/probe/held-count.js'
import type {HeldEvent} from '../../src/probe/held-event.js'
import {holdConnections, type HoldOptions} from '../../src/probe/hold.js'
import {collect} from './collect.js'
import {target} from './target.js'
import {CERTIFICATE, tlsTarget} from './tls-target.js'

const DEFAULTS = {connections: 1, concurrency: 4, holdMs: 60_000, timeoutMs: 10_000, connectTimeoutMs: 10_000, message: (index: number) => `${index}\n`}

const hold = (options: Partial<HoldOptions> & {readonly host: string; readonly port: number}) => holdConnections({...DEFAULTS, ...options})
const facts = (event: HeldEvent) => [event.index, event.type, ...(event.type === 'cut' ? [event.by] : event.type === 'failed' ? [event.error.kind] : [])]

function summaryOf(events: readonly HeldEvent[]) {
  const count = createHeldCount()
  events.forEach((event) => count.add(event))
  return count.summary()
}

/** Answers, and hands out the socket of each message. */
async function answering(sockets: Map<string, Socket>) {
  return target((socket) => void socket.on('data', (chunk) => (sockets.set(String(chunk).trim(), socket), socket.write(`one ${chunk}`))))
}

test('tells who was cut, when and how, and ends when none is left', async () => {
  const sockets = new Map<string, Socket>()
  const events: HeldEvent[] = []
  for await (const event of hold({...(await answering(sockets)), connections: 3})) {
    events.push(event)
    if (event.type === 'opened' && sockets.size === 3 && events.length === 3) sockets.get('1')?.end()
    if (event.index === 1 && event.type === 'cut') sockets.get('0')?.resetAndDestroy()
    if (event.index === 0 && event.type === 'cut') sockets.get('2')?.end()
  }
  expect(events.slice(0, 3).map(facts).toSorted()).toEqual([[0, 'opened'], [1, 'opened'], [2, 'opened']])
  expect(events.slice(3).map(facts)).toEqual([[1, 'cut', 'FIN'], [0, 'cut', 'RST'], [2, 'cut', 'FIN']])
  const cuts = events.flatMap((event) => (event.type === 'cut' ? [event] : []))
  expect(cuts.map(({reply}) => reply)).toEqual(['one 1\n', 'one 0\n', 'one 2\n'])
  expect(cuts.every(({heldMs, atMs}) => heldMs > 0 && heldMs < atMs)).toBe(true)
  expect(summaryOf(events)).toEqual({opened: 3, failed: 0, kept: 0, cut: {FIN: 2, RST: 1, error: 0}, firstCutMs: cuts[0]?.atMs, lastCutMs: cuts[2]?.atMs})
})

test('holds all at once, however few are opened at a time, and lets go when the time is over', async () => {
  let open = 0
  let most = 0
  const at = await target((socket) => {
    most = Math.max(most, ++open)
    socket.on('data', (chunk) => socket.write(`one ${chunk}`)).on('close', () => (open -= 1))
  })
  const events = await collect(hold({...at, connections: 20, concurrency: 3, holdMs: 50}))
  expect(most).toBe(20)
  expect(summaryOf(events)).toEqual({opened: 20, failed: 0, kept: 20, cut: {FIN: 0, RST: 0, error: 0}})
  expect(events.filter((event) => event.type === 'kept' && event.heldMs < 49)).toEqual([])
})

test('a connection that never gets its answer has failed, whatever the reason', async () => {
  const at = await target((socket) => void socket.once('data', (chunk) => {
    const answers = [() => socket.end(), () => socket.end('half'), () => socket.resetAndDestroy(), () => {}, () => socket.write('one\n')]
    answers[Number(chunk)]?.()
  }))
  const events = await collect(hold({...at, connections: 5, timeoutMs: 200, holdMs: 0}))
  const failed = ['closed', 'closed', 'reset', 'timeout'].map((kind, index) => [index, 'failed', kind])
  expect(events.map(facts).toSorted()).toEqual([...failed, [4, 'kept'], [4, 'opened']])
})

test('nobody there is said of each', async () => {
  const events = await collect(hold({host: '127.0.0.1', port: 1, connections: 3, concurrency: 1}))
  expect(events.map(facts)).toEqual([[0, 'failed', 'refused'], [1, 'failed', 'refused'], [2, 'failed', 'refused']])
})

test('an abort ends the hold, and what was held was kept', async () => {
  const aborted = new AbortController()
  const events: HeldEvent[] = []
  for await (const event of hold({...(await answering(new Map())), connections: 2, signal: aborted.signal})) {
    events.push(event)
    if (events.length === 2) aborted.abort()
  }
  expect(events.slice(2).map(facts)).toEqual([[0, 'kept'], [1, 'kept']])
  expect(await collect(hold({host: '127.0.0.1', port: 1, signal: AbortSignal.abort()}))).toEqual([])
})

test('a consumer that leaves closes the connections', async () => {
  let closed = (): void => {}
  const isClosed = new Promise<void>((resolve) => (closed = resolve))
  const at = await target((socket) => void socket.on('data', () => socket.write('one\n')).on('end', () => closed()))
  for await (const event of hold(at)) if (event.type === 'opened') break
  await isClosed
})

test('over TLS, after a greeting, from a source', async () => {
  const at = await tlsTarget((socket) => {
    socket.write('220 v1\n')
    socket.on('data', (chunk) => socket.write(`one ${chunk}`, () => socket.end()))
  })
  const events = await collect(hold({...at, tls: {ca: CERTIFICATE}, readFirst: true, sources: ['127.0.0.1']}))
  expect(events.map(facts)).toEqual([[0, 'opened'], [0, 'cut', 'FIN']])
  expect(events[0]).toMatchObject({reply: '220 v1\none 0\n', source: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string})
})
