import type {Socket} from 'node:net'
import type {Connection} from './connection.js'

/** A socket of ours knows its connection: a field instead of closures, so that all sockets share one set of handlers. */
export interface OwnedSocket extends Socket {
  connection?: Connection
}

/** Gives a socket its connection and its handlers, the one for errors first. Reading starts as the socket's mode says. */
export function own(socket: OwnedSocket, side: 'client' | 'upstream', connection: Connection): void {
  socket.connection = connection
  socket.on('error', side === 'client' ? onClientError : onUpstreamError)
  socket.on('close', onClose)
  socket.on('end', side === 'client' ? onClientEnd : onUpstreamEnd)
  socket.on('data', side === 'client' ? onClientData : onUpstreamData)
  if (side === 'upstream') socket.on('connect', onConnect)
}

function onConnect(this: OwnedSocket): void {
  this.connection?.connected(this)
}

function onClientData(this: OwnedSocket, chunk: Buffer): void {
  const upstream = this.connection?.upstream
  if (upstream === undefined || upstream.destroyed) return
  this.connection?.addBytesFromClient(chunk.length)
  if (upstream.write(chunk)) return
  this.pause()
  upstream.on('drain', onUpstreamDrain)
}

function onUpstreamData(this: OwnedSocket, chunk: Buffer): void {
  const client = this.connection?.client
  if (client === undefined || client.destroyed) return
  this.connection?.addBytesToClient(chunk.length)
  if (client.write(chunk)) return
  this.pause()
  client.on('drain', onClientDrain)
}

function onUpstreamDrain(this: OwnedSocket): void {
  this.removeListener('drain', onUpstreamDrain)
  markBusy(this)
  this.connection?.client.resume()
}

function onClientDrain(this: OwnedSocket): void {
  this.removeListener('drain', onClientDrain)
  markBusy(this)
  this.connection?.upstream?.resume()
}

/** A completed write counts as activity too (Envoy's idle timer). */
function markBusy({connection}: OwnedSocket): void {
  if (connection !== undefined) connection.limits.isBusy = true
}

function onClientEnd(this: OwnedSocket): void {
  this.connection?.upstream?.end()
}

function onUpstreamEnd(this: OwnedSocket): void {
  this.connection?.client.end()
}

function onClientError(this: OwnedSocket): void {
  const upstream = this.connection?.upstream
  if (upstream !== undefined) resetAfterFlush(upstream)
}

function onUpstreamError(this: OwnedSocket, error: NodeJS.ErrnoException): void {
  if (this.connection === undefined) return
  if (this.connection.isConnecting) this.connection.connectFailed(error.code)
  else resetAfterFlush(this.connection.client)
}

function onClose(this: OwnedSocket): void {
  this.connection?.socketClosed()
}

const NOTHING = Buffer.alloc(0)

/** Passes a reset on; what had been received before it is delivered first (Envoy FlushWrite). */
function resetAfterFlush(socket: OwnedSocket): void {
  const reset = () => void socket.resetAndDestroy()
  if (socket.destroyed) return
  if (socket.writableLength === 0) reset()
  else if (socket.writableEnded) socket.once('finish', reset)
  else socket.write(NOTHING, reset)
}
