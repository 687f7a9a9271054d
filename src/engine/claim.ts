import type {Endpoint} from '../routing/routing.js'
import type {Account} from './account.js'
import type {ClusterLoad} from './cluster-load.js'
import {connectFailure} from './connect-failure.js'
import type {ResponseFlag} from './engine.js'
import type {EngineContext} from './engine-context.js'
import type {Way} from './way.js'

/** Who wants to connect. */
export interface Claimant {
  /** The client has left: nobody is to be connected any more. */
  readonly isGone: boolean
  /** The endpoint is taken: connect to it. */
  connectTo(endpoint: Endpoint): void
  /** There is no place in the cluster (Envoy's UO), or no endpoint to go to (UH). */
  refuse(flags: ResponseFlag): void
}

/**
 * What a connection takes of the cluster that was drawn for it: a place under `maxConnections`, then an endpoint. Tells the account and the cluster's
 * load what becomes of them. No other endpoint is tried (Envoy max_connect_attempts 1).
 */
export class Claim {
  #load: ClusterLoad | undefined
  #endpoint: Endpoint | undefined
  #hasPermit = false

  constructor(
    private readonly way: Way,
    private readonly account: Account,
    private readonly context: Pick<EngineContext, 'permits' | 'loadOf' | 'random'>,
  ) {}

  /** Ends in the claimant's `connectTo` or `refuse`, at once or when the permit is answered; in neither where the claimant is gone by then. */
  begin(claimant: Claimant): void {
    const {clusterKey, cluster} = this.way
    this.account.entered(cluster.name)
    if (cluster.maxConnections === 0) return this.#choose(claimant)
    this.context.permits.acquire(clusterKey, cluster.maxConnections, (granted) => this.#answerPermit(granted, claimant))
  }

  connected(): void {
    this.account.count('connected')
    if (this.#endpoint !== undefined) this.#load?.connected(this.#endpoint)
  }

  /** Without an error, the connect timeout has passed. */
  failed(error: NodeJS.ErrnoException | undefined): void {
    this.account.count('connectFailed')
    if (error === undefined) this.account.count('connectTimeouts')
    else this.account.upstreamFailure = connectFailure(error)
    if (this.#endpoint !== undefined) this.#load?.connectFailed(this.#endpoint)
  }

  /** Gives back what was taken; called once, when both sides are closed. */
  release(): void {
    this.#releasePermit()
    if (this.#endpoint !== undefined) this.#load?.end(this.#endpoint)
  }

  #answerPermit(granted: boolean, claimant: Claimant): void {
    if (granted) this.#hasPermit = true
    if (claimant.isGone) return this.#releasePermit()
    if (granted) return this.#choose(claimant)
    this.account.count('overflow')
    claimant.refuse('UO')
  }

  #choose(claimant: Claimant): void {
    const {clusterKey, cluster, route} = this.way
    this.#load = this.context.loadOf(clusterKey)
    this.#endpoint = this.#load.begin(cluster, this.context.random, route.hashesSourceIp === true ? this.account.ends.source.host : undefined)
    if (this.#endpoint !== undefined) return claimant.connectTo(this.#endpoint)
    this.account.count('noHealthyUpstream')
    claimant.refuse('UH')
  }

  #releasePermit(): void {
    if (!this.#hasPermit) return
    this.#hasPermit = false
    this.context.permits.release(this.way.clusterKey)
  }
}
