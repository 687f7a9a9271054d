import {createServer, type Server} from 'node:net'
import {describe, expect, test} from 'vitest'
import {freeAddresses, parseAddressRange} from '../../src/workload/addresses/address-range.js'
import {PodAddresses} from '../../src/workload/addresses/addresses.js'
import {freePort} from './free-port.js'

describe('an address range', () => {
  test.each([
    ['127.65.0.0/16', 65_534, '127.65.0.1', '127.65.1.0', '127.65.255.254'],
    ['127.65.3.9/22', 1022, '127.65.0.1', '127.65.1.0', '127.65.3.254'],
    ['10.0.0.4/30', 2, '10.0.0.5', '10.0.1.4', '10.0.0.6'],
  ])('%s has %i addresses', (cidr, size, first, at255, last) => {
    const range = parseAddressRange(cidr)
    expect([range.size, range.at(0), range.at(255), range.at(size - 1)]).toEqual([size, first, at255, last])
  })

  test.each(['127.0.0.1', '127.0.0.0/31', '300.0.0.0/16', '', '::1/64'])('%j is none', (cidr) => {
    expect(() => parseAddressRange(cidr)).toThrow(RangeError)
  })

  test('its free addresses go round once, from where one is told to begin', () => {
    const range = parseAddressRange('10.0.0.0/29')
    const free = [...freeAddresses(range, new Set(['10.0.0.2', '10.0.0.6']), 3)].map(({address}) => address)
    expect(free).toEqual(['10.0.0.4', '10.0.0.5', '10.0.0.1', '10.0.0.3'])
  })
})

describe.skipIf(process.platform !== 'linux')('pods with addresses of their own (only Linux has all of 127/8)', () => {
  test('each gets another one and its own ports', async () => {
    const addresses = new PodAddresses({podCIDR: '127.201.0.0/16'})
    const placements = await Promise.all(['a', 'b', 'a'].map((uid) => addresses.place(uid, [9000])))
    expect(placements.map(({address, hostPorts, hostPort}) => [address, hostPorts, hostPort(9000)] as unknown[])).toEqual([
      ['127.201.0.1', undefined, 9000],
      ['127.201.0.2', undefined, 9000],
      ['127.201.0.1', undefined, 9000],
    ])
  })

  test('an address that was given back is not the next one to be given', async () => {
    const addresses = new PodAddresses({podCIDR: '127.202.0.0/30'})
    const places = []
    for (const uid of ['a', 'b', 'c']) {
      places.push((await addresses.place(uid, [])).address)
      addresses.release(uid)
    }
    expect(places).toEqual(['127.202.0.1', '127.202.0.2', '127.202.0.1'])
  })

  test('a full network is said to be full', async () => {
    const addresses = new PodAddresses({podCIDR: '127.203.0.0/30'})
    await Promise.all(['a', 'b'].map((uid) => addresses.place(uid, [])))
    await expect(addresses.place('c', [])).rejects.toMatchObject({name: 'UserError', message: 'all 2 addresses for pods are taken'})
  })

  test('an address where somebody listens on one of the ports is passed over', async () => {
    const server = await listen('127.204.0.1')
    const addresses = new PodAddresses({podCIDR: '127.204.0.0/16'})
    expect((await addresses.place('a', [9000, server.port])).address).toBe('127.204.0.2')
    server.close()
  })

  test('where somebody listens on all addresses, the container gets one and may say so itself', async () => {
    const server = await listen('0.0.0.0')
    const addresses = new PodAddresses({podCIDR: '127.205.0.0/16'})
    expect((await addresses.place('a', [server.port])).address).toBe('127.205.0.1')
    server.close()
  })
})

describe('pods that share an address', () => {
  test('each port of each pod is another free one, and stays it', async () => {
    const addresses = new PodAddresses({podCIDR: '127.65.0.0/16', ownAddresses: false})
    const [a, b, again] = await Promise.all(['a', 'b', 'a'].map((uid) => addresses.place(uid, [9000, 9001, 9000])))
    const ports = [a, b].flatMap((place) => [9000, 9001].map((port) => place?.hostPort(port)))
    expect(new Set(ports).size).toBe(4)
    expect([a?.address, b?.address]).toEqual(['127.0.0.1', '127.0.0.1'])
    expect(a?.hostPorts).toEqual({9000: ports[0], 9001: ports[1]})
    expect(a?.hostPort(8080)).toBe(8080)
    expect(again).toBe(a)
  })
})

async function listen(host: string): Promise<{readonly port: number; close(): Server}> {
  const port = await freePort(host)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  return {port, close: () => server.close()}
}
