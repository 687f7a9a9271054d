import type {Socket} from 'node:net'
import type {Duplex} from 'node:stream'
import type {TcpRoute} from '../../routing/routing.js'
import {parseResponseHead, type ResponseHead} from './http-head.js'
import {PostBody} from './post-body.js'

export type Tunnel = NonNullable<TcpRoute['tunnel']>

export interface TunnelEvents {
  /** What goes through the tunnel; it owns the socket where it is another. */
  readonly onOpen: (stream: Duplex) => void
  readonly onFailed: (reason: string) => void
}

/**
 * Asks the HTTP proxy at the other end of `socket` for the tunnel's target, and calls one of `events` once, unless the socket fails before; only a 2xx
 * opens the tunnel. CONNECT hands on the bytes as they are, POST puts them into chunks (Envoy tcp_proxy `tunneling_config` over HTTP/1.1).
 */
export function openTunnel(socket: Socket, {method, target}: Tunnel, events: TunnelEvents): void {
  let bytes: Buffer = Buffer.alloc(0)
  const stop = () => {
    socket.pause()
    socket.removeListener('data', onData)
    socket.removeListener('end', onEnd)
  }
  const onData = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    const head = parseResponseHead(bytes)
    if (head === 'more') return
    stop()
    const refusal = refusalOf(head)
    if (refusal !== undefined || head === undefined) return events.onFailed(refusal ?? '')
    if (head.length < bytes.length) socket.unshift(bytes.subarray(head.length))
    events.onOpen(method === 'POST' ? new PostBody(socket, head) : socket)
  }
  const onEnd = () => {
    stop()
    events.onFailed('tunnel_closed_by_the_HTTP_proxy')
  }
  socket.on('data', onData)
  socket.on('end', onEnd)
  socket.resume()
  socket.write(requestHead({method, target}))
}

function requestHead({method, target}: Tunnel): string {
  if (method === 'POST') return `POST / HTTP/1.1\r\nhost: ${target}\r\ntransfer-encoding: chunked\r\n\r\n`
  return `CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n\r\n`
}

function refusalOf(head: ResponseHead | undefined): string | undefined {
  if (head === undefined) return 'tunnel_response_is_not_HTTP'
  return head.status >= 200 && head.status < 300 ? undefined : `tunnel_response_status_${head.status}`
}
