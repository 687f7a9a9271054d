import {connect, type LookupFunction, type Socket} from 'node:net'
import {connect as connectTls, type ConnectionOptions as TlsConnectionOptions} from 'node:tls'
import type {ProbeFault} from './probe-error.js'
import {encodeProxyHeader, type ProxyHeaderVersion} from '../base/proxy-header.js'

export interface OpenOptions {
  readonly host: string
  readonly port: number
  /** Names are resolved by this; by default anew by each socket. */
  readonly lookup?: LookupFunction | undefined
  /** Sent before all else, before TLS too. */
  readonly proxyHeader?: ProxyHeaderVersion | undefined
  readonly tls?: TlsConnectionOptions | undefined
}

export interface OpenEvents {
  /** The TCP connection is there. */
  connected(socket: Socket): void
  /** Bytes of the application may flow, over this socket: the same one, or the TLS socket over it. Called at once after `connected` where there is no TLS. */
  ready(socket: Socket): void
  /** Now or at any time later, perhaps more than once. */
  failed(fault: ProbeFault): void
}

/** Connects, from `localAddress` where one is given; the caller owns the returned socket and destroys it, and sets the limit of time. */
export function openSocket(options: OpenOptions, localAddress: string | undefined, events: OpenEvents): Socket {
  const {host, port, lookup, proxyHeader, tls} = options
  const socket = connect({
    host,
    port,
    allowHalfOpen: true,
    noDelay: true,
    ...(lookup === undefined ? {} : {lookup}),
    ...(localAddress === undefined ? {} : {localAddress}),
  })
  return socket
    .on('connect', () => {
      events.connected(socket)
      if (socket.destroyed) return
      if (proxyHeader !== undefined) socket.write(headerOf(socket, proxyHeader))
      if (tls === undefined) events.ready(socket)
      else secure(socket, tls, events)
    })
    .on('error', (error) => events.failed({type: 'system', error}))
}

function secure(socket: Socket, options: TlsConnectionOptions, events: OpenEvents): void {
  let isReady = false
  const secured = connectTls({...options, socket})
  secured
    .on('secureConnect', () => {
      isReady = true
      events.ready(secured)
    })
    .on('error', (error) => events.failed({type: isReady ? 'system' : 'handshake', error}))
}

function headerOf(socket: Socket, version: ProxyHeaderVersion): Buffer {
  const {localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0} = socket
  return encodeProxyHeader(version, {host: localAddress, port: localPort}, {host: remoteAddress, port: remotePort})
}

/** The local end of a connection; undefined where it was reset before it could be asked. */
export function sourceOf({localAddress: host, localPort: port}: Socket): string | undefined {
  return host === undefined || port === undefined ? undefined : formatEnd(host, port)
}

/** The far end of a connection; undefined where it was reset before it could be asked. */
export function peerOf({remoteAddress: host, remotePort: port}: Socket): string | undefined {
  return host === undefined || port === undefined ? undefined : formatEnd(host, port)
}

function formatEnd(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
