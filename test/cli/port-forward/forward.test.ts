import {once} from 'node:events'
import {connect, createServer, type Server, type Socket} from 'node:net'
import {text} from 'node:stream/consumers'
import {afterEach, expect, test} from 'vitest'
import {ForwardedPort} from '../../../src/cli/port-forward/forward.js'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

async function serve(handle: (socket: Socket) => void): Promise<number> {
  const server: Server = createServer({allowHalfOpen: true}, (socket) => handle(socket.on('error', () => {})))
  closing.push(() => server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as {port: number}).port
}

async function forwardTo(port: number, {local = 0, addresses = ['127.0.0.1']} = {}) {
  const told: string[] = []
  const complained: string[] = []
  const deps = {tell: (line: string) => void told.push(line), complain: (line: string) => void complained.push(line)}
  const listen = addresses.map((address) => ({address, isOptional: true}))
  const forwarded = await ForwardedPort.open({addresses: listen, local, host: '127.0.0.1', port, remote: 9000}, deps)
  closing.push(() => forwarded?.close())
  return {forwarded, told, complained, local: Number(/:(\d+) ->/.exec(told[0] ?? '')?.[1])}
}

const dial = (port: number) => connect({host: '127.0.0.1', port, allowHalfOpen: true})

test('a free port is the same on all addresses, and each connection is told of', async () => {
  const {told, local} = await forwardTo(await serve((socket) => void socket.pipe(socket)), {addresses: ['127.0.0.1', '127.0.0.2']})
  const socket = dial(local)
  socket.end('hi')
  expect(await text(socket)).toBe('hi')
  expect(told).toEqual([`Forwarding from 127.0.0.1:${local} -> 9000`, `Forwarding from 127.0.0.2:${local} -> 9000`, `Handling connection for ${local}`])
})

test('the end of one direction leaves the other open', async () => {
  const {local} = await forwardTo(await serve((socket) => void socket.once('data', (all) => socket.once('end', () => socket.end(`got ${all}`)))))
  const socket = dial(local)
  socket.end('all')
  expect(await text(socket)).toBe('got all')
})

test('a reset goes through, and the next connection works', async () => {
  let count = 0
  const {local, complained} = await forwardTo(await serve((socket) => (count++ === 0 ? socket.once('data', () => socket.resetAndDestroy()) : socket.end('fine'))))
  const [error] = (await once(dial(local).on('connect', function (this: Socket) { this.write('x') }), 'error')) as [NodeJS.ErrnoException]
  expect(error.code).toBe('ECONNRESET')
  expect(await text(dial(local))).toBe('fine')
  expect(complained).toEqual([])
})

test('a port of the pod where nothing listens is said, and the forwarding goes on', async () => {
  const closed = await serve(() => {})
  closing.splice(0).forEach((close) => close())
  const {local, complained} = await forwardTo(closed)
  for (const _ of [1, 2]) await new Promise((closed) => dial(local).on('error', () => {}).on('close', closed))
  expect(complained).toEqual(Array(2).fill(`an error occurred forwarding ${local} -> 9000: error forwarding port 9000: connection refused`))
})

test('a port that is taken on one of two addresses is listened on at the other; on both it is not', async () => {
  const taken = await serve(() => {})
  const {forwarded, told} = await forwardTo(1, {local: taken, addresses: ['127.0.0.1', '127.0.0.2']})
  expect([forwarded !== undefined, told]).toEqual([true, [`Forwarding from 127.0.0.2:${taken} -> 9000`]])
  const again = await forwardTo(1, {local: taken, addresses: ['127.0.0.1', '127.0.0.2']})
  const why = (address: string) => `unable to create listener: Error listen tcp4 ${address}:${taken}: bind: address already in use`
  expect(again).toMatchObject({
    forwarded: undefined,
    told: [],
    complained: [`Unable to listen on port ${taken}: Listeners failed to create with the following errors: [${why('127.0.0.1')} ${why('127.0.0.2')}]`],
  })
})

test('closing ends what is open', async () => {
  const {forwarded, local} = await forwardTo(await serve((socket) => socket.write('hello')))
  const socket = dial(local)
  await once(socket, 'data')
  forwarded?.close()
  await once(socket, 'end')
})
