import {createServer, type AddressInfo, type Socket} from 'node:net'
import {afterEach} from 'vitest'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

/** Listens until the test is over and treats every connection with `serve`. */
export async function target(serve: (socket: Socket) => void, host = '127.0.0.1'): Promise<{readonly host: string; readonly port: number}> {
  const sockets = new Set<Socket>()
  const server = createServer({allowHalfOpen: true}, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    serve(socket)
  })
  closing.push(() => {
    server.close()
    sockets.forEach((socket) => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  return {host, port: (server.address() as AddressInfo).port}
}

/** Answers every chunk with a prefix, and ends after the client. */
export const echo = (prefix: string) => (socket: Socket) => void socket.on('data', (chunk) => socket.write(`${prefix} ${chunk}`)).on('end', () => socket.end())
