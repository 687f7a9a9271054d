import type {Socket} from 'node:net'
import {performance} from 'node:perf_hooks'
import type {Duplex} from 'node:stream'
import type {Endpoint} from '../../routing/routing.js'
import type {Account} from '../account.js'
import {Claim, type Claimant} from '../claim.js'
import type {ResponseFlag} from '../engine.js'
import {formatHostPort} from '../host-port.js'
import {dial, keepAlive, newUpstream} from '../upstream/dial.js'
import {needsSetUp, setUp} from '../upstream/set-up.js'
import type {Way} from '../way.js'
import type {Connection} from './connection.js'
import type {ConnectionContext} from './connection-context.js'
import {disown, own, type OwnedStream} from './socket-handlers.js'

/**
 * A connection's way to an endpoint of the cluster that was drawn for it: a place under `maxConnections`, the endpoint, TCP, and what the endpoint
 * must hear first. Ends in the connection's `reached` or its `abort`, and no other endpoint is tried (Envoy max_connect_attempts 1).
 */
export class Outbound implements Claimant {
  /** What the connection writes to and reads from; another one once TLS or a tunnel is on it. */
  stream: OwnedStream | undefined
  isConnecting = false
  readonly #claim: Claim

  constructor(
    private readonly connection: Connection,
    private readonly account: Account,
    private readonly context: ConnectionContext,
    private readonly way: Way,
  ) {
    this.#claim = new Claim(way, account, context)
  }

  get isGone(): boolean {
    return this.connection.client.destroyed
  }

  open(): void {
    this.#claim.begin(this)
  }

  refuse(flags: ResponseFlag): void {
    this.connection.abort(flags)
  }

  connectTo(endpoint: Endpoint): void {
    const {cluster} = this.way
    this.account.upstream = formatHostPort(endpoint.address, endpoint.port)
    this.isConnecting = true
    if (cluster.tls?.problem !== undefined) return this.fail(new Error(cluster.tls.problem))
    this.connection.limits.awaiting('connect', performance.now() + cluster.connectTimeoutMs)
    const socket = newUpstream()
    this.stream = socket
    own(socket, 'upstream', this.connection)
    socket.on('connect', onConnect)
    dial(socket, endpoint)
  }

  /** Without an error, the connect timeout has passed. */
  fail(error: NodeJS.ErrnoException | undefined): void {
    this.isConnecting = false
    this.connection.limits.arrived()
    this.#claim.failed(error)
    this.connection.abort('UF,URX')
  }

  /** TCP is connected; the connect timeout holds for what else the endpoint must hear, too. */
  connected(socket: Socket): void {
    const {cluster, route} = this.way
    if (!this.isConnecting) return
    if (cluster.keepalive !== undefined) keepAlive(socket, cluster.keepalive)
    if (this.context.onAccess !== undefined) this.#noteLocal(socket)
    if (!needsSetUp(cluster, route.tunnel)) return this.#arrive()
    setUp(socket, {cluster, tunnel: route.tunnel, ends: this.account.ends, tlsClients: this.context.tlsClients}, {
      onReplaced: (stream) => this.#replace(stream, socket),
      onReady: () => this.#arrive(),
      onFailed: (error) => this.isConnecting && this.fail(error),
    })
  }

  /** Gives back what it has taken; called when both sides are closed. */
  end(): void {
    this.#claim.release()
  }

  #arrive(): void {
    if (!this.isConnecting) return
    this.isConnecting = false
    this.connection.limits.arrived()
    this.#claim.connected()
    this.connection.reached()
  }

  #replace(stream: Duplex, carrier: Socket): void {
    if (this.stream !== undefined) disown(this.stream, 'upstream')
    const owned: OwnedStream = stream
    owned.carrier = carrier
    this.stream = owned
    own(owned, 'upstream', this.connection)
  }

  #noteLocal({localAddress, localPort = 0}: Socket): void {
    if (localAddress !== undefined) this.account.upstreamLocal = formatHostPort(localAddress, localPort)
  }
}

function onConnect(this: OwnedStream & Socket): void {
  this.connection?.outbound?.connected(this)
}
