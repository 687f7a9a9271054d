import type {Socket} from 'node:net'
import {performance} from 'node:perf_hooks'
import type {Duplex} from 'node:stream'
import type {Cluster, Endpoint, TcpRoute} from '../../routing/routing.js'
import type {Account} from '../account.js'
import type {ClusterLoad} from '../cluster-load.js'
import {connectFailure} from '../connect-failure.js'
import {formatHostPort} from '../host-port.js'
import {dial, keepAlive, newUpstream} from '../upstream/dial.js'
import {needsSetUp, setUp} from '../upstream/set-up.js'
import type {Connection} from './connection.js'
import type {ConnectionContext} from './connection-context.js'
import {disown, own, type OwnedStream} from './socket-handlers.js'

/**
 * A connection's way to an endpoint of the cluster that was drawn for it: a place under `maxConnections`, the endpoint, TCP, and what the endpoint
 * must hear first. Ends in the connection's `reached` or its `abort`, and no other endpoint is tried (Envoy max_connect_attempts 1).
 */
export class Outbound {
  /** What the connection writes to and reads from; another one once TLS or a tunnel is on it. */
  stream: OwnedStream | undefined
  isConnecting = false
  #load: ClusterLoad | undefined
  #endpoint: Endpoint | undefined
  #hasPermit = false

  constructor(
    private readonly connection: Connection,
    private readonly account: Account,
    private readonly context: ConnectionContext,
    private readonly way: {readonly clusterKey: string; readonly cluster: Cluster; readonly route: TcpRoute},
  ) {}

  open(): void {
    const {clusterKey, cluster} = this.way
    this.account.entered(cluster.name)
    if (cluster.maxConnections === 0) return this.#connect()
    this.context.permits.acquire(clusterKey, cluster.maxConnections, (granted) => this.#answerPermit(granted))
  }

  /** Without an error, the connect timeout has passed. */
  fail(error: NodeJS.ErrnoException | undefined): void {
    this.isConnecting = false
    this.connection.limits.arrived()
    this.account.count('connectFailed')
    if (error === undefined) this.account.count('connectTimeouts')
    else this.account.upstreamFailure = connectFailure(error)
    if (this.#endpoint !== undefined) this.#load?.connectFailed(this.#endpoint)
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
    this.#releasePermit()
    if (this.#endpoint !== undefined) this.#load?.end(this.#endpoint)
  }

  #answerPermit(granted: boolean): void {
    if (granted) this.#hasPermit = true
    if (this.connection.client.destroyed) return this.#releasePermit()
    if (granted) return this.#connect()
    this.account.count('overflow')
    this.connection.abort('UO')
  }

  #connect(): void {
    const {clusterKey, cluster, route} = this.way
    this.#load = this.context.loadOf(clusterKey)
    const endpoint = this.#load.begin(cluster, this.context.random, route.hashesSourceIp === true ? this.account.ends.source.host : undefined)
    if (endpoint === undefined) {
      this.account.count('noHealthyUpstream')
      return this.connection.abort('UH')
    }
    this.#endpoint = endpoint
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

  #arrive(): void {
    if (!this.isConnecting) return
    this.isConnecting = false
    this.connection.limits.arrived()
    this.account.count('connected')
    if (this.#endpoint !== undefined) this.#load?.connected(this.#endpoint)
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

  #releasePermit(): void {
    if (!this.#hasPermit) return
    this.#hasPermit = false
    this.context.permits.release(this.way.clusterKey)
  }
}

function onConnect(this: OwnedStream & Socket): void {
  this.connection?.outbound?.connected(this)
}
