import {describe, expect, test} from 'vitest'
import {encodeProxyHeader} from '../../../src/base/proxy-header.js'
import {seededRandom} from '../../../src/base/random.js'
import {parseProxyHeader} from '../../../src/engine/preamble/proxy-header.js'

const SIGNATURE = '0d0a0d0a000d0a515549540a'
const v2 = (rest: string) => Buffer.from(SIGNATURE + rest.replaceAll(' ', ''), 'hex')
const text = (line: string) => Buffer.from(line, 'latin1')
const end = (host: string, port: number) => ({host, port})
const MALFORMED = {type: 'malformed'}

describe('a PROXY header', () => {
  test.each(['v1', 'v2'] as const)('that our own encoder wrote is read back, %s', (version) => {
    for (const [source, destination] of [
      [end('10.1.2.3', 56324), end('192.168.0.1', 443)],
      [end('2001:db8::1', 1), end('::1', 65535)],
      [end('fe80::1:0:0:2', 0), end('::', 2)],
    ] as const) {
      const header = encodeProxyHeader(version, source, destination)
      const bytes = Buffer.concat([header, text('GET /')])
      expect(parseProxyHeader(bytes)).toEqual({type: 'header', length: header.length, ends: {source, destination}})
      for (let length = 0; length < header.length; length++) expect(parseProxyHeader(bytes.subarray(0, length)).type).toBe('more')
    }
  })

  test.each<[string, Buffer, unknown]>([
    ['UNKNOWN', text('PROXY UNKNOWN\r\nhello'), {type: 'header', length: 15}],
    ['UNKNOWN with addresses that are not looked at', text('PROXY UNKNOWN ffff::1 x 1 2\r\n'), {type: 'header', length: 29}],
    ['LOCAL', v2('20 00 0000 68656c6c6f'), {type: 'header', length: 16}],
    ['LOCAL with addresses that are not looked at', v2('20 11 000c 0a000001 0a000002 0001 0002'), {type: 'header', length: 28}],
    [
      'extensions after the addresses',
      v2('21 11 0010 0a000001 0a000002 0001 0002 04000100 68656c6c6f'),
      {type: 'header', length: 32, ends: {source: end('10.0.0.1', 1), destination: end('10.0.0.2', 2)}},
    ],
    ['no header', text('hello'), MALFORMED],
    ['TLS', Buffer.from('1603010200', 'hex'), MALFORMED],
    ['another word', text('PROXX TCP4'), MALFORMED],
    ['another family', text('PROXY UDP4 10.0.0.1 10.0.0.2 1 2\r\n'), MALFORMED],
    ['no addresses', text('PROXY TCP4\r\n'), MALFORMED],
    ['a fifth field', text('PROXY TCP4 10.0.0.1 10.0.0.2 1 2 3\r\n'), MALFORMED],
    ['an address of the other family', text('PROXY TCP4 ::1 10.0.0.2 1 2\r\n'), MALFORMED],
    ['an address that is none', text('PROXY TCP4 10.0.0.256 10.0.0.2 1 2\r\n'), MALFORMED],
    ['a port that is none', text('PROXY TCP4 10.0.0.1 10.0.0.2 65536 2\r\n'), MALFORMED],
    ['a port with a sign', text('PROXY TCP4 10.0.0.1 10.0.0.2 +1 2\r\n'), MALFORMED],
    ['a line without end', text(`PROXY TCP4 ${'1'.repeat(200)}`), MALFORMED],
    ['a line of 108 bytes', text(`PROXY UNKNOWN ${'1'.repeat(92)}\r\n`), MALFORMED],
    ['a line of 107 bytes', text(`PROXY UNKNOWN ${'1'.repeat(91)}\r\n`), {type: 'header', length: 107}],
    ['another version', v2('31 11 000c 0a000001 0a000002 0001 0002'), MALFORMED],
    ['another command', v2('22 11 000c 0a000001 0a000002 0001 0002'), MALFORMED],
    ['UDP', v2('21 12 000c 0a000001 0a000002 0001 0002'), MALFORMED],
    ['a unix socket', v2('21 31 000c 0a000001 0a000002 0001 0002'), MALFORMED],
    ['a length that cuts the addresses', v2('21 11 000b 0a000001 0a000002 0001 0002'), MALFORMED],
    ['a length that promises the most there can be', v2('21 11 ffff 0a000001'), {type: 'more', needed: 65_551}],
  ])('%s', (_, bytes, answer) => {
    expect(parseProxyHeader(bytes)).toEqual(answer)
  })

  test('from a fuzzer never throws and asks for no more than the longest header', () => {
    const random = seededRandom(9)
    const draw = (below: number) => Math.floor(random() * below)
    for (let round = 0; round < 20_000; round++) {
      const host = () => (round % 3 === 0 ? '2001:db8::7' : `10.${draw(256)}.0.1`)
      const bytes = Buffer.concat([encodeProxyHeader(round % 2 === 0 ? 'v1' : 'v2', end(host(), draw(65_536)), end(host(), draw(65_536))), Buffer.alloc(draw(40), draw(256))])
      for (let flips = draw(4); flips > 0; flips--) bytes[draw(bytes.length)] = draw(256)
      const cut = bytes.subarray(0, draw(bytes.length + 1))
      const answer = parseProxyHeader(cut)
      if (answer.type === 'more' && (answer.needed <= cut.length || answer.needed > 65_551)) expect.fail(`${cut.toString('hex')}: ${answer.needed}`)
      if (answer.type === 'header' && answer.length > cut.length) expect.fail(cut.toString('hex'))
    }
  })
})
