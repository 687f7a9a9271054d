import {performance} from 'node:perf_hooks'
import type {Duplex} from 'node:stream'
import type {Clock} from '../base/clock.js'
import type {Random} from '../base/random.js'
import {pickCluster} from '../routing/pick.js'
import type {Cluster, Endpoint, FilterChain} from '../routing/routing.js'
import {Account} from './account.js'
import type {ClusterLoad} from './cluster-load.js'
import {connectFailure} from './connect-failure.js'
import type {Counters} from './counters.js'
import type {AccessRecord, ResponseFlag} from './engine.js'
import {formatHostPort} from './host-port.js'
import type {Permits} from './permits.js'
import type {ClientHello} from './preamble/client-hello.js'
import {inspect, PREAMBLE_TIMEOUT_MS} from './preamble/inspect.js'
import type {Preamble} from './preamble/preamble.js'
import type {ServingChain, ServingListener} from './serving.js'
import {disown, forward, own, type OwnedStream} from './socket-handlers.js'
import {TimeLimits} from './time-limits.js'
import type {TlsClients} from './tls/tls-clients.js'
import {NO_SECRET} from './tls/tls-failure.js'
import {dial, keepAlive, newUpstream} from './upstream/dial.js'
import {needsSetUp, setUp} from './upstream/set-up.js'
import type {Socket} from 'node:net'

/** What the connections of one engine share. */
export interface ConnectionContext {
  readonly random: Random
  readonly clock: Clock
  readonly counters: Counters
  readonly permits: Permits
  readonly tlsClients: TlsClients
  /** By the cluster's key in the routing, as the counters and permits. */
  readonly loadOf: (clusterKey: string) => ClusterLoad
  /** The listener as it is now, undefined where it is gone. */
  readonly servingOf: (listener: string) => ServingListener | undefined
  /** Called once, when both sockets are closed. */
  readonly onEnd: (connection: Connection) => void
  readonly onAccess: ((record: AccessRecord) => void) | undefined
}

/**
 * One client's connection from accept to the end of both sides. Each step leads to the next or to `abort`:
 *
 *     start ─▶ [preamble] ─▶ choose ─▶ enter ─▶ connect ─▶ [set up] ─▶ [client's handshake] ─▶ forward
 *
 * What is in brackets happens only where the listener, cluster or chain asks for it. A client is read no earlier than its upstream is connected
 * (Envoy tcp_proxy), not even for its TLS handshake: so an endpoint is picked for clients too whose handshake fails.
 */
export class Connection {
  client: OwnedStream
  upstream: OwnedStream | undefined
  readonly limits: TimeLimits
  readonly #account: Account
  readonly #startMs: number
  #chain: ServingChain | undefined
  #cluster: Cluster | undefined
  #clusterKey = ''
  #load: ClusterLoad | undefined
  #endpoint: Endpoint | undefined
  #hasPermit = false
  #isConnecting = false
  #openStreams = 1

  constructor(
    private readonly socket: Socket,
    private readonly accepted: ServingListener,
    private readonly context: ConnectionContext,
  ) {
    this.client = socket
    own(socket, 'client', this)
    this.#account = new Account(accepted.name, socket, context.counters)
    this.limits = new TimeLimits(this.#account.startedMs)
    this.#startMs = context.clock.now()
    if (context.onAccess !== undefined) void this.#account.ends // nobody can say once the socket is closed
  }

  start(): void {
    const {wants} = this.accepted
    if (wants === undefined) return this.#choose(this.accepted)
    this.limits.awaiting('preamble', performance.now() + PREAMBLE_TIMEOUT_MS)
    inspect(this.socket, wants, {onDecided: (preamble) => this.#inspected(preamble), onRefused: (reason) => this.#clientFailed(reason)})
  }

  /** Whether a new routing lets it go on: its listener is still there, and so is its chain or it has not got one yet. */
  mayStay(listener: ServingListener | undefined): boolean {
    return listener !== undefined && (this.#chain === undefined || listener.fingerprints.has(this.#chain.fingerprint))
  }

  /** The listener's name. */
  get listener(): string {
    return this.accepted.name
  }

  /** Closes both sides at once and without flushing (Envoy NoFlush). */
  abort(flags: ResponseFlag): void {
    this.#account.flags = flags
    this.client.destroy()
    this.upstream?.destroy()
  }

  /** Enforces the time limits; called now and then, so that no connection needs a timer. */
  sweep(nowMs: number): void {
    const reached = this.limits.check(nowMs)
    if (reached === undefined) return
    if (reached === 'preamble') this.#clientFailed('listener_filters_timeout')
    else if (reached === 'connect') this.connectFailed(undefined)
    else this.abort(reached === 'drain' ? '-' : reached)
  }

  get isConnecting(): boolean {
    return this.#isConnecting
  }

  /** No other endpoint is tried (Envoy max_connect_attempts 1). Without an error, the connect timeout has passed. */
  connectFailed(error: NodeJS.ErrnoException | undefined): void {
    this.#isConnecting = false
    this.limits.arrived()
    this.#account.count('connectFailed')
    if (error === undefined) this.#account.count('connectTimeouts')
    else this.#account.upstreamFailure = connectFailure(error)
    if (this.#endpoint !== undefined) this.#load?.connectFailed(this.#endpoint)
    this.abort('UF,URX')
  }

  addBytesFromClient(count: number): void {
    this.limits.isBusy = true
    this.#account.addBytesFromClient(count)
  }

  addBytesToClient(count: number): void {
    this.limits.isBusy = true
    this.#account.addBytesToClient(count)
  }

  closed(stream: OwnedStream): void {
    if (stream === this.upstream && this.#isConnecting) this.connectFailed(CLOSED)
    if (--this.#openStreams === 0) this.#end()
  }

  #inspected({ends, hello}: Preamble): void {
    this.limits.arrived()
    if (ends !== undefined) this.#account.ends = ends
    this.#account.serverName = hello?.serverName
    this.#choose(this.context.servingOf(this.accepted.name) ?? this.accepted, hello)
  }

  #choose(listener: ServingListener, hello?: ClientHello): void {
    this.#chain = listener.choose(() => this.#account.ends.source.host, hello)
    if (this.#chain !== undefined) return this.#enter(this.#chain.chain, listener.clusters)
    this.#account.noChain()
    this.abort('NR')
  }

  /** Draws the cluster; the order of the checks is Envoy's (NC, UO, UH, UF). */
  #enter(chain: FilterChain, clusters: Readonly<Record<string, Cluster>>): void {
    this.limits.follow(chain.route)
    const key = pickCluster(chain.route, this.context.random).cluster
    this.#account.picked(chain, key)
    const cluster = clusters[key]
    if (cluster === undefined) {
      this.#account.noCluster()
      return this.abort('NC')
    }
    this.#cluster = cluster
    this.#clusterKey = key
    this.#account.entered(cluster.name)
    if (cluster.maxConnections === 0) return this.#connect(cluster)
    this.context.permits.acquire(key, cluster.maxConnections, (granted) => this.#answerPermit(cluster, granted))
  }

  #answerPermit(cluster: Cluster, granted: boolean): void {
    if (granted) this.#hasPermit = true
    if (this.client.destroyed) return this.#releasePermit()
    if (granted) return this.#connect(cluster)
    this.#account.count('overflow')
    this.abort('UO')
  }

  #connect(cluster: Cluster): void {
    this.#load = this.context.loadOf(this.#clusterKey)
    const hashed = this.#chain?.chain.route.hashesSourceIp === true ? this.#account.ends.source.host : undefined
    const endpoint = this.#load.begin(cluster, this.context.random, hashed)
    if (endpoint === undefined) {
      this.#account.count('noHealthyUpstream')
      return this.abort('UH')
    }
    this.#endpoint = endpoint
    this.#account.upstream = formatHostPort(endpoint.address, endpoint.port)
    this.#isConnecting = true
    if (cluster.tls?.problem !== undefined) return this.connectFailed(new Error(cluster.tls.problem))
    this.limits.awaiting('connect', performance.now() + cluster.connectTimeoutMs)
    this.#openStreams++
    const socket = newUpstream()
    this.upstream = socket
    own(socket, 'upstream', this)
    socket.on('connect', onConnect)
    dial(socket, endpoint)
  }

  /** TCP is connected; the connect timeout holds for what else the endpoint must hear, too. */
  reached(socket: Socket): void {
    const [cluster, tunnel] = [this.#cluster, this.#chain?.chain.route.tunnel]
    if (cluster === undefined || !this.#isConnecting) return
    if (cluster.keepalive !== undefined) keepAlive(socket, cluster.keepalive)
    if (this.context.onAccess !== undefined && socket.localAddress !== undefined) this.#account.upstreamLocal = formatHostPort(socket.localAddress, socket.localPort ?? 0)
    if (!needsSetUp(cluster, tunnel)) return this.#connected()
    setUp(socket, {cluster, tunnel, ends: this.#account.ends, tlsClients: this.context.tlsClients}, {
      onReplaced: (stream) => this.#replaceUpstream(stream, socket),
      onReady: () => this.#connected(),
      onFailed: (error) => this.#isConnecting && this.connectFailed(error),
    })
  }

  #connected(): void {
    if (!this.#isConnecting) return
    this.#isConnecting = false
    this.limits.arrived()
    this.#account.count('connected')
    if (this.#endpoint !== undefined) this.#load?.connected(this.#endpoint)
    if (this.#chain?.chain.tls === undefined) this.#forward()
    else this.#shakeHands(this.#chain)
  }

  #shakeHands({tlsServer}: ServingChain): void {
    if (tlsServer === undefined) return this.#clientFailed(NO_SECRET)
    tlsServer.accept(this.socket, {
      onSecure: (secure) => {
        this.#account.serverName ??= typeof secure.servername === 'string' ? secure.servername : undefined
        this.#replaceClient(secure)
        this.#forward()
      },
      onFailed: (reason) => this.#clientFailed(reason),
    })
  }

  #forward(): void {
    if (this.upstream !== undefined) forward(this.client, this.upstream)
  }

  #clientFailed(reason: string | undefined): void {
    this.#account.tlsFailed()
    this.#account.downstreamFailure = reason
    this.abort('-')
  }

  #replaceClient(stream: OwnedStream): void {
    disown(this.client, 'client')
    stream.carrier = this.socket
    this.client = stream
    own(stream, 'client', this)
  }

  #replaceUpstream(stream: Duplex, carrier: Socket): void {
    if (this.upstream !== undefined) disown(this.upstream, 'upstream')
    const owned: OwnedStream = stream
    owned.carrier = carrier
    this.upstream = owned
    own(owned, 'upstream', this)
  }

  #releasePermit(): void {
    if (!this.#hasPermit) return
    this.#hasPermit = false
    this.context.permits.release(this.#clusterKey)
  }

  #end(): void {
    this.#account.close()
    this.#releasePermit()
    if (this.#endpoint !== undefined) this.#load?.end(this.#endpoint)
    this.context.onAccess?.(this.#account.toRecord(this.#startMs))
    this.context.onEnd(this)
  }
}

const CLOSED: NodeJS.ErrnoException = Object.assign(new Error('closed'), {code: 'ECONNRESET'})

function onConnect(this: OwnedStream & Socket): void {
  this.connection?.reached(this)
}
