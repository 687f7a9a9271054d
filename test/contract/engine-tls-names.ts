import type {Socket} from 'node:net'
import type {ConnectionOptions} from 'node:tls'
import {expect, test} from 'vitest'
import {seededRandom} from '../../src/base/random.js'
import type {ChainShape} from '../engine/routing-of.js'
import {backend, echo, ending, open, until} from '../engine/sockets.js'
import {clientHello, openTls, SERVER, SIMPLE, tlsBackend} from '../engine/tls-fixtures.js'
import type {Bench} from './engine.js'
import {LISTENER, PORT, serveTls, talk} from './tls-stage.js'

/** Names read of a ClientHello at the gateway's own port, without taking part in the handshake. */
export function tlsNamesContract(bench: Bench): void {
  const byName = async () => {
    const chains: ChainShape[] = [
      {to: {any: 1}},
      {match: {serverNames: ['*.example']}, to: {wild: 1}},
      {match: {serverNames: ['a.example', 'b.example']}, to: {exact: 1}},
      {match: {serverNames: ['istio.example'], applicationProtocols: ['istio']}, to: {istio: 1}},
    ]
    const names = ['any', 'wild', 'exact', 'istio']
    // each says who it is and what it got, since the bytes of the ClientHello must reach it
    const server = (name: string) => backend((socket) => void socket.once('data', (bytes: Buffer) => socket.end(`${name} ${bytes.toString('hex')}`)))
    return serveTls(bench, chains, Object.fromEntries(await Promise.all(names.map(async (name) => [name, await bench.keep(server(name))] as const))))
  }

  test('a ClientHello goes where its name says, whole and unchanged', async () => {
    const {address, records} = await byName()
    const cases: [ConnectionOptions, string][] = [
      [{servername: 'a.example'}, 'exact'],
      [{servername: 'B.Example'}, 'exact'],
      [{servername: 'c.example'}, 'wild'],
      [{servername: 'other.test'}, 'any'],
      [{}, 'any'],
      [{servername: 'istio.example', ALPNProtocols: ['h2', 'istio']}, 'istio'],
    ]
    for (const [options, name] of cases) {
      const hello = await clientHello(options)
      const client = open(address, PORT)
      client.write(hello)
      expect(await ending(client)).toEqual({text: `${name} ${hello.toString('hex')}`})
    }
    await until(() => records.length === cases.length)
    expect(records.map(({serverName = ''}) => serverName).sort()).toEqual(['', 'a.example', 'b.example', 'c.example', 'istio.example', 'other.test'])
  })

  test('a ClientHello may come byte by byte', async () => {
    const {address} = await byName()
    const hello = await clientHello({servername: 'a.example'})
    const client = open(address, PORT)
    const end = ending(client)
    for (const byte of hello) {
      client.write(Buffer.of(byte))
      await new Promise(setImmediate)
    }
    expect((await end).text).toMatch(/^exact 1603/)
  })

  test('ClientHellos from a fuzzer are all done with, and the next client is served', async () => {
    const chains: ChainShape[] = [{to: {any: 1}}, {match: {serverNames: ['a.example']}, to: {exact: 1}}, {match: {serverNames: ['b.example']}, tls: SIMPLE, to: {any: 1}}]
    const {address, engine} = await serveTls(bench, chains, {any: await bench.keep(echo()), exact: await bench.keep(echo())})
    const random = seededRandom(4)
    const draw = (below: number) => Math.floor(random() * below)
    const hellos = await Promise.all(['a.example', 'b.example'].map((servername) => clientHello({servername})))
    const clients = Array.from({length: 200}, async (_, i) => {
      const bytes = Buffer.from(hellos[i % 2] ?? '')
      for (let flips = draw(6); flips > 0; flips--) bytes[draw(bytes.length)] = draw(256)
      const client = open(address, PORT)
      const cut = draw(bytes.length)
      client.write(bytes.subarray(0, cut))
      await new Promise(setImmediate)
      client.end(bytes.subarray(cut, draw(2) === 0 ? undefined : cut + draw(20)))
      await ending(client)
    })
    await Promise.all(clients)
    expect(await talk(openTls(address, PORT, {servername: 'b.example'}))).toEqual({text: 'hello\n'})
    await until(async () => (await engine.stats()).listeners[LISTENER]?.active === 0)
    expect((await engine.stats()).listeners[LISTENER]).toMatchObject({accepted: 201, active: 0})
  })

  test('a client without TLS is served by a chain without names', async () => {
    const {address} = await byName()
    const client = open(address, PORT)
    client.write('hello')
    expect(await ending(client)).toEqual({text: `any ${Buffer.from('hello').toString('hex')}`})
  })

  test.each([
    ['no TLS', async () => Buffer.from('GET / HTTP/1.1\r\n\r\n'), undefined],
    ['another name', () => clientHello({servername: 'b.example'}), 'b.example'],
  ])('a client no chain is for is closed (NR): %s', async (_, bytes, serverName) => {
    const {address, engine, outcome} = await serveTls(bench, [{match: {serverNames: ['a.example']}, to: {v1: 1}}], {v1: await bench.keep(echo())})
    const client = open(address, PORT)
    client.write(await bytes())
    expect((await ending(client)).text).toBe('')
    expect(await outcome()).toEqual({flags: 'NR', cluster: '-', serverName, downstreamFailure: undefined})
    expect((await engine.stats()).listeners[LISTENER]).toMatchObject({accepted: 1, active: 0, noChain: 1, tlsFailed: 0})
  })

  test.each([
    ['leaves before its ClientHello is complete', (client: Socket, hello: Buffer) => client.end(hello.subarray(0, 50)), 'remote_close'],
    ['announces a ClientHello of more than 16 KiB', (client: Socket) => client.write(Buffer.from('1603010004010fffff', 'hex')), 'client_hello_too_large'],
  ])('a client that %s is closed', async (_, send, downstreamFailure) => {
    const {address, engine, outcome} = await serveTls(bench, [{match: {serverNames: ['a.example']}, to: {v1: 1}}], {v1: await bench.keep(echo())})
    const client = open(address, PORT)
    send(client, Buffer.concat([await clientHello({servername: 'a.example'}), Buffer.alloc(20)]))
    expect((await ending(client)).text).toBe('')
    expect(await outcome()).toEqual({flags: '-', cluster: '-', serverName: undefined, downstreamFailure})
    expect((await engine.stats()).listeners[LISTENER]).toMatchObject({active: 0, tlsFailed: 1})
  })

  test('TLS passes through to the endpoint, and half-close with it', async () => {
    const server = await bench.keep(tlsBackend((socket) => void socket.pipe(socket)))
    const {address} = await serveTls(bench, [{match: {serverNames: ['tcp-echo.example']}, to: {v1: 1}}], {v1: server})
    expect(await talk(openTls(address, PORT, {servername: 'tcp-echo.example', ca: SERVER.certificate, rejectUnauthorized: true}))).toEqual({text: 'hello\n'})
  })
}
