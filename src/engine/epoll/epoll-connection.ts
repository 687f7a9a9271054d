import {performance} from 'node:perf_hooks'
import {Account} from '../account.js'
import type {ResponseFlag} from '../engine.js'
import {MAX_CLIENT_HELLO_BYTES, type ClientHello} from '../preamble/client-hello.js'
import {PREAMBLE_TIMEOUT_MS} from '../preamble/inspect.js'
import {parsePreamble, type PreambleWants} from '../preamble/preamble.js'
import type {ServingChain, ServingListener} from '../serving.js'
import {TimeLimits} from '../time-limits.js'
import {drawWay} from '../way.js'
import {End} from './end.js'
import type {EndOwner} from './end-owner.js'
import type {EpollContext} from './epoll-context.js'
import {EpollOutbound} from './epoll-outbound.js'

/**
 * One client's connection from accept to the end of both sides, as the node engine's but on descriptors:
 *
 *     start ─▶ [ClientHello] ─▶ choose ─▶ enter ─▶ EpollOutbound ─▶ reached: the two ends forward
 *
 * A client is read no earlier than its upstream is connected (Envoy tcp_proxy); a ClientHello is only looked at, and stays in the kernel's buffer.
 */
export class EpollConnection implements EndOwner {
  readonly client: End
  readonly limits: TimeLimits
  readonly #account: Account
  readonly #startMs: number
  #outbound: EpollOutbound | undefined
  #chain: ServingChain | undefined
  #hasEnded = false

  constructor(
    fd: number,
    private readonly accepted: ServingListener,
    private readonly context: EpollContext,
  ) {
    this.client = new End(fd, this, context)
    this.#account = new Account(accepted.name, this.client, context.counters)
    this.limits = new TimeLimits(this.#account.startedMs)
    this.#startMs = context.clock.now()
    if (context.onAccess !== undefined) void this.#account.ends // nobody can say once the socket is closed
  }

  start(): void {
    if (this.accepted.wants === undefined) return this.#choose(this.accepted)
    this.limits.awaiting('preamble', performance.now() + PREAMBLE_TIMEOUT_MS)
    if (!this.client.watch()) this.abort('-')
  }

  /** Whether a new routing lets it go on: its listener is still there, and so is its chain or it has not got one yet. */
  mayStay(listener: ServingListener | undefined): boolean {
    return listener !== undefined && (this.#chain === undefined || listener.fingerprints.has(this.#chain.fingerprint))
  }

  /** The listener's name. */
  get listener(): string {
    return this.accepted.name
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Closes both sides at once and without flushing (Envoy NoFlush). */
  abort(flags: ResponseFlag): void {
    this.#account.flags = flags
    this.client.close()
    this.#outbound?.end?.close()
    this.ended()
  }

  /** Enforces the time limits; called now and then, so that no connection needs a timer. */
  sweep(nowMs: number): void {
    const reached = this.limits.check(nowMs)
    if (reached === undefined) return
    if (reached === 'preamble') this.#clientFailed('listener_filters_timeout')
    else if (reached === 'connect') this.#outbound?.fail(undefined)
    else this.abort(reached === 'drain' ? '-' : reached)
  }

  /** The endpoint is connected. */
  reached(upstream: End): void {
    const {client} = this
    upstream.peer = client
    client.peer = upstream
    if (!client.watch()) return this.abort('-')
    upstream.go()
    client.go()
  }

  ready(end: End): void {
    if (end !== this.client) this.#outbound?.ready()
    else if (this.#outbound === undefined && !this.#hasEnded) this.#inspect()
  }

  received(end: End, count: number): void {
    this.limits.isBusy = true
    if (end === this.client) this.#account.addBytesFromClient(count)
    else this.#account.addBytesToClient(count)
  }

  /** A completed write counts as activity too (Envoy's idle timer). */
  sent(): void {
    this.limits.isBusy = true
  }

  ended(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#account.close()
    this.#outbound?.release()
    this.context.onAccess?.(this.#account.toRecord(this.#startMs))
    this.context.onEnd(this)
  }

  #inspect(): void {
    const wants = this.accepted.wants ?? NOTHING_WANTED
    const count = this.client.peek(MAX_CLIENT_HELLO_BYTES)
    if (count < 0) return
    const answer = parsePreamble(Buffer.from(this.context.buffer.bytes.subarray(0, count)), wants)
    if (count > 0 && answer.type === 'done') return this.#inspected(answer.preamble.hello)
    if (answer.type === 'refused') return this.#clientFailed(answer.reason)
    if (count === 0 || this.client.seesEnd) this.#clientFailed('remote_close')
  }

  #inspected(hello: ClientHello | undefined): void {
    this.limits.arrived()
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
    this.#outbound = new EpollOutbound(this, this.#account, this.context, way)
    this.#outbound.open()
  }

  #clientFailed(reason: string): void {
    this.#account.tlsFailed()
    this.#account.downstreamFailure = reason
    this.abort('-')
  }
}

const NOTHING_WANTED: PreambleWants = {proxyHeader: false, clientHello: true}
