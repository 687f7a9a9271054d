import {performance} from 'node:perf_hooks'
import type {FilterChain} from '../routing/routing.js'
import {endsOf, type AddressedSocket, type ClientEnds} from './client-ends.js'
import type {ClusterCounters, Counters, ListenerCounters, TrafficCounters} from './counters.js'
import type {AccessRecord, ResponseFlag} from './engine.js'
import {formatHostPort} from './host-port.js'

/** Everything that is counted and noted of one connection, from its accept to its line in the access log. */
export class Account {
  readonly startedMs = performance.now()
  bytesFromClient = 0
  bytesToClient = 0
  flags: ResponseFlag = '-'
  upstreamFailure: string | undefined
  downstreamFailure: string | undefined
  serverName: string | undefined
  /** Envoy's name of the cluster. */
  clusterName: string | undefined
  upstream: string | undefined
  upstreamLocal: string | undefined
  readonly #listener: ListenerCounters
  #ends: ClientEnds | undefined
  #cluster: ClusterCounters | undefined
  #traffic: TrafficCounters | undefined
  #isActive = false

  constructor(
    private readonly listener: string,
    private readonly client: AddressedSocket,
    private readonly counters: Counters,
  ) {
    this.#listener = counters.listener(listener)
    this.#listener.accepted++
    this.#listener.active++
  }

  /** The client's address and the one it connected to; asking the kernel costs a call each, so it is asked once and only if somebody wants to know. */
  get ends(): ClientEnds {
    this.#ends ??= endsOf(this.client)
    return this.#ends
  }

  /** A PROXY header says otherwise. */
  set ends(ends: ClientEnds) {
    this.#ends = ends
  }

  noChain(): void {
    this.#listener.noChain++
  }

  noCluster(): void {
    this.#listener.noCluster++
  }

  tlsFailed(): void {
    this.#listener.tlsFailed++
  }

  picked(chain: FilterChain, clusterKey: string): void {
    this.#cluster = this.counters.cluster(clusterKey)
    this.#cluster.picked++
    this.#traffic = this.counters.traffic(this.listener, chain, clusterKey)
    this.#traffic.opened++
  }

  /** The cluster exists. */
  entered(clusterName: string): void {
    this.clusterName = clusterName
    this.#isActive = true
    if (this.#cluster !== undefined) this.#cluster.active++
  }

  count(event: 'connected' | 'connectFailed' | 'connectTimeouts' | 'noHealthyUpstream' | 'overflow'): void {
    if (this.#cluster !== undefined) this.#cluster[event]++
  }

  addBytesFromClient(count: number): void {
    this.bytesFromClient += count
    if (this.#cluster !== undefined) this.#cluster.bytesFromClients += count
    if (this.#traffic !== undefined) this.#traffic.bytesFromClients += count
  }

  addBytesToClient(count: number): void {
    this.bytesToClient += count
    if (this.#cluster !== undefined) this.#cluster.bytesToClients += count
    if (this.#traffic !== undefined) this.#traffic.bytesToClients += count
  }

  close(): void {
    this.#listener.active--
    if (this.#isActive && this.#cluster !== undefined) this.#cluster.active--
    if (this.#traffic !== undefined) this.#traffic.closed[this.flags] = (this.#traffic.closed[this.flags] ?? 0) + 1
  }

  /** The line in the access log; `startMs` is Unix time. */
  toRecord(startMs: number): AccessRecord {
    const {source, destination} = this.ends
    return {
      startMs,
      durationMs: Math.round(performance.now() - this.startedMs),
      listener: this.listener,
      cluster: this.clusterName ?? '-',
      ...(this.upstream === undefined ? {} : {upstream: this.upstream}),
      ...(this.upstreamLocal === undefined ? {} : {upstreamLocal: this.upstreamLocal}),
      downstreamLocal: formatHostPort(destination.host, destination.port),
      downstreamRemote: formatHostPort(source.host, source.port),
      bytesFromClient: this.bytesFromClient,
      bytesToClient: this.bytesToClient,
      flags: this.flags,
      ...(this.upstreamFailure === undefined ? {} : {upstreamFailure: this.upstreamFailure}),
      ...(this.serverName === undefined ? {} : {serverName: this.serverName}),
      ...(this.downstreamFailure === undefined ? {} : {downstreamFailure: this.downstreamFailure}),
    }
  }
}
