import {Socket} from 'node:net'
import {performance} from 'node:perf_hooks'
import type {Clock} from '../base/clock.js'
import type {Random} from '../base/random.js'
import {pickCluster} from '../routing/pick.js'
import type {Cluster, Endpoint, FilterChain} from '../routing/routing.js'
import type {ClusterLoad} from './cluster-load.js'
import {connectFailure} from './connect-failure.js'
import type {ClusterCounters, Counters, ListenerCounters, TrafficCounters} from './counters.js'
import type {AccessRecord, ResponseFlag} from './engine.js'
import {formatHostPort} from './host-port.js'
import type {Permits} from './permits.js'
import {BUFFER_BYTES} from './ports.js'
import {own, type OwnedSocket} from './socket-handlers.js'
import {TimeLimits} from './time-limits.js'

/** What the connections of one engine share. */
export interface ConnectionContext {
  readonly random: Random
  readonly clock: Clock
  readonly counters: Counters
  readonly permits: Permits
  /** By the cluster's key in the routing, as the counters and permits. */
  readonly loadOf: (clusterKey: string) => ClusterLoad
  /** Called once, when both sockets are closed. */
  readonly onEnd: (connection: Connection) => void
  readonly onAccess: ((record: AccessRecord) => void) | undefined
}

/** Where the connection's two ends are, as far as the access log wants it: asking the kernel costs a call each. */
interface Addresses {
  readonly downstreamLocal: string
  readonly downstreamRemote: string
  upstreamLocal?: string
}

/**
 * One client's connection from accept to the end of both sockets: picks, connects, and keeps what the shared socket handlers need.
 *
 *     client ──data/FIN/RST──▶ upstream          reading from the client starts when the upstream is connected (Envoy tcp_proxy)
 *            ◀──data/FIN/RST──
 */
export class Connection {
  upstream: OwnedSocket | undefined
  bytesFromClient = 0
  bytesToClient = 0
  readonly limits: TimeLimits
  readonly #startMs: number
  readonly #listenerCounters: ListenerCounters
  readonly #addresses: Addresses | undefined
  #cluster: Cluster | undefined
  #clusterKey = ''
  #clusterCounters: ClusterCounters | undefined
  #traffic: TrafficCounters | undefined
  #load: ClusterLoad | undefined
  #endpoint: Endpoint | undefined
  #hasPermit = false
  #isConnecting = false
  #openSockets = 1
  #flags: ResponseFlag = '-'
  #failure: string | undefined

  constructor(
    readonly client: OwnedSocket,
    readonly listener: string,
    private readonly context: ConnectionContext,
  ) {
    own(client, 'client', this)
    this.limits = new TimeLimits(performance.now())
    this.#startMs = context.clock.now()
    this.#listenerCounters = context.counters.listener(listener)
    this.#listenerCounters.accepted++
    this.#listenerCounters.active++
    if (context.onAccess !== undefined) {
      this.#addresses = {downstreamLocal: localAddress(client), downstreamRemote: formatHostPort(client.remoteAddress ?? '-', client.remotePort ?? 0)}
    }
  }

  /** Draws the cluster and connects; the order of the checks is Envoy's (NC, UO, UH, UF). */
  start(chain: FilterChain, clusters: Readonly<Record<string, Cluster>>): void {
    this.limits.follow(chain.route)
    const key = pickCluster(chain.route, this.context.random).cluster
    this.#clusterKey = key
    this.#clusterCounters = this.context.counters.cluster(key)
    this.#clusterCounters.picked++
    this.#traffic = this.context.counters.traffic(this.listener, chain, key)
    this.#traffic.opened++
    const cluster = clusters[key]
    if (cluster === undefined) return this.refuse()
    this.#cluster = cluster
    this.#clusterCounters.active++
    if (cluster.maxConnections === 0) return this.#connect(cluster)
    this.context.permits.acquire(key, cluster.maxConnections, (granted) => this.#answerPermit(cluster, granted))
  }

  /** There is no cluster for it (NC): accepted and closed. */
  refuse(): void {
    this.#listenerCounters.noCluster++
    this.abort('NC')
  }

  /** Closes both sides at once and without flushing (Envoy NoFlush). */
  abort(flags: ResponseFlag): void {
    this.#flags = flags
    this.client.destroy()
    this.upstream?.destroy()
  }

  /** Enforces the time limits; called now and then, so that no connection needs a timer. */
  sweep(nowMs: number): void {
    const reached = this.limits.check(nowMs)
    if (reached === 'connect') this.connectFailed(undefined)
    else if (reached !== undefined) this.abort(reached === 'drain' ? '-' : reached)
  }

  connected(upstream: Socket): void {
    this.#isConnecting = false
    this.limits.connected()
    if (this.#clusterCounters !== undefined) this.#clusterCounters.connected++
    if (this.#endpoint !== undefined) this.#load?.connected(this.#endpoint)
    if (this.#addresses !== undefined) this.#addresses.upstreamLocal = localAddress(upstream)
    this.client.resume()
  }

  get isConnecting(): boolean {
    return this.#isConnecting
  }

  /** No other endpoint is tried (Envoy max_connect_attempts 1). Without a code, the connect timeout has passed. */
  connectFailed(code: string | undefined): void {
    this.#isConnecting = false
    this.limits.connected()
    if (this.#clusterCounters !== undefined) {
      this.#clusterCounters.connectFailed++
      if (code === undefined) this.#clusterCounters.connectTimeouts++
    }
    if (this.#endpoint !== undefined) this.#load?.connectFailed(this.#endpoint)
    if (code !== undefined) this.#failure = connectFailure(code)
    this.abort('UF,URX')
  }

  addBytesFromClient(count: number): void {
    this.limits.isBusy = true
    this.bytesFromClient += count
    if (this.#clusterCounters !== undefined) this.#clusterCounters.bytesFromClients += count
    if (this.#traffic !== undefined) this.#traffic.bytesFromClients += count
  }

  addBytesToClient(count: number): void {
    this.limits.isBusy = true
    this.bytesToClient += count
    if (this.#clusterCounters !== undefined) this.#clusterCounters.bytesToClients += count
    if (this.#traffic !== undefined) this.#traffic.bytesToClients += count
  }

  socketClosed(): void {
    if (--this.#openSockets === 0) this.#end()
  }

  #answerPermit(cluster: Cluster, granted: boolean): void {
    if (granted) this.#hasPermit = true
    if (this.client.destroyed) return this.#releasePermit()
    if (granted) return this.#connect(cluster)
    if (this.#clusterCounters !== undefined) this.#clusterCounters.overflow++
    this.abort('UO')
  }

  #connect(cluster: Cluster): void {
    this.#load = this.context.loadOf(this.#clusterKey)
    const endpoint = this.#load.begin(cluster, this.context.random, undefined)
    if (endpoint === undefined) {
      if (this.#clusterCounters !== undefined) this.#clusterCounters.noHealthyUpstream++
      return this.abort('UH')
    }
    this.#endpoint = endpoint
    this.#isConnecting = true
    this.limits.connecting(performance.now() + cluster.connectTimeoutMs)
    this.#openSockets++
    this.upstream = new Socket(UPSTREAM_OPTIONS)
    own(this.upstream, 'upstream', this)
    this.upstream.connect({host: endpoint.address, port: endpoint.port, lookup: refuseName})
  }

  #releasePermit(): void {
    if (!this.#hasPermit) return
    this.#hasPermit = false
    this.context.permits.release(this.#clusterKey)
  }

  #end(): void {
    this.#listenerCounters.active--
    this.#releasePermit()
    if (this.#cluster !== undefined && this.#clusterCounters !== undefined) this.#clusterCounters.active--
    if (this.#endpoint !== undefined) this.#load?.end(this.#endpoint)
    if (this.#traffic !== undefined) this.#traffic.closed[this.#flags] = (this.#traffic.closed[this.#flags] ?? 0) + 1
    if (this.#addresses !== undefined) this.context.onAccess?.(this.#toRecord(this.#addresses))
    this.context.onEnd(this)
  }

  #toRecord(addresses: Addresses): AccessRecord {
    return {
      startMs: this.#startMs,
      durationMs: Math.round(performance.now() - this.limits.acceptedMs),
      listener: this.listener,
      cluster: this.#cluster?.name ?? '-',
      ...(this.#endpoint === undefined ? {} : {upstream: formatHostPort(this.#endpoint.address, this.#endpoint.port)}),
      ...addresses,
      bytesFromClient: this.bytesFromClient,
      bytesToClient: this.bytesToClient,
      flags: this.#flags,
      ...(this.#failure === undefined ? {} : {upstreamFailure: this.#failure}),
    }
  }
}

const UPSTREAM_OPTIONS = {allowHalfOpen: true, noDelay: true, highWaterMark: BUFFER_BYTES}

function localAddress({localAddress: host = '-', localPort = 0}: Socket): string {
  return formatHostPort(host, localPort)
}

/** An endpoint is a literal address: no connection ever waits for DNS. */
function refuseName(name: string, _options: object, answer: (error: NodeJS.ErrnoException, address: string) => void): void {
  answer(Object.assign(new Error(`${name} is not an address`), {code: 'ENOTFOUND'}), '')
}
