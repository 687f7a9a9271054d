import type {EngineStats} from '../../engine/engine.js'
import type {RoutingFinding} from '../../routing/routing.js'

/** What the gateway process says of itself: `tshift gateway status -o json`. */
export interface GatewayStatus {
  readonly pid: number
  /** RFC 3339 */
  readonly startedAt: string
  readonly home: string
  /** Where the listeners are, e.g. 127.0.0.1. */
  readonly address: string
  /** `nftables` and `epoll` leave to another engine what they cannot serve: the listeners say it. */
  readonly engine: 'node' | 'epoll' | 'nftables'
  readonly workers: number
  /** The draws come from a seed: what is probed says nothing about randomness. */
  readonly seeded: boolean
  /** Workers that ended unasked and were replaced. */
  readonly workerRestarts: number
  /** Store revision of the newest change the gateway has seen. */
  readonly revision: string
  readonly listeners: readonly ListenerReport[]
  /** The Services' own addresses, where in-mesh clients are routed. One that cannot be bound keeps nothing else from working. */
  readonly services: readonly ListenerReport[]
  readonly findings: readonly RoutingFinding[]
  readonly stats: EngineStats
  /** The ports every gateway pod has besides its listeners: those of Envoy's admin, of readiness and of metrics. */
  readonly admin: readonly AdminReport[]
  /** No connections are accepted until it is started anew: someone asked for that (POST /drain_listeners). */
  readonly drained: boolean
}

export interface AdminReport {
  readonly name: 'admin' | 'readiness' | 'metrics'
  readonly address: string
  readonly port: number
  readonly bound: boolean
  readonly problem?: string
}

export interface ListenerReport {
  readonly name: string
  readonly address: string
  readonly port: number
  /** A further port that leads to the same listener: a Service's port or node port. */
  readonly alias: boolean
  readonly bound: boolean
  /** Which engine serves it. */
  readonly engine: 'node' | 'epoll' | 'nftables'
  /** System error code where it is not bound. */
  readonly error?: string
  /** Why it is not bound, with the process that holds the port where that is known. */
  readonly problem?: string
  /** `namespace/name` */
  readonly gateway: string
  readonly virtualService: string
  /** Of all chains. */
  readonly destinations: readonly DestinationReport[]
  readonly chains: readonly ChainReport[]
}

export interface ChainReport {
  /** What its connections are counted under: `TrafficStats.chain`. Chains of one route may share it. */
  readonly key: string
  /** Whom it is for, in words: server names, protocols, sources. Empty is everyone. */
  readonly match: string
  /** `namespace/name` of the VirtualService or route; empty where none takes part. */
  readonly route: string
  readonly destinations: readonly DestinationReport[]
}

export interface DestinationReport {
  readonly cluster: string
  readonly subset: string
  readonly weight: number
  readonly endpoints: number
}
