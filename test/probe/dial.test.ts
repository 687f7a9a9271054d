import type {lookup as systemLookup, LookupAddress} from 'node:dns'
import type {Socket} from 'node:net'
import {describe, expect, test} from 'vitest'
import {cachedLookup} from '../../src/probe/cached-lookup.js'
import {Dial, MAX_REPLY_BYTES, type Call, type DialOptions, type DialResult} from '../../src/probe/dial.js'
import {echo, target} from './target.js'

function dial(options: Partial<DialOptions & Call> & {readonly host: string; readonly port: number}): Promise<DialResult> {
  const {message = 'hi\n', ...others} = options
  return new Promise((resolve) => new Dial({timeoutMs: 10_000, connectTimeoutMs: 10_000, now: () => performance.now(), ...others}, {message}, resolve))
}

describe('a dial', () => {
  test('sends, half-closes and reads to the end', async () => {
    const at = await target(echo('one'))
    const {reply, source, error, connectMs = Number.NaN, firstByteMs = Number.NaN, totalMs} = await dial(at)
    expect({reply, error}).toEqual({reply: 'one hi\n', error: undefined})
    expect(source).toMatch(/^127\.0\.0\.1:\d+$/)
    expect([0 < connectMs, connectMs < firstByteMs, firstByteMs <= totalMs]).toEqual([true, true, true])
  })

  test.each<{what: string; serve: (socket: Socket) => void; reply: string}>([
    {what: 'a reply without a newline', serve: (socket) => void socket.end('one'), reply: 'one'},
    {what: 'a server that speaks first', serve: (socket) => void (socket.write('220 ready\n'), echo('one')(socket)), reply: '220 ready\none hi\n'},
    {what: 'a reply in many pieces, one of them half a character', serve: (socket) => pieces(socket, [Buffer.from([0xc3]), Buffer.from([0xa9])]), reply: 'é'},
  ])('$what is read whole', async ({serve, reply}) => {
    const result = await dial(await target(serve))
    expect([result.reply, result.error]).toEqual([reply, undefined])
  })

  test('an IPv6 literal', async ({skip}) => {
    const at = await target(echo('one'), '::1').catch(() => skip('this machine has no IPv6'))
    const {reply, source} = await dial(at)
    expect(reply).toBe('one hi\n')
    expect(source).toMatch(/^\[::1\]:\d+$/)
  })

  test('a host name', async () => {
    const {port} = await target(echo('one'))
    expect((await dial({host: 'localhost', port})).reply).toBe('one hi\n')
  })
})

describe('a dial that fails', () => {
  const longest = 'x'.repeat(MAX_REPLY_BYTES)
  const reset = (socket: Socket) => void socket.once('data', () => socket.resetAndDestroy())

  test('refused', async () => {
    const {totalMs, ...result} = await dial({host: '127.0.0.1', port: 1})
    expect(result).toEqual({reply: '', error: {kind: 'refused', message: '127.0.0.1:1 refused the connection'}})
    expect(totalMs).toBeGreaterThan(0)
  })

  test.each<{what: string; serve: (socket: Socket) => void; reply: string; kind: string; message: string}>([
    {what: 'never answers', serve: () => {}, reply: '', kind: 'timeout', message: 'did not end its reply within 100 ms'},
    {what: 'answers without end', serve: (socket) => void socket.write('half'), reply: 'half', kind: 'timeout', message: 'did not end its reply within 100 ms'},
    {what: 'accepts and closes', serve: (socket) => void socket.resume().end(), reply: '', kind: 'closed', message: 'closed the connection without a reply'},
    {what: 'accepts and resets', serve: reset, reply: '', kind: 'reset', message: 'reset the connection'},
    {what: 'talks for ever', serve: chatter, reply: longest, kind: 'closed', message: 'is longer than 1048576 bytes; the rest was not read'},
  ])('one who $what', async ({serve, reply, kind, message}) => {
    const at = await target(serve)
    const result = await dial({...at, timeoutMs: kind === 'timeout' ? 100 : 10_000})
    expect([result.reply === reply, result.error]).toEqual([true, {kind, message: expect.stringContaining(message) as string}])
    expect(result.error?.message).toContain(`127.0.0.1:${at.port}`)
    expect(result.connectMs).toBeGreaterThan(0)
  })

  test('a reset after half of the reply keeps the half', async () => {
    const at = await target((socket) => {
      socket.write('half')
      socket.once('end', () => socket.resetAndDestroy()).resume() // the client ends, and has had time to read
    })
    const result = await dial({...at, message: ''})
    expect(result.error?.kind).toBe('reset')
    expect(['', 'half']).toContain(result.reply)
  })

  test('a name that does not exist', async () => {
    const lookup = cachedLookup(((_: string, __: object, callback: (error: Error, addresses: LookupAddress[]) => void) =>
      callback(Object.assign(new Error('getaddrinfo ENOTFOUND no.such'), {code: 'ENOTFOUND'}), [])) as unknown as typeof systemLookup)
    expect((await dial({host: 'no.such', port: 1, lookup})).error).toEqual({kind: 'unreachable', message: 'the name of no.such:1 cannot be resolved'})
  })

  test('no connection within its time', async () => {
    const lookup = () => {} // a resolver that never answers stands for a network that swallows packets
    const at = {host: 'slow.example', port: 1, lookup}
    const {error: ofConnect} = await dial({...at, connectTimeoutMs: 50})
    const {error: ofAll} = await dial({...at, timeoutMs: 40})
    expect([ofConnect, ofAll]).toEqual([50, 40].map((ms) => ({kind: 'timeout', message: `no connection to slow.example:1 within ${ms} ms`})))
  })
})

test('a name is asked for once', async () => {
  const {port} = await target(echo('one'))
  let asked = 0
  const lookup = cachedLookup(((_: string, __: object, callback: (error: null, addresses: LookupAddress[]) => void) => {
    asked += 1
    setImmediate(() => callback(null, [{address: '127.0.0.1', family: 4}]))
  }) as unknown as typeof systemLookup)
  const replies = await Promise.all([1, 2, 3].map(() => dial({host: 'tcp-echo.example', port, lookup})))
  expect([replies.map(({reply}) => reply), asked]).toEqual([['one hi\n', 'one hi\n', 'one hi\n'], 1])
})

function pieces(socket: Socket, chunks: readonly Buffer[]): void {
  socket.setNoDelay(true)
  socket.once('data', () => {
    void (async () => {
      for (const chunk of chunks) await new Promise((written) => socket.write(chunk, written))
      socket.end()
    })()
  })
}

function chatter(socket: Socket): void {
  const more = () => {
    if (!socket.destroyed) socket.write('x'.repeat(65_536), more)
  }
  socket.resume()
  more()
}
