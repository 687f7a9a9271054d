import {once} from 'node:events'
import {expect, test} from 'vitest'
import type {AccessRecord, Engine} from '../../src/engine/engine.js'
import {encodeProxyHeader} from '../../src/base/proxy-header.js'
import {routingOf, type ListenerShape} from '../engine/routing-of.js'
import {ask, backend, echo, ending, freshAddress, named, open, until, type Backend} from '../engine/sockets.js'
import type {Bench} from './engine.js'

const PORT = 31400
const LISTENER = `0.0.0.0_${PORT}`
const CLIENT = {host: '203.0.113.7', port: 4711}
const FRONT = {host: '198.51.100.1', port: 443}

/** The PROXY protocol, from clients and to endpoints. */
export function proxyProtocolContract(bench: Bench): void {
  async function serve(listener: Partial<ListenerShape>, server: Promise<Backend> = echo()) {
    const address = freshAddress()
    const records: AccessRecord[] = []
    const engine: Engine = await bench.engine({address, onAccess: (record) => records.push(record)})
    await engine.apply(routingOf([{port: PORT, expectsProxyHeader: true, to: {v1: 1}, ...listener}], {v1: {endpoints: [await bench.keep(server)]}}))
    return {address, engine, records}
  }

  async function sendTo(address: string, ...parts: readonly (Buffer | string)[]) {
    const client = open(address, PORT)
    for (const part of parts) {
      client.write(part)
      await new Promise(setImmediate)
    }
    client.end()
    return ending(client)
  }

  test.each(['v1', 'v2'] as const)('the address in a header is the client, and the endpoint sees nothing of it: %s', async (version) => {
    const {address, records} = await serve({})
    const header = encodeProxyHeader(version, CLIENT, FRONT)
    expect(await sendTo(address, header, 'hello\n')).toEqual({text: 'hello\n'})
    expect(await sendTo(address, Buffer.concat([header, Buffer.from('at once\n')]))).toEqual({text: 'at once\n'})
    expect(await sendTo(address, ...Array.from(header, (byte) => Buffer.of(byte)), 'x')).toEqual({text: 'x'})
    await until(() => records.length === 3)
    for (const record of records) expect(record).toMatchObject({downstreamRemote: '203.0.113.7:4711', downstreamLocal: '198.51.100.1:443', flags: '-'})
    expect(new Set(records.map(({bytesFromClient}) => bytesFromClient))).toEqual(new Set([6, 8, 1]))
  })

  test.each([
    ['LOCAL', Buffer.from('0d0a0d0a000d0a515549540a20000000', 'hex')],
    ['UNKNOWN', Buffer.from('PROXY UNKNOWN\r\n')],
  ])('a proxy that speaks for itself is the client: %s', async (_, header) => {
    const {address, records} = await serve({})
    expect(await sendTo(address, header, 'hello\n')).toEqual({text: 'hello\n'})
    await until(() => records.length === 1)
    expect(records[0]).toMatchObject({downstreamRemote: expect.stringMatching(/^127\./) as string, downstreamLocal: `${address}:${PORT}`})
  })

  test('a server that speaks first speaks after the header', async () => {
    const {address} = await serve({}, named('welcome'))
    const client = open(address, PORT)
    client.write(encodeProxyHeader('v1', CLIENT, FRONT))
    expect(await ending(client)).toEqual({text: 'welcome'})
  })

  test.each([
    ['is no header', 'hello, is anybody there?\n', 'proxy_protocol_error'],
    ['lies about its length', Buffer.from('0d0a0d0a000d0a515549540a2111000b0a0000010a00000200010002', 'hex'), 'proxy_protocol_error'],
    ['never ends', Buffer.alloc(100_000, 'PROXY TCP4 1'), 'proxy_protocol_error'],
    ['never ends, after a family', `PROXY TCP4 ${'1'.repeat(1_000_000)}`, 'proxy_protocol_error'],
    ['announces the most and ends', Buffer.from('0d0a0d0a000d0a515549540a2111ffff0a000001', 'hex'), 'remote_close'],
    ['ends too early', 'PROXY TCP4 10.0.0.1', 'remote_close'],
  ])('a client whose header %s is closed', async (_, bytes, downstreamFailure) => {
    const {address, engine, records} = await serve({})
    expect((await sendTo(address, bytes)).text).toBe('')
    await until(() => records.length === 1)
    expect(records[0]).toMatchObject({flags: '-', cluster: '-', downstreamFailure})
    expect((await engine.stats()).listeners[LISTENER]).toMatchObject({active: 0, tlsFailed: 1})
  })

  test('a header of the greatest length there can be is taken whole, and one that holds its bytes back holds up nobody else', async () => {
    const {address, engine, records} = await serve({})
    const longest = Buffer.concat([Buffer.from('0d0a0d0a000d0a515549540a2111ffff', 'hex'), Buffer.alloc(65_535)])
    const slow = [open(address, PORT), open(address, PORT)]
    slow[0]?.write(longest.subarray(0, -1))
    slow[1]?.write('PROXY TCP4 ')
    expect(await sendTo(address, longest, 'hello\n')).toEqual({text: 'hello\n'})
    expect(await sendTo(address, 'PROXY UNKNOWN\r\n', 'next\n')).toEqual({text: 'next\n'})
    expect((await engine.stats()).listeners[LISTENER]).toMatchObject({tlsFailed: 0})
    slow.forEach((client) => client.end())
    expect(await Promise.all(slow.map(ending))).toEqual([{text: ''}, {text: ''}])
    await until(() => records.length === 4)
    expect(records.filter(({downstreamFailure}) => downstreamFailure === 'remote_close')).toHaveLength(2)
  })

  test('the address in the header decides the chain', async () => {
    const [v1, v2, address] = [await bench.keep(named('v1')), await bench.keep(named('v2')), freshAddress()]
    const engine = await bench.engine({address})
    const chains = [{match: {sources: ['203.0.113.0/24']}, to: {v1: 1}}, {match: {sources: ['127.0.0.0/8']}, to: {v2: 1}}]
    await engine.apply(routingOf([{port: PORT, expectsProxyHeader: true, to: {}, chains}], {v1: {endpoints: [v1]}, v2: {endpoints: [v2]}}))
    expect(await sendTo(address, encodeProxyHeader('v2', CLIENT, FRONT))).toEqual({text: 'v1'})
    expect(await sendTo(address, 'PROXY UNKNOWN\r\n')).toEqual({text: 'v2'})
    expect(await sendTo(address, encodeProxyHeader('v2', {host: '10.0.0.1', port: 1}, FRONT))).toEqual({text: ''})
    expect((await engine.stats()).listeners[LISTENER]).toMatchObject({accepted: 3, noChain: 1})
  })

  test.each(['V1', 'V2'] as const)('an endpoint that asks for a header gets the addresses of the client first: %s', async (proxyProtocol) => {
    const server = await bench.keep(backend((socket) => void socket.pipe(socket)))
    const address = freshAddress()
    const engine = await bench.engine({address})
    await engine.apply(routingOf([{port: PORT, to: {v1: 1}}], {v1: {endpoints: [server], proxyProtocol}}))
    const client = open(address, PORT)
    await once(client, 'connect')
    const header = encodeProxyHeader(proxyProtocol === 'V1' ? 'v1' : 'v2', {host: client.localAddress ?? '', port: client.localPort ?? 0}, {host: address, port: PORT})
    client.end('hello\n')
    expect(await ending(client)).toEqual({text: `${header.toString()}hello\n`})
  })

  test('what one header said is passed on in the next', async () => {
    const address = freshAddress()
    const engine = await bench.engine({address})
    const clusters = {v1: {endpoints: [await bench.keep(echo())], proxyProtocol: 'V1' as const}}
    await engine.apply(routingOf([{port: PORT, expectsProxyHeader: true, to: {v1: 1}}, {port: 31401, to: {v1: 1}}], clusters))
    expect(await sendTo(address, encodeProxyHeader('v2', CLIENT, FRONT), 'hello\n')).toEqual({text: 'PROXY TCP4 203.0.113.7 198.51.100.1 4711 443\r\nhello\n'})
    expect((await ask(address, 31401, 'x')).text).toMatch(/^PROXY TCP4 127\.[\d.]+ 127\.[\d.]+ \d+ 31401\r\nx$/)
  })
}
