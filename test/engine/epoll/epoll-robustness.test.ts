import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {readdirSync} from 'node:fs'
import type {Socket} from 'node:net'
import {afterEach, beforeAll, describe, expect, onTestFinished, test} from 'vitest'
import {seededRandom} from '../../../src/base/random.js'
import type {Engine} from '../../../src/engine/engine.js'
import {createEpollEngine} from '../../../src/engine/epoll/epoll-engine.js'
import {loadLibc} from '../../../src/engine/epoll/libc.js'
import {SHUT_WR} from '../../../src/engine/epoll/linux.js'
import {Sockets} from '../../../src/engine/epoll/sockets.js'
import {compiledFile, compiledRoot} from '../../help/compiled.js'
import {routingOf, type ClusterShape} from '../routing-of.js'
import {ask, backend, echo, ending, freshAddress, open, received, until} from '../sockets.js'

const PORT = 31400
const MSG_OOB = 1
const LISTENER = `0.0.0.0_${PORT}`

describe('epoll engine under stress', () => {
  const opened: {close(): unknown}[] = []
  const keep = async <T extends {close(): unknown}>(made: Promise<T>): Promise<T> => {
    opened.push(await made)
    return made
  }
  afterEach(async () => {
    for (const made of opened.splice(0).reverse()) await made.close()
  })

  async function serve(cluster: ClusterShape): Promise<{address: string; engine: Engine; isQuiet: () => Promise<boolean>}> {
    const address = freshAddress()
    const engine = await keep(createEpollEngine({address, onChange: 'drain', drainMs: 45_000}))
    await engine.apply(routingOf([{port: PORT, to: {v1: 1}}], {v1: cluster}))
    return {address, engine, isQuiet: async () => (await engine.stats()).listeners[LISTENER]?.active === 0}
  }

  /** What one end does: a random mixture of writing, half-closing, resetting, pausing and going away. */
  async function misbehave(socket: Socket, random: () => number): Promise<void> {
    socket.on('error', () => undefined)
    for (let step = 0; step < 4 && !socket.destroyed; step++) {
      const draw = Math.floor(random() * 8)
      if (draw < 4 && socket.writable) socket.write(Buffer.alloc(1 + Math.floor(random() * (draw === 0 ? 300_000 : 2000)), 'x'))
      else if (draw === 4) socket.end()
      else if (draw === 5) socket.pause()
      else if (draw === 6 && step > 1) socket.resetAndDestroy()
      else socket.resume()
      await new Promise(setImmediate)
    }
    if (random() < 0.3) socket.resetAndDestroy()
    else socket.resume().end()
  }

  test('2,000 connections whose ends write, half-close, stop reading and reset at random leave no connection and no descriptor behind', async () => {
    const random = seededRandom(20_261_121)
    const server = await keep(backend((socket) => void misbehave(socket, random)))
    const {address, engine, isQuiet} = await serve({endpoints: [server]})
    await ask(address, PORT)
    await until(isQuiet)
    const before = readdirSync('/proc/self/fd').length
    const play = async () => {
      for (let i = 0; i < 50; i++) {
        const client = open(address, PORT)
        client.on('end', () => client.end())
        await misbehave(client, random)
        if (!client.closed) await new Promise((resolve) => client.once('close', resolve))
      }
    }
    await Promise.all(Array.from({length: 40}, play))
    await until(async () => (await isQuiet()) && server.sockets.size === 0)
    await until(() => readdirSync('/proc/self/fd').length <= before)
    const {accepted} = (await engine.stats()).listeners[LISTENER] ?? {accepted: 0}
    expect(accepted).toBe(2001)
  })

  test('a fast stream does not starve the others', async () => {
    const flood = await keep(backend((socket) => pour(socket)))
    const address = freshAddress()
    const engine = await keep(createEpollEngine({address, onChange: 'drain', drainMs: 45_000}))
    await engine.apply(routingOf([{port: PORT, to: {flood: 1}}, {port: 31401, to: {echo: 1}}], {flood: {endpoints: [flood]}, echo: {endpoints: [await keep(echo())]}}))
    const fast = open(address, PORT).resume()
    const taken = async () => (await engine.stats()).clusters['flood']?.bytesToClients ?? 0
    await until(async () => (await taken()) > 1 << 24)
    for (let i = 0; i < 50; i++) expect(await ask(address, 31401, 'me too')).toEqual({text: 'me too'})
    fast.destroy()
  })

  test('writing into a connection that was reset long ago ends both sides', async () => {
    const server = await keep(backend())
    const {address, isQuiet} = await serve({endpoints: [server]})
    const accepted = server.accepted()
    const client = open(address, PORT)
    const other = await accepted
    client.end()
    await once(other.resume(), 'end')
    const end = ending(client)
    other.resetAndDestroy()
    expect(await end).toMatchObject({text: ''})
    await until(isQuiet)
  })

  test('what a slow reader has not taken when its server is gone still reaches it', async () => {
    const server = await keep(backend((socket) => socket.end(Buffer.alloc(8 << 20, 'x'))))
    const {address} = await serve({endpoints: [server]})
    const client = open(address, PORT).pause()
    await until(() => server.sockets.size === 1)
    let size = 0
    for await (const chunk of client) size += (chunk as Buffer).length
    expect(size).toBe(8 << 20)
    client.end()
  })

  test('a stream that is cut while bytes of it wait in a pipe leaves no descriptor behind', async () => {
    const server = await keep(backend(() => undefined, {pauseOnConnect: true}))
    const {address, engine, isQuiet} = await serve({endpoints: [server]})
    const before = readdirSync('/proc/self/fd').length
    const accepted = server.accepted()
    const client = open(address, PORT)
    client.write(Buffer.alloc(32 << 20))
    const other = await accepted
    const taken = async () => (await engine.stats()).clusters['v1']?.bytesFromClients ?? 0
    let last = -1
    let same = 0
    await until(async () => {
      const now = await taken()
      same = now === last ? same + 1 : 0
      last = now
      return now > 1 << 20 && same > 20
    })
    expect(readdirSync('/proc/self/fd').length).toBeGreaterThanOrEqual(before + 6) // two of the client, two of its way on, and a pipe
    other.resetAndDestroy()
    await until(async () => client.closed && (await isQuiet()))
    await until(() => readdirSync('/proc/self/fd').length <= before)
  })

  test.each(['before they are passed on', 'afterwards'])('the kernel stops reading at urgent bytes; what comes behind is not forgotten where the end comes %s', async (when) => {
    const server = await keep(backend((socket) => socket.end()))
    const {address, isQuiet} = await serve({endpoints: [server]})
    const accepted = server.accepted()
    const libc = await loadLibc()
    const {fd = -1} = new Sockets(libc).connect({address, port: PORT})
    const {address: at, bytes} = libc.allocate(8)
    const say = (text: string, flags: number) => libc.send(fd, at, bytes.write(text), flags)
    const end = () => libc.shutdown(fd, SHUT_WR)
    expect([say('before', 0), say('!', MSG_OOB), say('after', 0)]).toEqual([6, 1, 5])
    if (when === 'afterwards') await received(await accepted, 'beforeafter').then(end)
    else expect([end(), await ending(await accepted)]).toEqual([0, {text: 'beforeafter'}])
    await until(isQuiet)
    libc.close(fd)
  })

  test('IPv6 on both sides', async (context) => {
    const server = await keep(echo())
    const {engine} = await serve({endpoints: [server]})
    const [state] = await engine.apply(routingOf([{port: 31999, bind: '::1', to: {v1: 1}}], {v1: {endpoints: [{...server, address: '::ffff:127.0.0.1'}]}}))
    if (state?.error !== undefined) return context.skip(`no IPv6 here: ${state.error}`)
    expect(await ask('::1', 31999)).toEqual({text: 'hello\n'})
  })
})

function pour(socket: Socket): void {
  const block = Buffer.alloc(1 << 20)
  const more = () => {
    while (!socket.destroyed && socket.write(block));
  }
  socket.on('drain', more)
  more()
}

beforeAll(compiledRoot, 120_000) // whoever is first compiles everything

test('out of descriptors, the epoll engine lets clients wait, uses no processor for it, and serves them when some are free', async () => {
  const address = freshAddress()
  const server = await backend((socket) => void socket.once('data', () => socket.write('v1')).on('end', () => socket.end()))
  const routing = JSON.stringify(routingOf([{port: PORT, to: {v1: 1}}], {v1: {endpoints: [server]}}))
  const script = `const {createEpollEngine} = await import(${JSON.stringify(await compiledFile('engine/epoll/epoll-engine.js'))})
    const engine = await createEpollEngine({address: '${address}', onChange: 'drain', drainMs: 45000})
    await engine.apply(${routing})
    console.log('ready')
    process.stdin.on('data', () => console.log(JSON.stringify(process.cpuUsage())))`
  const child = spawn('bash', ['-c', 'ulimit -n 64 && exec "$0" "$@"', process.execPath, '--input-type=module', '-e', script], {stdio: ['pipe', 'pipe', 'inherit']})
  onTestFinished(() => {
    child.kill('SIGKILL')
    server.close()
  })
  const says = async () => String(((await once(child.stdout, 'data')) as [Buffer])[0])
  const cpuMs = async () => {
    child.stdin.write('?')
    const {user, system} = JSON.parse(await says()) as NodeJS.CpuUsage
    return (user + system) / 1000
  }
  await says()
  const clients = Array.from({length: 200}, () => open(address, PORT))
  await until(() => server.sockets.size > 5)
  const before = await cpuMs()
  const startMs = performance.now()
  await until(() => performance.now() - startMs > 500)
  expect((await cpuMs()) - before).toBeLessThan(150)
  for (const client of clients.splice(0)) client.destroy()
  await until(async () => (await ask(address, PORT)).text === 'v1')
  const client = open(address, PORT)
  const answered = received(client, 'v1')
  client.write('hello')
  await answered
  client.destroy()
})
