import {describe, expect, test} from 'vitest'
import {seededRandom} from '../../../src/base/random.js'
import {MAX_CLIENT_HELLO_BYTES, parseClientHello} from '../../../src/engine/preamble/client-hello.js'
import {clientHello} from '../tls-fixtures.js'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const vector = (lengthSize: number, body: Buffer) => {
  const length = Buffer.alloc(lengthSize)
  length.writeUIntBE(body.length, 0, lengthSize)
  return Buffer.concat([length, body])
}
const extension = (type: number, body: Buffer) => Buffer.concat([Buffer.of(type >> 8, type & 255), vector(2, body)])
const names = (...list: Buffer[]) => extension(0, vector(2, Buffer.concat(list)))
const hostName = (name: string, type = 0) => Buffer.concat([Buffer.of(type), vector(2, Buffer.from(name, 'latin1'))])
const protocols = (...list: string[]) => extension(16, vector(2, Buffer.concat(list.map((name) => vector(1, Buffer.from(name, 'latin1'))))))
const start = Buffer.concat([hex('0303'), Buffer.alloc(32, 7), vector(1, Buffer.alloc(32, 9)), vector(2, hex('1301c02b')), vector(1, hex('00'))])
const message = (...extensions: Buffer[]) => Buffer.concat([Buffer.of(1), vector(3, Buffer.concat([start, vector(2, Buffer.concat(extensions))]))])
/** In records of `size` bytes. */
function records(handshake: Buffer, size = 16_384): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < handshake.length; at += size) parts.push(Buffer.concat([hex('160301'), vector(2, handshake.subarray(at, at + size))]))
  return Buffer.concat(parts)
}
const PADDING = extension(21, Buffer.alloc(9000))
const GOOD = message(extension(10, hex('0002001d')), names(hostName('A.Example')), protocols('h2', 'istio'))
const FOUND = {type: 'hello', hello: {serverName: 'a.example', applicationProtocols: ['h2', 'istio']}}

describe('a ClientHello', () => {
  test('of OpenSSL says its name and protocols', async () => {
    const bytes = await clientHello({servername: 'Tcp-Echo.Example', ALPNProtocols: ['istio', 'h2']})
    expect(parseClientHello(bytes)).toEqual({type: 'hello', hello: {serverName: 'tcp-echo.example', applicationProtocols: ['istio', 'h2']}})
    expect(parseClientHello(await clientHello())).toEqual({type: 'hello', hello: {}})
  })

  test.each([1, 2, 3, 4, 5, 50, 200])('is put together of records of %i bytes', (size) => {
    expect(parseClientHello(records(GOOD, size))).toEqual(FOUND)
  })

  test('that is not whole yet asks for more, never for more than it turns out to be', () => {
    const bytes = records(GOOD, 60)
    for (let length = 0; length < bytes.length; length++) {
      const answer = parseClientHello(bytes.subarray(0, length))
      expect(answer).toEqual({type: 'more', needed: expect.any(Number) as number})
      if (answer.type === 'more') expect([answer.needed > length, answer.needed <= bytes.length]).toEqual([true, true])
    }
  })

  test.each<[string, Buffer, unknown]>([
    ['no extensions at all', records(Buffer.concat([Buffer.of(1), vector(3, start)])), {type: 'hello', hello: {}}],
    ['no name', records(message(protocols('h2'))), {type: 'hello', hello: {applicationProtocols: ['h2']}}],
    ['an empty protocol', records(message(names(hostName('a')), protocols('h2', ''))), {type: 'hello', hello: {serverName: 'a'}}],
    ['an empty name', records(message(names(hostName('')))), {type: 'plain'}],
    ['two names', records(message(names(hostName('a'), hostName('b')))), {type: 'plain'}],
    ['a name of another type', records(message(names(hostName('a', 1)))), {type: 'plain'}],
    ['a name with a zero byte', records(message(names(hostName('a\0b')))), {type: 'plain'}],
    ['a name of 256 bytes', records(message(names(hostName('a'.repeat(256))))), {type: 'plain'}],
    ['an extension that ends too late', records(message(hex('0000 0010 00'))), {type: 'plain'}],
    ['bytes after its extensions', records(Buffer.concat([Buffer.of(1), vector(3, Buffer.concat([start, vector(2, Buffer.alloc(0)), hex('00')]))])), {type: 'plain'}],
    ['another handshake message', records(Buffer.concat([Buffer.of(2), vector(3, start)])), {type: 'plain'}],
    ['an empty record', hex('16 0301 0000'), {type: 'plain'}],
    ['an alert', hex('15 0301 0002 0228'), {type: 'plain'}],
    ['TLS of another major version', hex('16 0401 0004 01000000'), {type: 'plain'}],
    ['text', Buffer.from('GET / HTTP/1.1'), {type: 'plain'}],
    ['four bytes of text', Buffer.from('GET '), {type: 'more', needed: 5}],
    ['9,000 bytes of padding', records(message(PADDING, names(hostName('a')))), {type: 'hello', hello: {serverName: 'a'}}],
    ['18,000 bytes of padding', records(message(PADDING, PADDING, names(hostName('a')))), {type: 'too long'}],
    ['a length beyond the limit', hex('16 0301 0004 01 00ffff'), {type: 'too long'}],
    ['records that go on for ever', records(Buffer.concat([hex('01 003fff'), Buffer.alloc(16_000)]), 1), {type: 'too long'}],
  ])('%s', (_, bytes, answer) => {
    expect(parseClientHello(bytes)).toEqual(answer)
  })

  test('from a fuzzer never throws, asks only for bytes that are missing, and is decided within the limit', () => {
    const random = seededRandom(4)
    const draw = (below: number) => Math.floor(random() * below)
    const seen = {more: 0, hello: 0, plain: 0, 'too long': 0}
    for (let round = 0; round < 20_000; round++) {
      const bytes = Buffer.from(records(GOOD, 1 + draw(300)))
      for (let flips = draw(4); flips > 0; flips--) bytes[draw(bytes.length)] = draw(256)
      const cut = draw(3) === 0 ? bytes.subarray(draw(20), draw(bytes.length) + 1) : bytes
      const answer = parseClientHello(cut)
      seen[answer.type]++
      if (answer.type === 'more' && (answer.needed <= cut.length || answer.needed > MAX_CLIENT_HELLO_BYTES)) expect.fail(`${cut.toString('hex')}: ${answer.needed}`)
      const filled = Buffer.concat([cut, Buffer.alloc(MAX_CLIENT_HELLO_BYTES, draw(256))])
      if (parseClientHello(filled).type === 'more') expect.fail(`${cut.toString('hex')} is not decided by 16 KiB`)
    }
    expect(Object.values(seen).reduce((a, b) => a + b)).toBe(20_000)
    expect(seen.hello).toBeGreaterThan(1000)
    expect(seen.plain).toBeGreaterThan(1000)
  })
})
