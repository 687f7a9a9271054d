import {expect, test} from 'vitest'
import {loopbackSources, parseSourceNetwork} from '../../src/probe/source-addresses.js'

test('loopback sources begin after the address that everybody uses', () => {
  expect(loopbackSources(3)).toEqual(['127.0.0.2', '127.0.0.3', '127.0.0.4'])
  expect(loopbackSources(300).at(-1)).toBe('127.0.1.45')
})

test.each([
  ['127.0.0.16', ['127.0.0.16']],
  ['127.0.0.17/31', ['127.0.0.16', '127.0.0.17']],
  ['127.0.0.17/30', ['127.0.0.17', '127.0.0.18']],
  ['192.168.255.255/32', ['192.168.255.255']],
])('%s is %j', (text, addresses) => expect(parseSourceNetwork(text)).toEqual(addresses))

test('the largest network has 65534 hosts', () => {
  const addresses = parseSourceNetwork('127.9.0.0/16')
  expect([addresses.length, addresses[0], addresses.at(-1)]).toEqual([65_534, '127.9.0.1', '127.9.255.254'])
})

test.each(['', '127.0.0', '::1/128', '127.0.0.1/33', '127.0.0.1/', '127.0.0.1/8/8', '127.0.0.0/8'])('the network %j is refused', (text) => {
  expect(() => parseSourceNetwork(text)).toThrow(/neither an IPv4 address nor a network|has 16777216 addresses/)
})

test.each([0, -1, 1.5, Number.NaN, 65_537])('%s sources are refused', (count) => expect(() => loopbackSources(count)).toThrow('sources are not possible'))
