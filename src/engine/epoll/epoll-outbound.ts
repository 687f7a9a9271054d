import {performance} from 'node:perf_hooks'
import type {Cluster, Endpoint, TcpRoute} from '../../routing/routing.js'
import type {Account} from '../account.js'
import type {ClusterLoad} from '../cluster-load.js'
import {connectFailure} from '../connect-failure.js'
import {formatHostPort} from '../host-port.js'
import {End} from './end.js'
import type {EpollConnection} from './epoll-connection.js'
import type {EpollContext} from './epoll-context.js'

/**
 * A connection's way to an endpoint of the cluster that was drawn for it: a place under `maxConnections`, the endpoint, TCP. Ends in the connection's
 * `reached` or its `abort`, and no other endpoint is tried (Envoy max_connect_attempts 1).
 */
export class EpollOutbound {
  end: End | undefined
  #isConnecting = false
  #load: ClusterLoad | undefined
  #endpoint: Endpoint | undefined
  #hasPermit = false

  constructor(
    private readonly connection: EpollConnection,
    private readonly account: Account,
    private readonly context: EpollContext,
    private readonly way: {readonly clusterKey: string; readonly cluster: Cluster; readonly route: TcpRoute},
  ) {}

  open(): void {
    const {clusterKey, cluster} = this.way
    this.account.entered(cluster.name)
    if (cluster.maxConnections === 0) return this.#connect()
    this.context.permits.acquire(clusterKey, cluster.maxConnections, (granted) => this.#answerPermit(granted))
  }

  /** Without an error code, the connect timeout has passed. */
  fail(code: string | undefined): void {
    this.#isConnecting = false
    this.connection.limits.arrived()
    this.account.count('connectFailed')
    if (code === undefined) this.account.count('connectTimeouts')
    else this.account.upstreamFailure = connectFailure(Object.assign(new Error(code), {code, syscall: 'connect'}))
    if (this.#endpoint !== undefined) this.#load?.connectFailed(this.#endpoint)
    this.connection.abort('UF,URX')
  }

  /** Something happened to the socket that is connecting. */
  ready(): void {
    const {end} = this
    if (end === undefined || !this.#isConnecting || !end.isWritable) return
    const error = end.seesEnd ? this.context.sockets.errorOf(end.fd) : undefined
    if (error !== undefined) return this.fail(error)
    this.#isConnecting = false
    this.connection.limits.arrived()
    this.account.count('connected')
    if (this.#endpoint !== undefined) this.#load?.connected(this.#endpoint)
    if (this.way.cluster.keepalive !== undefined) this.context.sockets.keepAlive(end.fd, this.way.cluster.keepalive)
    if (this.context.onAccess !== undefined) this.account.upstreamLocal = end.localName
    this.connection.reached(end)
  }

  /** Gives back what it has taken; called when both sides are closed. */
  release(): void {
    this.#releasePermit()
    if (this.#endpoint !== undefined) this.#load?.end(this.#endpoint)
  }

  #answerPermit(granted: boolean): void {
    if (granted) this.#hasPermit = true
    if (this.connection.hasEnded) return this.#releasePermit()
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
    if (this.context.onAccess !== undefined) this.account.upstream = formatHostPort(endpoint.address, endpoint.port)
    const {fd, error} = this.context.sockets.connect(endpoint)
    if (fd === undefined) return this.fail(error)
    this.end = new End(fd, this.connection, this.context)
    if (!this.end.watch()) return this.fail('ENOMEM')
    this.#isConnecting = true
    this.connection.limits.awaiting('connect', performance.now() + cluster.connectTimeoutMs)
  }

  #releasePermit(): void {
    if (!this.#hasPermit) return
    this.#hasPermit = false
    this.context.permits.release(this.way.clusterKey)
  }
}
