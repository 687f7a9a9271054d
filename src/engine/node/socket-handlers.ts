import type {Socket} from 'node:net'
import type {Duplex} from 'node:stream'
import type {Connection} from './connection.js'

/** A stream of ours knows its connection: a field instead of closures, so that all of them share one set of handlers. */
export interface OwnedStream extends Duplex {
  connection?: Connection
  /** The socket that carries it, where it is not a socket itself or speaks TLS. */
  carrier?: Socket
}

/** Gives a stream its connection and the handlers it needs at all times. It is not read yet. */
export function own(stream: OwnedStream, side: 'client' | 'upstream', connection: Connection): void {
  stream.connection = connection
  stream.on('error', side === 'client' ? onClientError : onUpstreamError)
  stream.on('close', onClose)
}

/** Lets go of a stream that another one owns from here on; its errors are the other's. */
export function disown(stream: OwnedStream, side: 'client' | 'upstream'): void {
  stream.on('error', ignore)
  stream.removeListener('error', side === 'client' ? onClientError : onUpstreamError)
  stream.removeListener('close', onClose)
  delete stream.connection
}

/** From here on, what the two sides send goes to the other. */
export function forward(client: OwnedStream, upstream: OwnedStream): void {
  client.on('end', onClientEnd)
  client.on('data', onClientData)
  upstream.on('end', onUpstreamEnd)
  upstream.on('data', onUpstreamData)
  client.resume()
  upstream.resume()
}

function onClientData(this: OwnedStream, chunk: Buffer): void {
  const upstream = this.connection?.upstream
  if (upstream === undefined || upstream.destroyed) return
  this.connection?.addBytesFromClient(chunk.length)
  if (upstream.write(chunk)) return
  this.pause()
  upstream.on('drain', onUpstreamDrain)
}

function onUpstreamData(this: OwnedStream, chunk: Buffer): void {
  const client = this.connection?.client
  if (client === undefined || client.destroyed) return
  this.connection?.addBytesToClient(chunk.length)
  if (client.write(chunk)) return
  this.pause()
  client.on('drain', onClientDrain)
}

function onUpstreamDrain(this: OwnedStream): void {
  this.removeListener('drain', onUpstreamDrain)
  markBusy(this)
  this.connection?.client.resume()
}

function onClientDrain(this: OwnedStream): void {
  this.removeListener('drain', onClientDrain)
  markBusy(this)
  this.connection?.upstream?.resume()
}

/** A completed write counts as activity too (Envoy's idle timer). */
function markBusy({connection}: OwnedStream): void {
  if (connection !== undefined) connection.limits.isBusy = true
}

function onClientEnd(this: OwnedStream): void {
  this.connection?.upstream?.end()
}

function onUpstreamEnd(this: OwnedStream): void {
  this.connection?.client.end()
}

function onClientError(this: OwnedStream): void {
  const upstream = this.connection?.upstream
  if (upstream !== undefined) resetAfterFlush(upstream)
}

function onUpstreamError(this: OwnedStream, error: NodeJS.ErrnoException): void {
  if (this.connection === undefined) return
  if (this.connection.outbound?.isConnecting === true) this.connection.outbound.fail(error)
  else resetAfterFlush(this.connection.client)
}

function onClose(this: OwnedStream): void {
  this.connection?.closed(this)
}

function ignore(): void {}

const NOTHING = Buffer.alloc(0)

/** Passes a reset on; what had been received before it is delivered first (Envoy FlushWrite). */
function resetAfterFlush(stream: OwnedStream): void {
  const reset = () => resetNow(stream)
  if (stream.destroyed) return
  if (stream.writableLength === 0) reset()
  else if (stream.writableEnded) stream.once('finish', reset)
  else stream.write(NOTHING, reset)
}

/** A unix socket knows no reset: it is just closed. */
function resetNow(stream: OwnedStream): void {
  const socket = stream.carrier ?? (stream as OwnedStream & Socket)
  if (socket.remoteFamily === undefined) socket.destroy()
  else socket.resetAndDestroy()
}
