import {once} from 'node:events'
import {connect, type Socket} from 'node:net'
import {afterEach, describe, expect, test} from 'vitest'
import {MAX_LINE_BYTES} from '../../src/workload/echo/echo-connection.js'
import {startEchoServer, type EchoServer} from '../../src/workload/echo/echo-server.js'
import {exchange} from './exchange.js'
import {freePort} from './free-port.js'

const servers: EchoServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) if (server.type === 'listening') await server.close()
})

/** A server on free ports for the container ports asked for, and all it has printed. */
async function start(...args: string[]) {
  const printed: Buffer[] = []
  const ports = new Map<number, number>()
  for (const text of (args[0] ?? '').split(',')) ports.set(Number(text), await freePort())
  const at = (port: number) => ({host: '127.0.0.1', port: ports.get(port) ?? 0})
  const server = await startEchoServer({args, listenAt: at, log: (bytes) => printed.push(bytes)})
  servers.push(server)
  return {server, at, output: () => Buffer.concat(printed).toString()}
}

async function open(at: {readonly host: string; readonly port: number}): Promise<Socket> {
  const socket = connect({...at, allowHalfOpen: true, noDelay: true})
  await once(socket, 'connect')
  return socket
}

describe('the program', () => {
  const usage = "you should run it like: 'main [PORTS...] prefix' , please notice PORTS are comma-delineated , like  port 1[,port 2]  \n"

  const listening = 'listening on [::]:9000, prefix: one\n'

  test.each([
    {args: [], output: usage},
    {args: ['9000'], output: usage},
    {args: ['9000', 'one', 'more'], output: usage},
    {args: ['http', 'one'], output: 'failed to create listener, err: listen tcp: lookup tcp/http: unknown port\n'},
    {args: ['9000, 9001', 'one'], output: `${listening}failed to create listener, err: listen tcp: lookup tcp/ 9001: unknown port\n`},
    {args: ['70000', 'one'], output: 'failed to create listener, err: listen tcp: address 70000: invalid port\n'},
    {args: ['-1', 'one'], output: 'failed to create listener, err: listen tcp: address -1: invalid port\n'},
    {args: ['9000,9000', 'one'], output: `${listening}failed to create listener, err: listen tcp :9000: bind: address already in use\n`},
  ])('with $args it exits with 1 and says why', async ({args, output}) => {
    const {server, output: printed} = await start(...args)
    expect(server).toEqual({type: 'exited', exitCode: 1})
    expect(printed()).toBe(output)
  })

  test('it listens on all its ports', async () => {
    const {at, output} = await start('9000,9001,9002', 'one')
    const replies = await Promise.all([9000, 9001, 9002].map(async (port) => String(await exchange(at(port), `${port}\n`))))
    expect(replies).toEqual(['one 9000\n', 'one 9001\n', 'one 9002\n'])
    expect(output().startsWith('listening on [::]:9000, prefix: one\nlistening on [::]:9001, prefix: one\nlistening on [::]:9002, prefix: one\n')).toBe(true)
  })

  test('the ports it listened on are free again when one of them fails', async () => {
    const {server, at} = await start('9000,x', 'one')
    expect(server.type).toBe('exited')
    const socket = connect(at(9000))
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNREFUSED')
  })
})

describe('a connection', () => {
  test.each([
    {what: 'every line is answered', sent: 'a\nb\n', reply: 'one a\none b\n'},
    {what: 'an unfinished last line is dropped', sent: 'a\nb', reply: 'one a\n'},
    {what: 'an empty line is a line', sent: '\n', reply: 'one \n'},
    {what: 'nothing is answered with nothing', sent: '', reply: ''},
    {what: 'bytes that are no text come back as they are', sent: Buffer.from('ff00fe0d0a', 'hex'), reply: Buffer.from('6f6e6520ff00fe0d0a', 'hex')},
  ])('$what', async ({sent, reply}) => {
    const {at} = await start('9000', 'one')
    expect((await exchange(at(9000), sent)).equals(Buffer.from(reply))).toBe(true)
  })

  test('every line is logged with its answer', async () => {
    const {at, output} = await start('9000', 'one')
    await exchange(at(9000), 'a\nb\nunfinished')
    expect(output()).toBe('listening on [::]:9000, prefix: one\nrequest: a\nresponse: one a\nrequest: b\nresponse: one b\n')
  })

  test('a line that comes byte by byte is one line', async () => {
    const {at} = await start('9000', 'one')
    const socket = await open(at(9000))
    for (const byte of 'slow\n') {
      socket.write(byte)
      await new Promise(setImmediate)
    }
    const [reply] = (await once(socket, 'data')) as [Buffer]
    expect(String(reply)).toBe('one slow\n')
    socket.destroy()
  })

  test('a line longer than a megabyte ends the connection; those before it are answered', async () => {
    const {at, output} = await start('9000', 'one')
    const socket = await open(at(9000))
    socket.on('error', () => {}) // the server does not read on
    socket.write('a\n')
    const [reply] = (await once(socket, 'data')) as [Buffer]
    expect(String(reply)).toBe('one a\n')
    socket.resume().end('x'.repeat(MAX_LINE_BYTES + 1))
    await new Promise((resolve) => socket.on('close', resolve))
    expect(output()).toMatch(/failed to read data, err: line longer than 1048576 bytes\n$/)
  })

  test('a reset is logged in the words of Go', async () => {
    const {at, output} = await start('9000', 'one')
    const socket = await open(at(9000))
    const client = `127.0.0.1:${socket.localPort}`
    socket.write('a\n')
    await once(socket, 'data')
    socket.resetAndDestroy()
    await once(socket, 'close')
    await expect.poll(output).toMatch(/failed/)
    expect(output().split('\n').at(-2)).toBe(`failed to read data, err: read tcp 127.0.0.1:${at(9000).port}->${client}: read: connection reset by peer`)
  })

  test('a client that does not read is not read from either, and gets everything once it does', async () => {
    const {at, output} = await start('9000', 'one')
    const socket = await open(at(9000))
    socket.pause()
    const line = `${'x'.repeat(1023)}\n`
    let sent = 0
    while (sent < 64 * 1024) {
      sent += 1024
      if (socket.write(line.repeat(1024))) continue
      const drained = await Promise.race([once(socket, 'drain').then(() => true), new Promise((resolve) => setTimeout(resolve, 200, false))])
      if (drained === false) break
    }
    expect(sent).toBeLessThan(64 * 1024) // held back long before 64 MiB
    let received = 0
    socket.on('data', (chunk) => (received += chunk.length))
    socket.resume().end()
    await once(socket, 'end')
    expect(received).toBe(sent * ('one '.length + line.length))
    expect(output().match(/^request: x{1023}$/gm)).toHaveLength(sent)
  })
})
