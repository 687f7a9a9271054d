import {describe, expect, test} from 'vitest'
import {runProbe, type ProbeOptions} from '../../src/probe/run.js'
import {collect} from './collect.js'
import {target} from './target.js'
import {CERTIFICATE, tlsTarget} from './tls-target.js'

const DEFAULTS = {count: 1, concurrency: 1, timeoutMs: 10_000, connectTimeoutMs: 10_000, message: (index: number) => `${index}\n`}
const TRUSTED = {ca: CERTIFICATE}

async function probe(options: Partial<ProbeOptions> & {readonly host: string; readonly port: number}) {
  const [seen, ...others] = await collect(runProbe({...DEFAULTS, ...options}))
  if (seen === undefined || others.length > 0) expect.fail('one observation is expected')
  return seen
}

describe('a probe over TLS', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('half-closes and reads to the end, over %s', async (maxVersion) => {
    const at = await tlsTarget((socket) => {
      let all = ''
      socket.on('data', (chunk) => (all += String(chunk))).on('end', () => socket.end(`one ${all}`))
    }, {maxVersion})
    const {reply, error, connectMs = NaN, tlsMs = NaN, firstByteMs = NaN} = await probe({...at, tls: TRUSTED})
    expect([reply, error, connectMs < tlsMs, tlsMs < firstByteMs]).toEqual(['one 0\n', undefined, true, true])
  })

  test.each([
    ['the name it is told', {...TRUSTED, servername: 'tcp-echo.example'}, 'tcp-echo.example'],
    ['no name for an address', TRUSTED, false],
  ])('sends %s, and no ALPN', async (_, tls, sent) => {
    const at = await tlsTarget((socket) => socket.end(JSON.stringify([(socket as {servername?: unknown}).servername, socket.alpnProtocol])))
    expect(JSON.parse((await probe({...at, tls})).reply)).toEqual([sent, false])
  })

  test('refuses a certificate that it cannot verify, unless told not to', async () => {
    const at = await tlsTarget((socket) => socket.end('one\n'))
    const {error} = await probe({...at, tls: {}})
    expect(error).toEqual({kind: 'tls', message: `the TLS handshake with 127.0.0.1:${at.port} failed: self-signed certificate`})
    expect((await probe({...at, tls: {rejectUnauthorized: false}})).reply).toBe('one\n')
    const wrongName = await probe({...at, tls: {...TRUSTED, servername: 'other.example'}})
    expect([wrongName.error?.kind, wrongName.error?.message]).toEqual(['tls', expect.stringContaining('other.example')])
  })

  test('says what became of a handshake', async () => {
    const plain = await target((socket) => socket.end('220 no TLS here\n'))
    const closing = await target((socket) => void socket.once('data', () => socket.end()))
    const silent = await target(() => {})
    const seen = await Promise.all([plain, closing, silent].map((at) => probe({...at, tls: {}, connectTimeoutMs: at === silent ? 100 : 10_000})))
    expect(seen.map(({error}) => error)).toEqual([
      {kind: 'tls', message: `the TLS handshake with 127.0.0.1:${plain.port} failed: wrong version number`},
      {kind: 'closed', message: `127.0.0.1:${closing.port} closed the connection during the TLS handshake`},
      {kind: 'timeout', message: `no TLS handshake with 127.0.0.1:${silent.port} within 100 ms`},
    ])
  })

  test('lets go of a connection whose handshake takes too long', async () => {
    let closed = (): void => {}
    const isClosed = new Promise<void>((resolve) => (closed = resolve))
    const at = await target((socket) => void socket.resume().on('close', () => closed()).on('end', () => socket.end()))
    await probe({...at, tls: {}, connectTimeoutMs: 50})
    await isClosed
  })

  test('sends a PROXY header before the handshake', async () => {
    let came = ''
    const at = await target((socket) => void socket.on('data', (chunk) => {
      came += chunk.toString('latin1')
      if (/\n../s.test(came)) socket.end()
    }))
    await probe({...at, tls: {}, proxyHeader: 'v1'})
    expect(came).toMatch(/^PROXY TCP4 127\.0\.0\.1 127\.0\.0\.1 \d+ \d+\r\n\x16\x03/)
  })
})
