import {once} from 'node:events'
import {connect, createServer, type Server, type Socket} from 'node:net'
import {setTimeout as delay} from 'node:timers/promises'
import {Worker} from 'node:worker_threads'
import type {Endpoint} from '../../src/routing/routing.js'

/** Which of vitest's processes this is: those of one run never meet, and those of other runs differ in their pids. */
const POOL = Number(process.env['VITEST_POOL_ID'] ?? 0)
let count = 0

/** A loopback address that no other test, nor another run of the tests, listens on. */
export function freshAddress(): string {
  return `127.${80 + 16 * (POOL % 2) + ((process.pid >> 8) & 15)}.${process.pid & 255}.${++count}`
}

export interface Backend extends Endpoint {
  readonly sockets: Set<Socket>
  /** The next connection. */
  accepted(): Promise<Socket>
  close(): void
}

/** A server at a port of its own that calls `serve` for each connection; errors are the connection's, never the test's. */
export async function backend(serve: (socket: Socket) => void = () => undefined, options: {pauseOnConnect?: boolean} = {}): Promise<Backend> {
  const sockets = new Set<Socket>()
  const server = createServer({allowHalfOpen: true, ...options}, (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    serve(socket)
  })
  const {port} = await listening(server, '127.0.0.1', 0)
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return {address: '127.0.0.1', port, sockets, close, accepted: async () => ((await once(server, 'connection')) as [Socket])[0]}
}

/** Answers every connection with its name, then ends when the client has. */
export const named = (name: string): Promise<Backend> => backend((socket) => void socket.resume().end(name))

export const echo = (): Promise<Backend> => backend((socket) => void socket.pipe(socket))

export async function listening(server: Server, host: string, port: number): Promise<{port: number}> {
  server.listen({host, port})
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not a TCP server')
  return address
}

/** An endpoint whose accept queue is full: a connection attempt gets no answer at all. */
export async function blackHole(): Promise<Endpoint & {close(): Promise<void>}> {
  const source = `const server = require('node:net').createServer()
    server.listen({host: '127.0.0.1', port: 0, backlog: 1}, () => {
      require('node:worker_threads').parentPort.postMessage(server.address().port)
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20_000)) // never accepts
    })`
  const thread = new Worker(source, {eval: true})
  const [port] = (await once(thread, 'message')) as [number]
  const fillers = Array.from({length: 4}, () => open('127.0.0.1', port))
  await Promise.all(fillers.slice(0, 2).map((filler) => once(filler, 'connect')))
  const close = async () => {
    for (const filler of fillers) filler.destroy()
    await thread.terminate()
  }
  return {address: '127.0.0.1', port, close}
}

/** A client that half-closes like nc and whose errors wait to be asked for. */
export function open(host: string, port: number): Socket {
  const socket = connect({host, port, allowHalfOpen: true, noDelay: true})
  socket.on('error', () => undefined)
  return socket
}

/** How a connection ended: what was read, and the error code if it was an error. */
export async function ending(socket: Socket): Promise<{text: string; error?: string}> {
  const chunks: Buffer[] = []
  let error: string | undefined
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', (cause: NodeJS.ErrnoException) => (error = cause.code))
  socket.on('end', () => socket.end())
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
  return {text: Buffer.concat(chunks).toString(), ...(error === undefined ? {} : {error})}
}

/** Sends, half-closes, reads to the end. */
export async function ask(host: string, port: number, text = 'hello\n'): Promise<{text: string; error?: string}> {
  const socket = open(host, port)
  socket.end(text)
  return ending(socket)
}

/** Reads until `text` has come. */
export async function received(socket: Socket, text: string): Promise<void> {
  let got = ''
  while (!got.includes(text)) got += String(((await once(socket, 'data')) as [Buffer])[0])
}

/** Waits for a state that no event announces, e.g. a counter in another process. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(10)
}
