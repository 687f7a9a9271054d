import {createHash} from 'node:crypto'
import {once} from 'node:events'
import type {Socket} from 'node:net'
import {expect, test} from 'vitest'
import type {Engine} from '../../src/engine/engine.js'
import {seededRandom} from '../../src/base/random.js'
import {pickCluster} from '../../src/routing/pick.js'
import type {Routing} from '../../src/routing/routing.js'
import {routingOf} from '../engine/routing-of.js'
import {ask, backend, echo, ending, freshAddress, named, open, received, until, type Backend} from '../engine/sockets.js'
import type {Bench} from './engine.js'

const PORT = 31400
const MIB = 1024 * 1024

export function forwardingContract(bench: Bench): void {
  async function through(server: Backend): Promise<{address: string; engine: Engine; client: () => Socket}> {
    const address = freshAddress()
    const engine = await bench.engine({address})
    await engine.apply(routingOf([{port: PORT, to: {v1: 1}}], {v1: {endpoints: [server]}}))
    return {address, engine, client: () => open(address, PORT)}
  }

  test('a reply that comes after the client has half-closed arrives, as `(date; sleep 1) | nc` needs it', async () => {
    const server = await bench.keep(backend((socket) => socket.on('data', () => undefined).on('end', () => socket.end('late reply\n'))))
    const {address} = await through(server)
    expect(await ask(address, PORT)).toEqual({text: 'late reply\n'})
  })

  test('a client may go on sending after the server has half-closed', async () => {
    const server = await bench.keep(backend((socket) => void socket.end('bye\n')))
    const {client} = await through(server)
    const accepted = server.accepted()
    const socket = client()
    await once(socket.resume(), 'end')
    const atServer = ending(await accepted)
    socket.end('more\n')
    expect(await atServer).toEqual({text: 'more\n'})
  })

  test('single bytes arrive one by one and in order', async () => {
    const {client} = await through(await bench.keep(echo()))
    const socket = client()
    for (const letter of 'one byte at a time') {
      const answered = received(socket, letter)
      socket.write(letter)
      await answered
    }
    socket.end()
    expect(await ending(socket)).toEqual({text: ''})
  })

  test('a server may speak first', async () => {
    const {client} = await through(await bench.keep(backend((socket) => socket.write('220 ready\n'))))
    const socket = client()
    await received(socket, '220 ready\n')
    socket.destroy()
  })

  test('100 MiB each way at once arrive unchanged', async () => {
    const server = await bench.keep(backend(() => undefined, {pauseOnConnect: true}))
    const {client} = await through(server)
    const accepted = server.accepted()
    const socket = client()
    const other = await accepted
    const [sentUp, sentDown, gotDown, gotUp] = await Promise.all([pour(socket, 1), pour(other, 2), digest(socket), digest(other)])
    expect({up: gotUp, down: gotDown}).toEqual({up: sentUp, down: sentDown})
  })

  test('a reader that stops makes the sender stop, and nothing is lost when it goes on', async () => {
    const server = await bench.keep(backend(() => undefined, {pauseOnConnect: true}))
    const {client, engine} = await through(server)
    const accepted = server.accepted()
    const socket = client()
    const other = await accepted
    socket.end(Buffer.alloc(64 * MIB, 'x'))
    const taken = async () => (await engine.stats()).clusters['v1']?.bytesFromClients ?? 0
    let before = -1
    let same = 0
    await until(async () => {
      const now = await taken()
      same = now === before ? same + 1 : 0
      before = now
      return now > 0 && same > 20
    })
    expect(before).toBeLessThan(32 * MIB) // the kernel's buffers, which are not ours to bound, and 128 KiB
    let size = 0
    other.on('data', (chunk: Buffer) => (size += chunk.length)).resume()
    await once(other, 'end')
    expect(size).toBe(64 * MIB)
    other.end()
    socket.resume()
    await once(socket, 'close')
  })

  test('a burst of 1,000 connections is served, and no descriptor stays open', async () => {
    const {address, engine} = await through(await bench.keep(echo()))
    await ask(address, PORT)
    const before = bench.descriptors()
    const answers = await Promise.all(Array.from({length: 1000}, (_, i) => ask(address, PORT, `line ${i}\n`)))
    expect(answers).toEqual(answers.map((_, i) => ({text: `line ${i}\n`})))
    await until(async () => (await engine.stats()).listeners[`0.0.0.0_${PORT}`]?.active === 0)
    await until(() => bench.descriptors() <= before)
  })

  test('with a seed, every connection goes where the seed draws it', async () => {
    const [v1, v2] = [await bench.keep(named('v1')), await bench.keep(named('v2'))]
    const address = freshAddress()
    const engine = await bench.engine({address, seed: 42})
    const routing: Routing = routingOf([{port: PORT, to: {v1: 80, v2: 20}}], {v1: {endpoints: [v1]}, v2: {endpoints: [v2]}})
    await engine.apply(routing)
    const route = routing.listeners[0]?.chains[0]?.route
    if (route === undefined) throw new Error('the routing has a route')
    const random = seededRandom(42)
    const drawn = Array.from({length: 100}, () => pickCluster(route, random).cluster)
    const answers: string[] = []
    for (let i = 0; i < 100; i++) answers.push((await ask(address, PORT)).text)
    expect(answers).toEqual(drawn)
    expect(answers.filter((answer) => answer === 'v2').length).toBe(19)
  })

  test('connections and bytes are counted, and each finished connection is recorded', async () => {
    const server = await bench.keep(backend((socket) => socket.on('data', () => undefined).on('end', () => socket.end('reply'))))
    const address = freshAddress()
    const records: Readonly<Record<string, unknown>>[] = []
    const engine = await bench.engine({address, onAccess: (record) => records.push({...record})})
    await engine.apply(routingOf([{port: PORT, to: {v1: 1}}], {v1: {endpoints: [server]}}))
    const startMs = Date.now()
    for (let i = 0; i < 3; i++) await ask(address, PORT, 'hello\n')
    await until(async () => (await engine.stats()).listeners['0.0.0.0_31400']?.active === 0)
    const bytes = {bytesFromClients: 18, bytesToClients: 15}
    expect(await engine.stats()).toEqual({
      listeners: {'0.0.0.0_31400': {accepted: 3, active: 0, noCluster: 0, noChain: 0, tlsFailed: 0}},
      clusters: {
        v1: {picked: 3, active: 0, connected: 3, connectFailed: 0, connectTimeouts: 0, noHealthyUpstream: 0, overflow: 0, ...bytes},
      },
      endpoints: {v1: {[`${server.address}:${server.port}`]: {total: 3, active: 0, connectFailed: 0}}},
      traffic: [
        {
          listener: '0.0.0.0_31400',
          chain: `default/gateway 0 ${PORT} VirtualService default/echo tcp 0`,
          cluster: 'v1',
          opened: 3,
          closed: {'-': 3},
          ...bytes,
        },
      ],
    })
    if (!bench.recordsAccess) return
    await until(() => records.length === 3)
    const record = records[0] ?? {}
    expect(record).toEqual({
      startMs: expect.any(Number),
      durationMs: expect.any(Number),
      listener: '0.0.0.0_31400',
      cluster: 'v1',
      upstream: `127.0.0.1:${server.port}`,
      upstreamLocal: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      downstreamLocal: `${address}:31400`,
      downstreamRemote: expect.stringMatching(/^127\.[\d.]+:\d+$/),
      bytesFromClient: 6,
      bytesToClient: 5,
      flags: '-',
    })
    expect(Math.abs(Number(record['startMs']) - startMs)).toBeLessThan(10_000)
  })
}

/** Sends 100 MiB that repeat only after 1 MiB and are different for each seed; the digest of what was sent. */
async function pour(socket: Socket, seed: number): Promise<string> {
  const random = seededRandom(seed)
  const block = Buffer.from(Uint32Array.from({length: MIB / 4}, () => random() * 2 ** 32).buffer)
  const hash = createHash('sha256')
  for (let i = 0; i < 100; i++) {
    hash.update(block)
    if (!socket.write(block)) await once(socket, 'drain')
  }
  socket.end()
  return hash.digest('hex')
}

async function digest(socket: Socket): Promise<string> {
  const hash = createHash('sha256')
  socket.on('data', (chunk: Buffer) => hash.update(chunk)).resume()
  await once(socket, 'end')
  return hash.digest('hex')
}
