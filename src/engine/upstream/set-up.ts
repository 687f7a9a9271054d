import type {Socket} from 'node:net'
import type {Duplex} from 'node:stream'
import {encodeProxyHeader} from '../../base/proxy-header.js'
import type {Cluster} from '../../routing/routing.js'
import type {ClientEnds} from '../client-ends.js'
import type {TlsClients} from '../tls/tls-clients.js'
import {openTunnel, type Tunnel} from './tunnel.js'

/** What an endpoint must hear before the client's first byte, once TCP is connected. */
export interface SetUp {
  readonly cluster: Cluster
  readonly tunnel: Tunnel | undefined
  readonly ends: ClientEnds
  readonly tlsClients: TlsClients
}

export interface SetUpEvents {
  /** `stream` takes the socket's place and owns it. */
  readonly onReplaced: (stream: Duplex) => void
  readonly onReady: () => void
  readonly onFailed: (error: Error) => void
}

/** Whether anything has to be said to the endpoint before the bytes of the client. */
export function needsSetUp({proxyProtocol, tls}: Cluster, tunnel: Tunnel | undefined): boolean {
  return proxyProtocol !== undefined || tls !== undefined || tunnel !== undefined
}

/** PROXY header, TLS, HTTP tunnel: what the cluster and the route ask for, in this order. Errors of the sockets themselves are their owner's. */
export function setUp(socket: Socket, {cluster, tunnel, ends, tlsClients}: SetUp, events: SetUpEvents): void {
  const {proxyProtocol, tls} = cluster
  if (proxyProtocol !== undefined) socket.write(encodeProxyHeader(proxyProtocol === 'V1' ? 'v1' : 'v2', ends.source, ends.destination))
  if (tls === undefined) return enterTunnel(socket, tunnel, events)
  try {
    const secure = tlsClients.connect(socket, tls)
    events.onReplaced(secure)
    secure.once('secureConnect', () => enterTunnel(secure, tunnel, events))
  } catch (error) {
    events.onFailed(error instanceof Error ? error : new Error(String(error)))
  }
}

function enterTunnel(socket: Socket, tunnel: Tunnel | undefined, {onReplaced, onReady, onFailed}: SetUpEvents): void {
  if (tunnel === undefined) return onReady()
  openTunnel(socket, tunnel, {
    onOpen: (stream) => {
      if (stream !== socket) onReplaced(stream)
      onReady()
    },
    onFailed: (reason) => onFailed(Object.assign(new Error(reason), {code: reason})),
  })
}
