import {readFileSync} from 'node:fs'
import type {AddressInfo} from 'node:net'
import {createServer, type TLSSocket, type TlsOptions} from 'node:tls'
import {afterEach} from 'vitest'

const pem = (name: string) => readFileSync(new URL(`tls/${name}.pem`, import.meta.url))
export const CERTIFICATE = pem('certificate')

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

/** Speaks TLS until the test is over and treats every connection with `serve`. */
export async function tlsTarget(serve: (socket: TLSSocket) => void, options: TlsOptions = {}): Promise<{readonly host: string; readonly port: number}> {
  const sockets = new Set<TLSSocket>()
  const server = createServer({key: pem('key'), cert: CERTIFICATE, allowHalfOpen: true, ...options}, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    serve(socket)
  })
  closing.push(() => {
    server.close()
    sockets.forEach((socket) => socket.destroy())
  })
  await new Promise<void>((resolve) => server.on('tlsClientError', () => {}).listen(0, '127.0.0.1', resolve))
  return {host: '127.0.0.1', port: (server.address() as AddressInfo).port}
}
