import {Socket} from 'node:net'
import type {Endpoint, Keepalive} from '../../routing/routing.js'
import {BUFFER_BYTES} from '../listening/ports.js'

const OPTIONS = {allowHalfOpen: true, noDelay: true, highWaterMark: BUFFER_BYTES}

/** A socket for `dial`; its owner attaches his handlers between the two. */
export function newUpstream(): Socket {
  return new Socket(OPTIONS)
}

/** Connects to an endpoint, be it an address or a unix socket; `connect` or `error` follows. */
export function dial(socket: Socket, {address, port}: Endpoint): void {
  if (address.startsWith('/')) socket.connect({path: address})
  else socket.connect({host: address, port, lookup: refuseName})
}

/**
 * Turns on TCP keepalive. Of the three settings only `timeMs`, the idle time before the first probe, can be set from Node; how often and how many probes
 * follow is libuv's choice (every second, ten times; the system's own in older ones).
 */
export function keepAlive(socket: Socket, {timeMs = 0}: Keepalive): void {
  socket.setKeepAlive(true, timeMs)
}

/** An endpoint is a literal address: no connection ever waits for DNS. */
function refuseName(name: string, _options: object, answer: (error: NodeJS.ErrnoException, address: string) => void): void {
  answer(Object.assign(new Error(`${name} is not an address`), {code: 'ENOTFOUND'}), '')
}
