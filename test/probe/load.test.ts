import type {Socket} from 'node:net'
import {describe, expect, test} from 'vitest'
import {createPacer} from '../../src/probe/pacer.js'
import {runProbe, type ProbeOptions} from '../../src/probe/run.js'
import {collect} from './collect.js'
import {echo, target} from './target.js'

const DEFAULTS = {count: 1, concurrency: 1, timeoutMs: 10_000, connectTimeoutMs: 10_000, message: (index: number) => `${index}\n`}

const probe = (options: Partial<ProbeOptions> & {readonly host: string; readonly port: number}) => collect(runProbe({...DEFAULTS, ...options}))
const uniform = (ratePerSecond: number) => createPacer({ratePerSecond, arrivals: 'uniform', seed: 1})

describe('a paced probe', () => {
  test('counts latencies from the time at which a connection was meant to start', async () => {
    let nowMs = 1000 // only the server moves the clock: each answer takes it 100 ms
    const at = await target((socket) => void socket.once('data', () => ((nowMs += 100), socket.end('one'))))
    const list = await probe({...at, count: 3, pacer: uniform(100), now: () => nowMs})
    expect(list.map(({startMs, waitedMs, connectMs, totalMs}) => ({startMs, waitedMs, connectMs, totalMs}))).toEqual([
      {startMs: 0, waitedMs: 0, connectMs: 0, totalMs: 100},
      {startMs: 100, waitedMs: 90, connectMs: 90, totalMs: 190},
      {startMs: 200, waitedMs: 180, connectMs: 180, totalMs: 280},
    ])
  })

  test('starts no connection before its time, and does not wait for those before', async () => {
    const held: Socket[] = []
    const at = await target((socket) => {
      held.push(socket)
      if (held.length === 20) held.forEach((each) => each.end('one')) // the last one answers for all
    })
    const list = await probe({...at, count: 20, concurrency: 20, pacer: uniform(400)})
    const pacer = uniform(400)
    expect(list.map(({index}) => index).toSorted((a, b) => a - b)).toEqual(Array.from({length: 20}, (_, index) => index))
    expect(list.filter(({index, startMs, waitedMs = -1}) => startMs < pacer(index) || Math.abs(startMs - waitedMs - pacer(index)) > 1e-6)).toEqual([])
  })

  test('ends with its time although the next connection would come later', async () => {
    const list = await probe({...(await target(echo('one'))), count: Infinity, durationMs: 50, pacer: uniform(100)})
    expect(list.length).toBeLessThanOrEqual(5)
    expect(list.every(({startMs}) => startMs < 50)).toBe(true)
  })

  test('ends at once when it is aborted while it waits', async () => {
    const aborted = new AbortController()
    const observations = runProbe({...DEFAULTS, ...(await target(echo('one'))), count: 2, pacer: uniform(0.001), signal: aborted.signal})
    expect((await observations.next()).value).toMatchObject({index: 0, reply: 'one 0\n'})
    const next = observations.next()
    aborted.abort()
    expect(await next).toEqual({done: true, value: undefined})
  })
})

test('a duration ends the probe, and what is open then is waited for', async () => {
  let nowMs = 0
  const at = await target((socket) => void socket.once('data', () => ((nowMs += 40), socket.end('one'))))
  const list = await probe({...at, count: Infinity, durationMs: 100, now: () => nowMs})
  expect(list.map(({startMs, totalMs}) => [startMs, totalMs])).toEqual([[0, 40], [40, 40], [80, 40]])
})

test('warm-up connections come first, are marked, and do not count', async () => {
  const list = await probe({...(await target(echo('one'))), count: 3, warmup: 2})
  expect(list.map(({index, warmup}) => [index, warmup])).toEqual([[0, true], [1, true], [2, undefined], [3, undefined], [4, undefined]])
})

describe('a conversation', () => {
  const turns = {message: (index: number, nth: number) => `${index}.${nth}\n`}

  test('sends each message after the reply to the one before', async () => {
    const came: string[] = []
    const at = await target((socket) => {
      socket.on('data', (chunk) => came.push(String(chunk)))
      echo('one')(socket)
    })
    const [seen] = await probe({...at, ...turns, messages: 3})
    expect([came, seen?.reply, seen?.error]).toEqual([['0.0\n', '0.1\n', '0.2\n'], 'one 0.0\none 0.1\none 0.2\n', undefined])
    expect(seen?.messageMs?.map((ms) => ms > 0)).toEqual([true, true, true])
  })

  test('takes a reply in pieces as one, and the last without a newline', async () => {
    const parts = [['on', 'e\n'], ['two\nand more\n'], ['three']]
    const at = await target((socket) => {
      socket.setNoDelay(true)
      socket.on('data', () => void (async () => {
        for (const part of parts.shift() ?? []) await new Promise((written) => socket.write(part, written))
        if (parts.length === 0) socket.end()
      })())
    })
    const [seen] = await probe({...at, ...turns, messages: 3})
    expect([seen?.reply, seen?.messageMs?.length, seen?.error]).toEqual(['one\ntwo\nand more\nthree', 3, undefined])
  })

  test('may last longer than a reply may be long', async () => {
    const line = `${'x'.repeat(400_000)}\n`
    const at = await target((socket) => void socket.on('data', () => socket.write(line)).on('end', () => socket.end()))
    const [seen] = await probe({...at, ...turns, messages: 5})
    expect([seen?.reply.length, seen?.messageMs?.length, seen?.error]).toEqual([1024 * 1024, 5, undefined])
  })

  test('waits for the greeting where the server speaks first', async () => {
    const came: string[] = []
    const at = await target((socket) => {
      came.push('connection')
      setImmediate(() => (came.push('greeting'), socket.write('220 v1 ready\n')))
      socket.on('data', (chunk) => came.push(String(chunk))).on('data', () => socket.end('250 ok\n'))
    })
    const [seen] = await probe({...at, ...turns, readFirst: true})
    expect([came, seen?.reply, seen?.messageMs?.length, seen?.error]).toEqual([['connection', 'greeting', '0.0\n'], '220 v1 ready\n250 ok\n', 1, undefined])
  })

  const once = (reply: string) => (socket: Socket) => void socket.once('data', () => socket.write(reply))
  test.each<{what: string; serve: (socket: Socket) => void; options: Partial<ProbeOptions>; kind: string; message: string}>([
    {
      what: 'ends too early',
      serve: (socket) => void socket.once('data', () => socket.end('one\n')),
      options: {messages: 3},
      kind: 'closed', message: 'answered 1 of 3 messages and closed the connection',
    },
    {
      what: 'ends in the middle of a line',
      serve: (socket) => void socket.once('data', () => socket.end('one')),
      options: {messages: 3},
      kind: 'closed', message: 'answered 0 of 3 messages and closed the connection',
    },
    {what: 'falls silent', serve: once('one\n'), options: {messages: 3, timeoutMs: 100}, kind: 'timeout', message: 'answered 1 of 3 messages within 100 ms'},
    {what: 'does not greet', serve: () => {}, options: {readFirst: true, timeoutMs: 100}, kind: 'timeout', message: 'sent no line of greeting within 100 ms'},
    {
      what: 'greets and leaves',
      serve: (socket) => void socket.end('421 no\n'),
      options: {readFirst: true},
      kind: 'closed', message: 'did not end the line of its reply and closed the connection',
    },
    {
      what: 'answers but does not end',
      serve: once('one\n'),
      options: {messages: 1, timeoutMs: 100},
      kind: 'timeout', message: 'did not end its reply within 100 ms',
    },
  ])('with one who $what', async ({serve, options, kind, message}) => {
    const at = await target(serve)
    const [seen] = await probe({...at, ...turns, ...options})
    expect(seen?.error).toEqual({kind, message: `127.0.0.1:${at.port} ${message}`})
  })
})

test('a payload of any bytes and size arrives whole, and its reply can be had as hex', async () => {
  const payload = Buffer.from(Array.from({length: 900_000}, (_, index) => (index * 7) & 0xff))
  const [seen] = await probe({...(await target((socket) => void socket.pipe(socket))), message: () => payload, replyEncoding: 'hex'})
  expect([seen?.reply === payload.toString('hex'), seen?.error]).toEqual([true, undefined])
})

describe('sources', () => {
  test('take turns', async ({skip}) => {
    if (process.platform !== 'linux') skip('only Linux binds to all of 127/8')
    const peers: (string | undefined)[] = []
    const at = await target((socket) => (peers.push(socket.remoteAddress), echo('one')(socket)))
    const list = await probe({...at, count: 5, sources: ['127.0.0.2', '127.0.0.3']})
    expect(peers).toEqual(['127.0.0.2', '127.0.0.3', '127.0.0.2', '127.0.0.3', '127.0.0.2'])
    expect(list.map(({source}) => source?.split(':')[0])).toEqual(peers)
  })

  test('that are not ours are said to be so', async () => {
    const [seen] = await probe({...(await target(echo('one'))), sources: ['192.0.2.1']})
    expect(seen?.error).toEqual({kind: 'unreachable', message: 'there is no address 192.0.2.1 here to connect from'})
  })
})

test.each(['v1', 'v2'] as const)('a PROXY header %s comes first and names both ends', async (proxyHeader) => {
  const at = await target((socket) => void socket.once('data', (first) => socket.end(first)))
  const [seen] = await probe({...at, proxyHeader, replyEncoding: 'hex', messages: 1})
  const port = Number(seen?.source?.split(':')[1])
  const v1 = Buffer.from(`PROXY TCP4 127.0.0.1 127.0.0.1 ${port} ${at.port}\r\n`).toString('hex')
  const hex = (value: number) => value.toString(16).padStart(4, '0')
  const v2 = `0d0a0d0a000d0a515549540a2111000c7f0000017f000001${hex(port)}${hex(at.port)}`
  expect(seen?.reply.startsWith(proxyHeader === 'v1' ? v1 : v2)).toBe(true)
})
