import type {Socket} from 'node:net'
import {performance} from 'node:perf_hooks'
import {Account} from '../account.js'
import type {ResponseFlag} from '../engine.js'
import type {ClientHello} from '../preamble/client-hello.js'
import {inspect, PREAMBLE_TIMEOUT_MS} from '../preamble/inspect.js'
import type {Preamble} from '../preamble/preamble.js'
import type {ServingChain, ServingListener} from '../serving.js'
import {TimeLimits} from '../time-limits.js'
import {NO_SECRET} from '../tls/tls-failure.js'
import {drawWay} from '../way.js'
import type {ConnectionContext} from './connection-context.js'
import {Outbound} from './outbound.js'
import {disown, forward, own, type OwnedStream} from './socket-handlers.js'

/**
 * One client's connection from accept to the end of both sides. Each step leads to the next or to `abort`:
 *
 *     start ─▶ [preamble] ─▶ choose ─▶ enter ─▶ Outbound ─▶ reached ─▶ [client's handshake] ─▶ forward
 *
 * What is in brackets happens only where the listener or chain asks for it. A client is read no earlier than its upstream is connected
 * (Envoy tcp_proxy), not even for its TLS handshake: so an endpoint is picked for clients too whose handshake fails.
 */
export class Connection {
  /** The socket, or what TLS makes of it. */
  client: OwnedStream
  outbound: Outbound | undefined
  readonly limits: TimeLimits
  readonly #account: Account
  readonly #startMs: number
  #chain: ServingChain | undefined
  #isClientClosed = false
  #isUpstreamClosed = false

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

  get upstream(): OwnedStream | undefined {
    return this.outbound?.stream
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
    else if (reached === 'connect') this.outbound?.fail(undefined)
    else this.abort(reached === 'drain' ? '-' : reached)
  }

  /** The endpoint is ready for the client's bytes. */
  reached(): void {
    if (this.#chain?.chain.tls === undefined) this.#forward()
    else this.#shakeHands(this.#chain)
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
    if (stream === this.client) this.#isClientClosed = true
    else this.#isUpstreamClosed = true
    if (stream !== this.client && this.outbound?.isConnecting === true) this.outbound.fail(CLOSED)
    if (this.#isClientClosed && (this.#isUpstreamClosed || this.upstream === undefined)) this.#end()
  }

  #inspected({ends, hello}: Preamble): void {
    this.limits.arrived()
    if (ends !== undefined) this.#account.ends = ends
    this.#account.serverName = hello?.serverName
    this.#choose(this.context.servingOf(this.accepted.name) ?? this.accepted, hello)
  }

  /** Draws the cluster; the order of the checks is Envoy's (NR, NC, UO, UH, UF). */
  #choose(listener: ServingListener, hello?: ClientHello): void {
    this.#chain = listener.choose(() => this.#account.ends.source.host, hello)
    if (this.#chain === undefined) {
      this.#account.noChain()
      return this.abort('NR')
    }
    const {chain} = this.#chain
    this.limits.follow(chain.route)
    const way = drawWay(chain, listener.clusters, {account: this.#account, random: this.context.random})
    if (way === undefined) return this.abort('NC')
    this.outbound = new Outbound(this, this.#account, this.context, way)
    this.outbound.open()
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

  #end(): void {
    this.#account.close()
    this.outbound?.end()
    this.context.onAccess?.(this.#account.toRecord(this.#startMs))
    this.context.onEnd(this)
  }
}

const CLOSED: NodeJS.ErrnoException = Object.assign(new Error('closed'), {code: 'ECONNRESET'})
