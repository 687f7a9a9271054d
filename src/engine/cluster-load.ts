import {performance} from 'node:perf_hooks'
import type {Random} from '../base/random.js'
import {type Balancer, createBalancer, type Draw} from '../routing/balance/balancer.js'
import {type Candidate, endpointName} from '../routing/balance/candidate.js'
import {isPanic} from '../routing/balance/panic.js'
import type {Cluster, Endpoint} from '../routing/routing.js'
import type {EndpointStats} from './engine.js'
import {alwaysHealthy, type ConnectOutcome, type EndpointHealth, NONE_EJECTED} from './health/endpoint-health.js'

/** One endpoint of a cluster as long as it is in the routing, or has connections. */
interface Member extends Candidate {
  readonly key: string
  endpoint: Endpoint
  total: number
  active: number
  connectFailed: number
  sinceMs: number
  isPresent: boolean
}

export interface ClusterLoadOptions {
  readonly key: string
  readonly health?: EndpointHealth
  /** Milliseconds that cannot jump. */
  readonly nowMs?: () => number
}

/**
 * What balancing has to remember of one cluster in one process: how busy each endpoint is, since when it is there, whose turn it is. Survives a new
 * routing; tables are built again only where endpoints, weights or settings change. Each worker process balances for itself, as each of Envoy's
 * threads does: ROUND_ROBIN goes around in each of them, LEAST_REQUEST knows the connections of its own.
 */
export class ClusterLoad {
  readonly #key: string
  readonly #health: EndpointHealth
  readonly #nowMs: () => number
  readonly #members = new Map<string, Member>()
  readonly #memberOf = new WeakMap<Endpoint, Member>()
  readonly #cursor = {next: -1}
  readonly #draw: {-readonly [K in keyof Draw]: Draw[K]} = {random: Math.random, nowMs: 0, clientAddress: undefined}
  #cluster: Cluster | undefined
  #settings = ''
  #ejected = NONE_EJECTED
  #balancer: Balancer<Member> | undefined

  constructor({key, health = alwaysHealthy, nowMs = () => performance.now()}: ClusterLoadOptions) {
    this.#key = key
    this.#health = health
    this.#nowMs = nowMs
  }

  /**
   * The endpoint for one more connection, undefined where there is none (UH); counted as busy until `end`. `clientAddress`, without a port, is what a
   * hash is made of. Whoever got an endpoint calls `connected` or `connectFailed`, unless it gave up by itself, and `end` in any case.
   */
  begin(cluster: Cluster, random: Random, clientAddress: string | undefined): Endpoint | undefined {
    this.#draw.random = random
    this.#draw.clientAddress = clientAddress
    if (cluster.warmup !== undefined) this.#draw.nowMs = this.#nowMs()
    this.adopt(cluster)
    const member = this.#balancerFor(cluster)(this.#draw)
    if (member === undefined) return undefined
    member.total++
    member.active++
    return member.endpoint
  }

  /** The endpoint took the connection. */
  connected(endpoint: Endpoint): void {
    this.#report(endpoint, 'connected')
  }

  /** It refused, or did not answer in time. */
  connectFailed(endpoint: Endpoint): void {
    const member = this.#memberOf.get(endpoint)
    if (member !== undefined) member.connectFailed++
    this.#report(endpoint, 'failed')
  }

  end(endpoint: Endpoint): void {
    const member = this.#memberOf.get(endpoint)
    if (member === undefined) return
    member.active--
    if (member.active === 0 && !member.isPresent) this.#members.delete(member.key)
  }

  /** Takes note of who is in the cluster. `begin` does it too: earlier is needed only for the warm-up of endpoints, which begins when they come. */
  adopt(cluster: Cluster): void {
    if (cluster === this.#cluster) return
    this.#cluster = cluster
    const {loadBalancer, hashSize, warmup, outlierDetection, endpoints} = cluster
    this.#setMembers(endpoints)
    const panicPercent = outlierDetection?.panicPercent
    const settings = JSON.stringify([loadBalancer, hashSize, warmup, panicPercent, endpoints.map(({address, port, weight}) => [address, port, weight])])
    if (settings !== this.#settings) this.#balancer = undefined
    this.#settings = settings
  }

  /** By `host:port`: those that were picked. */
  endpointStats(): Readonly<Record<string, EndpointStats>> {
    const picked = [...this.#members.values()].filter(({total}) => total > 0)
    return Object.fromEntries(picked.map(({key, total, active, connectFailed}) => [key, {total, active, connectFailed}]))
  }

  #balancerFor(cluster: Cluster): Balancer<Member> {
    const ejected = cluster.outlierDetection === undefined ? NONE_EJECTED : this.#health.ejected(this.#key)
    if (this.#balancer !== undefined && ejected === this.#ejected) return this.#balancer
    this.#ejected = ejected
    this.#balancer = createBalancer(cluster, this.#serving(cluster), {...this.#draw, cursor: this.#cursor})
    return this.#balancer
  }

  #serving({outlierDetection}: Cluster): readonly Member[] {
    const present = [...this.#members.values()].filter(({isPresent}) => isPresent)
    const healthy = present.filter(({key}) => !this.#ejected.has(key))
    return isPanic(healthy.length, present.length, outlierDetection?.panicPercent ?? 0) ? present : healthy
  }

  /** In the routing's order; those that are gone stay only for the connections they have. */
  #setMembers(endpoints: readonly Endpoint[]): void {
    const before = new Map(this.#members)
    this.#members.clear()
    for (const endpoint of endpoints) {
      const key = endpointName(endpoint)
      const member = this.#members.get(key) ?? before.get(key) ?? newMember(key, endpoint)
      if (!member.isPresent) member.sinceMs = this.#nowMs()
      member.isPresent = true
      member.endpoint = endpoint
      this.#memberOf.set(endpoint, member)
      this.#members.set(key, member)
    }
    for (const member of before.values()) if (!this.#members.has(member.key)) this.#leave(member)
  }

  #leave(member: Member): void {
    member.isPresent = false
    if (member.active > 0) this.#members.set(member.key, member)
  }

  #report(endpoint: Endpoint, outcome: ConnectOutcome): void {
    if (this.#cluster?.outlierDetection !== undefined) this.#health.report(this.#key, endpointName(endpoint), outcome)
  }
}

function newMember(key: string, endpoint: Endpoint): Member {
  return {key, endpoint, total: 0, active: 0, connectFailed: 0, sinceMs: 0, isPresent: false}
}
