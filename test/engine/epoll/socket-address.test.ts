import {expect, test} from 'vitest'
import {ADDRESS_BYTES, readSocketAddress, writeSocketAddress} from '../../../src/engine/epoll/socket-address.js'

const hex = (address: string, port: number) => {
  const into = Buffer.alloc(ADDRESS_BYTES, 0xff)
  const length = writeSocketAddress(into, {address, port})
  return length === undefined ? undefined : into.toString('hex', 0, length)
}

test.each([
  ['127.0.0.1', 31400, '02007aa87f0000010000000000000000'],
  ['::1', 80, `0a00005000000000${'00'.repeat(15)}0100000000`],
  ['fd00::a:1', 65_535, `0a00ffff00000000fd00${'00'.repeat(10)}000a000100000000`],
  ['/run/x', 0, '01002f72756e2f7800'],
  ['localhost', 80, undefined],
  ['fe80::1%eth0', 80, undefined],
  [`/${'x'.repeat(106)}`, 0, `01002f${'78'.repeat(106)}00`],
  [`/${'x'.repeat(107)}`, 0, undefined],
])('%s port %d is written as the kernel has it', (address, port, expected) => {
  expect(hex(address, port)).toBe(expected)
})

test.each([
  {address: '192.0.2.7', port: 1},
  {address: 'fd00::1:0:0:2', port: 443},
  {address: '::', port: 65_535},
])('$address is read back', (place) => {
  const into = Buffer.alloc(ADDRESS_BYTES)
  writeSocketAddress(into, place)
  expect(readSocketAddress(into)).toEqual(place)
})

test('a unix socket has no address to show', () => {
  const into = Buffer.alloc(ADDRESS_BYTES)
  writeSocketAddress(into, {address: '/run/x', port: 0})
  expect(readSocketAddress(into)).toBe(undefined)
})
