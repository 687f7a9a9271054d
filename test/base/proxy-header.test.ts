import {expect, test} from 'vitest'
import {encodeProxyHeader, type Endpoint} from '../../src/base/proxy-header.js'

const end = (host: string, port: number): Endpoint => ({host, port})
const SIGNATURE = '0d0a0d0a000d0a515549540a'

test.each<[string, Endpoint, Endpoint, string]>([
  ['IPv4', end('127.0.0.2', 56324), end('127.0.0.1', 443), 'PROXY TCP4 127.0.0.2 127.0.0.1 56324 443\r\n'],
  ['IPv6', end('2001:db8::1', 1), end('::1', 65535), 'PROXY TCP6 2001:db8::1 ::1 1 65535\r\n'],
  ['a zone', end('fe80::1%lo', 1), end('fe80::2%lo', 2), 'PROXY TCP6 fe80::1 fe80::2 1 2\r\n'],
  ['mixed families', end('10.0.0.1', 1), end('::1', 2), 'PROXY TCP6 ::ffff:10.0.0.1 ::1 1 2\r\n'],
])('version 1 is a line of text: %s', (_, source, destination, line) => {
  expect(encodeProxyHeader('v1', source, destination).toString('latin1')).toBe(line)
})

test.each<[string, Endpoint, Endpoint, string]>([
  ['IPv4', end('127.0.0.2', 56324), end('127.0.0.1', 443), `2111000c${'7f000002'}${'7f000001'}${'dc04'}${'01bb'}`],
  ['IPv6', end('2001:db8::1:0', 1), end('::', 65535), `21210024${'20010db8000000000000000000010000'}${'0'.repeat(32)}${'0001'}${'ffff'}`],
  ['all groups, and an embedded IPv4', end('1:2:3:4:5:6:7:8', 1), end('::ffff:10.1.2.3', 2),
    `21210024${'00010002000300040005000600070008'}${'00000000000000000000ffff0a010203'}${'0001'}${'0002'}`],
  ['mixed families', end('10.0.0.1', 1), end('1::', 2), `21210024${'00000000000000000000ffff0a000001'}${'00010000000000000000000000000000'}${'0001'}${'0002'}`],
])('version 2 is binary: %s', (_, source, destination, bytes) => {
  expect(encodeProxyHeader('v2', source, destination).toString('hex')).toBe(SIGNATURE + bytes)
})
