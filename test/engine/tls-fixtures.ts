import {readFileSync} from 'node:fs'
import {connect, createServer, type ConnectionOptions, type TLSSocket, type TlsOptions} from 'node:tls'
import type {KeyPair, ServerTls} from '../../src/routing/routing.js'
import {listening, type Backend} from './sockets.js'

const read = (url: string) => readFileSync(new URL(url, import.meta.url), 'utf8')
const pair = (name: string): KeyPair => ({certificate: read(`tls/${name}.pem`), privateKey: read(`tls/${name}-key.pem`)})

export const CA = read('tls/ca.pem')
export const CRL = read('tls/crl.pem')
export const CLIENT = pair('client')
export const REVOKED = pair('revoked')
export const RSA = pair('rsa')
/** Self-signed, for `tcp-echo.example` and 127.0.0.1. */
export const SERVER: KeyPair = {certificate: read('../probe/tls/certificate.pem'), privateKey: read('../probe/tls/key.pem')}

export const SIMPLE: ServerTls = {mode: 'SIMPLE', certificates: [SERVER], minVersion: 'TLSv1.2'}

/** A client over TLS that half-closes like nc and whose errors wait to be asked for; it takes any certificate. */
export function openTls(host: string, port: number, options: ConnectionOptions = {}): TLSSocket {
  const all: ConnectionOptions & {allowHalfOpen: boolean} = {host, port, rejectUnauthorized: false, allowHalfOpen: true, ...options}
  const socket = connect(all)
  socket.on('error', () => undefined)
  return socket
}

/** An endpoint that speaks TLS and treats each connection with `serve`. */
export async function tlsBackend(serve: (socket: TLSSocket) => void, options: TlsOptions = {}): Promise<Backend> {
  const sockets = new Set<TLSSocket>()
  const server = createServer({key: SERVER.privateKey, cert: SERVER.certificate, allowHalfOpen: true, ...options}, (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    serve(socket)
  })
  server.on('tlsClientError', () => undefined)
  const {port} = await listening(server, '127.0.0.1', 0)
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  const accepted = () => new Promise<TLSSocket>((resolve) => server.once('secureConnection', resolve))
  return {address: '127.0.0.1', port, sockets: new Set(), close, accepted}
}

/** A ClientHello as OpenSSL sends it, in one record. */
export function clientHello(options: ConnectionOptions = {}): Promise<Buffer> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => undefined)
    server.removeAllListeners('connection')
    server.on('connection', (socket) => socket.once('data', (bytes: Buffer) => (socket.destroy(), server.close(), resolve(bytes))))
    server.on('listening', () => {
      const address = server.address()
      if (address !== null && typeof address === 'object') openTls('127.0.0.1', address.port, options)
    })
  })
}
