import type {Routing} from '../routing/routing.js'

/**
 * A data plane: takes a compiled routing table, listens, and forwards bytes. Implementations run `test/contract/engine.ts`.
 *
 * Contract: half-close travels both ways, resets are passed on, back-pressure holds, no byte is lost or reordered, and reading from a client
 * starts only once its upstream is connected (Envoy tcp_proxy). A connection keeps the route it was accepted with.
 */
export interface Engine {
  /**
   * Puts `routing` in force for new connections without a gap, and returns the state of every listener.
   * A listener whose address cannot be bound is reported, not thrown; the others work. Unchanged listeners are not touched.
   * Established connections of changed or removed chains are closed after the drain time (Istio's listener drain).
   */
  apply(routing: Routing): Promise<readonly ListenerState[]>

  /** Counters since the engine was made. */
  stats(): Promise<EngineStats>

  /** Stops accepting, closes every connection, releases the ports. Calling it twice is fine. */
  close(): Promise<void>
}

export interface EngineOptions {
  /** The address that stands for a listener's `0.0.0.0`. */
  readonly address: string
  /** What happens to established connections of a changed route: closed after `drainMs` (Istio), kept, or closed at once. */
  readonly onChange: 'drain' | 'keep' | 'close'
  readonly drainMs: number
  /** A number makes the draws reproducible. */
  readonly seed?: number
  /** Called once per finished connection. */
  readonly onAccess?: (record: AccessRecord) => void
}

export interface ListenerState {
  /** The listener's name in the Routing. */
  readonly name: string
  readonly address: string
  readonly port: number
  readonly bound: boolean
  /** Which engine serves it where there are several; absent is the node engine. */
  readonly engine?: 'epoll' | 'nftables'
  /** System error code such as EADDRINUSE or EACCES where not bound. */
  readonly error?: string
  /** What keeps it from serving as the routing says although it is bound: its certificates are refused, and the last good ones serve if there are any. */
  readonly problem?: string
}

export interface EngineStats {
  readonly listeners: Readonly<Record<string, ListenerStats>>
  /** By cluster name; clusters stay listed after they are gone from the routing, unless very many are. */
  readonly clusters: Readonly<Record<string, ClusterStats>>
  /** By cluster, then by endpoint (`host:port`): those that have been picked since they came into the routing. */
  readonly endpoints: Readonly<Record<string, Readonly<Record<string, EndpointStats>>>>
  /** What went from where to where: the ground of Istio's `istio_tcp_*` metrics. One for each listener, chain and cluster that met. */
  readonly traffic: readonly TrafficStats[]
  /** By cluster: the endpoints (`host:port`) that outlier detection keeps out just now. Absent where it never had to. */
  readonly ejected?: Readonly<Record<string, readonly string[]>>
  /** By cluster, where there were any; `ejected` says how many are active. */
  readonly ejections?: Readonly<Record<string, EjectionStats>>
}

export interface ListenerStats {
  readonly accepted: number
  readonly active: number
  /** Accepted, but no cluster existed for the route (NC). */
  readonly noCluster: number
  /** No filter chain was for this client (NR). */
  readonly noChain: number
  /** The TLS handshake with the client failed, or its ClientHello or PROXY header was broken, too long or too late. */
  readonly tlsFailed: number
}

export interface ClusterStats {
  /** Connections whose weighted draw fell on this cluster, whether or not they could be served. */
  readonly picked: number
  readonly active: number
  /** Connections to endpoints that were established; with `connectFailed` all that were ended one way or the other (Envoy upstream_cx_total). */
  readonly connected: number
  /** UF, timeouts included (Envoy upstream_cx_connect_fail). */
  readonly connectFailed: number
  /** Those of `connectFailed` whose time ran out (Envoy upstream_cx_connect_timeout). */
  readonly connectTimeouts: number
  /** UH */
  readonly noHealthyUpstream: number
  /** UO */
  readonly overflow: number
  readonly bytesFromClients: number
  readonly bytesToClients: number
}

/** Of one endpoint in one cluster (Envoy /clusters: cx_total, cx_active, cx_connect_fail). */
export interface EndpointStats {
  /** Attempts to connect. */
  readonly total: number
  /** Not ended yet, those still connecting included. */
  readonly active: number
  readonly connectFailed: number
}

/** Connections of one filter chain to one cluster. Those that no chain was for (NR) are in the listener's counts only. */
export interface TrafficStats {
  /** The listener's name. */
  readonly listener: string
  /** `chainKey` of the chain (src/engine/chain-key.ts): which Gateway server and which route. */
  readonly chain: string
  /** Key in `Routing.clusters`; the cluster may not exist (NC). */
  readonly cluster: string
  /** Connections whose draw fell on the cluster; those that are open are `opened` less all of `closed`. */
  readonly opened: number
  /** Ended ones by response flag, `-` for those that ended well. */
  readonly closed: Readonly<Partial<Record<ResponseFlag, number>>>
  /** Counted while they flow. */
  readonly bytesFromClients: number
  readonly bytesToClients: number
}

/** What outlier detection did in one cluster (Envoy cluster.outlier_detection.ejections_*). */
export interface EjectionStats {
  /** Ejections carried out, whatever the reason. */
  readonly total: number
  /** Those that `maxEjectionPercent` prevented. */
  readonly overflow: number
  readonly consecutive5xx: number
  readonly consecutiveGatewayFailure: number
  readonly consecutiveLocalOriginFailure: number
}

/** Envoy's response flags, as far as TCP can have them. */
export type ResponseFlag = 'NR' | 'NC' | 'UH' | 'UF,URX' | 'UO' | 'DT' | 'SI' | '-'

/** One finished connection, for the access log. */
export interface AccessRecord {
  /** Unix epoch, ms. */
  readonly startMs: number
  readonly durationMs: number
  readonly listener: string
  /** '-' where none was found. */
  readonly cluster: string
  /** `host:port` of the endpoint, undefined where none was reached. */
  readonly upstream?: string
  readonly upstreamLocal?: string
  readonly downstreamLocal: string
  readonly downstreamRemote: string
  readonly bytesFromClient: number
  readonly bytesToClient: number
  readonly flags: ResponseFlag
  /** e.g. `delayed_connect_error:_Connection_refused` */
  readonly upstreamFailure?: string
  /** The name in the client's ClientHello. */
  readonly serverName?: string
  /** Why the handshake with the client failed. */
  readonly downstreamFailure?: string
  /** Envoy's CONNECTION_TERMINATION_DETAILS: why the gateway itself ended the connection. */
  readonly terminationDetails?: string
}
