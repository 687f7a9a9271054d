import {performance} from 'node:perf_hooks'
import type {Endpoint} from '../../routing/routing.js'
import type {Account} from '../account.js'
import {Claim, type Claimant} from '../claim.js'
import type {ResponseFlag} from '../engine.js'
import {formatHostPort} from '../host-port.js'
import type {Way} from '../way.js'
import {End} from './end.js'
import type {EpollConnection} from './epoll-connection.js'
import type {EpollContext} from './epoll-context.js'

/**
 * A connection's way to an endpoint of the cluster that was drawn for it: a place under `maxConnections`, the endpoint, TCP. Ends in the connection's
 * `reached` or its `abort`, and no other endpoint is tried (Envoy max_connect_attempts 1).
 */
export class EpollOutbound implements Claimant {
  end: End | undefined
  #isConnecting = false
  readonly #claim: Claim

  constructor(
    private readonly connection: EpollConnection,
    private readonly account: Account,
    private readonly context: EpollContext,
    private readonly way: Way,
  ) {
    this.#claim = new Claim(way, account, context)
  }

  get isGone(): boolean {
    return this.connection.hasEnded
  }

  open(): void {
    this.#claim.begin(this)
  }

  refuse(flags: ResponseFlag): void {
    this.connection.abort(flags)
  }

  connectTo(endpoint: Endpoint): void {
    if (this.context.onAccess !== undefined) this.account.upstream = formatHostPort(endpoint.address, endpoint.port)
    const {fd, error} = this.context.sockets.connect(endpoint)
    if (fd === undefined) return this.fail(error)
    this.end = new End(fd, this.connection, this.context)
    if (!this.end.watch()) return this.fail('ENOMEM')
    this.#isConnecting = true
    this.connection.limits.awaiting('connect', performance.now() + this.way.cluster.connectTimeoutMs)
  }

  /** Without an error code, the connect timeout has passed. */
  fail(code: string | undefined): void {
    this.#isConnecting = false
    this.connection.limits.arrived()
    this.#claim.failed(code === undefined ? undefined : Object.assign(new Error(code), {code, syscall: 'connect'}))
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
    this.#claim.connected()
    if (this.way.cluster.keepalive !== undefined) this.context.sockets.keepAlive(end.fd, this.way.cluster.keepalive)
    if (this.context.onAccess !== undefined) this.account.upstreamLocal = end.localName
    this.connection.reached(end)
  }

  /** Gives back what it has taken; called when both sides are closed. */
  release(): void {
    this.#claim.release()
  }
}
