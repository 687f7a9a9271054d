/**
 * The compiled routing table: what the data plane needs and nothing else, as Envoy gets it over xDS.
 * Plain data (structured-clone safe), built whole by `compile`, swapped whole by an engine.
 */
export interface Routing {
  readonly listeners: readonly Listener[]
  /** By cluster name, e.g. `outbound|9000|v1|tcp-echo.default.svc.cluster.local`. */
  readonly clusters: Readonly<Record<string, Cluster>>
  /** What Istio would ignore in silence or write to istiod's log. */
  readonly findings: readonly RoutingFinding[]
}

export interface Listener {
  /** Envoy's name, `<bind>_<port>`: `0.0.0.0_31400`. Unique within a Routing. */
  readonly name: string
  /** `0.0.0.0` (wherever the gateway is bound) or the server's own `bind`. */
  readonly bind: string
  /** The port the gateway pod listens on: the ingress Service's targetPort where it maps one (istio gateway.go resolvePorts). */
  readonly port: number
  /** Further ports of the same address that lead here: the ingress Service's own port and node port where they differ. */
  readonly aliases: readonly number[]
  /** In order; a plain TCP listener has exactly one. */
  readonly chains: readonly FilterChain[]
}

export interface FilterChain {
  /** The Gateway server that made it. */
  readonly gateway: {readonly namespace: string; readonly name: string; readonly server: number; readonly port: number}
  /** The VirtualService block that won. */
  readonly source: {readonly namespace: string; readonly name: string; readonly rule: number}
  readonly route: TcpRoute
}

export interface TcpRoute {
  /** `<virtualservice>.<namespace>` for weighted routes, the cluster's name for a single one (networkfilter.go). */
  readonly statPrefix: string
  /** Weights > 0, relative; a single destination has weight 1 whatever the YAML says. Never empty. */
  readonly destinations: readonly WeightedCluster[]
  /** Milliseconds without a byte either way; 0 is off. Envoy's default is 1 h. */
  readonly idleTimeoutMs: number
  /** Milliseconds a connection may live; 0 is for ever. */
  readonly maxConnectionDurationMs: number
}

export interface WeightedCluster {
  /** May name a cluster that does not exist: connections are then accepted and closed (flag NC). */
  readonly cluster: string
  readonly weight: number
  /** As written in the VirtualService, for people. */
  readonly subset: string
  readonly host: string
}

export type LoadBalancer = 'LEAST_REQUEST' | 'ROUND_ROBIN' | 'RANDOM'

export interface Cluster {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly subset: string
  readonly endpoints: readonly Endpoint[]
  readonly loadBalancer: LoadBalancer
  readonly connectTimeoutMs: number
  /** 0 is unlimited. */
  readonly maxConnections: number
}

export interface Endpoint {
  readonly address: string
  readonly port: number
  /** `namespace/pod` where a pod stands behind it. */
  readonly pod?: string
}

export interface RoutingFinding {
  /** Stable, kebab case: `gateway-without-route`, `server-conflict` … */
  readonly code: string
  readonly level: 'error' | 'warning' | 'info'
  /** `Kind namespace/name` */
  readonly object: string
  readonly message: string
}
