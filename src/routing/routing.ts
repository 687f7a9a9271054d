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
  /** Every connection begins with a PROXY header, v1 or v2, that says where the client is (gatewayTopology.proxyProtocol). */
  readonly expectsProxyHeader?: true
  /** What kind of proxy owns it: the gateways by default, or the sidecars of in-mesh clients, at a Service's address. */
  readonly scope?: 'mesh'
  /** In order; `chooseChain` picks one for each connection. A plain TCP listener has exactly one. */
  readonly chains: readonly FilterChain[]
}

export interface FilterChain {
  /** The Gateway server that made it; in the mesh, the Service and the place of its port. */
  readonly gateway: {readonly namespace: string; readonly name: string; readonly server: number; readonly port: number}
  /** The VirtualService block that won; absent where no VirtualService takes part (AUTO_PASSTHROUGH, a Service's own route in the mesh). */
  readonly source?: ChainSource
  /** Which clients it is for; absent is every one. */
  readonly match?: ChainMatch
  /** Present where TLS ends here; what goes on is plain text. */
  readonly tls?: ServerTls
  readonly route: TcpRoute
}

export interface ChainSource {
  /** Absent is VirtualService; a route of the Gateway API is named by its own kind. */
  readonly kind?: 'TCPRoute' | 'TLSRoute'
  readonly namespace: string
  readonly name: string
  /** Its place in `spec.tcp`, `spec.tls` (see `block`) or `spec.rules`. */
  readonly rule: number
  /** Absent is `tcp`. */
  readonly block?: 'tls'
}

/** All that is present must hold. */
export interface ChainMatch {
  /** Lower case, exact or `*.suffix`. Absent: every client, also one that names no server or speaks no TLS. */
  readonly serverNames?: readonly string[]
  /** The client offers one of these in ALPN. */
  readonly applicationProtocols?: readonly string[]
  /** CIDR blocks the client's address is in. */
  readonly sources?: readonly string[]
}

/** How TLS ends at a listener. */
export interface ServerTls {
  /** MUTUAL asks for a certificate and refuses clients without, OPTIONAL_MUTUAL verifies one that is given. */
  readonly mode: 'SIMPLE' | 'MUTUAL' | 'OPTIONAL_MUTUAL'
  /** PEM. Empty where the credential is missing or unusable: handshakes fail then. Several are told apart by key type. */
  readonly certificates: readonly KeyPair[]
  readonly ca?: string
  readonly crl?: string
  /** The client certificate must carry one of these. */
  readonly subjectAltNames?: readonly string[]
  /** The client certificate, or its public key, must have one of these SHA-256 digests; absent is any. */
  readonly digests?: CertificateDigests
  /** What Istio calls the secrets; absent where nobody asks. */
  readonly sds?: SdsNames
  readonly minVersion: TlsVersion
  readonly maxVersion?: TlsVersion
  /** OpenSSL names, in order of preference; absent is Node's list. */
  readonly cipherSuites?: readonly string[]
}

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'

/** Names of secrets as Envoy asks for them. */
export interface SdsNames {
  readonly certificates: readonly string[]
  readonly authorities?: string
}

/** One that is found in either list is enough. */
export interface CertificateDigests {
  /** Of the whole certificate, in lower-case hex without colons. */
  readonly certificate: readonly string[]
  /** Of its SubjectPublicKeyInfo, in base64. */
  readonly publicKey: readonly string[]
}

/** PEM texts. */
export interface KeyPair {
  readonly certificate: string
  readonly privateKey: string
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
  /** Clusters that hash (RING_HASH, MAGLEV) are given the client's address; they choose at random without. */
  readonly hashesSourceIp?: true
  /** The endpoint is an HTTP proxy: `target` (`host:port`) is asked for first. */
  readonly tunnel?: {readonly method: 'CONNECT' | 'POST'; readonly target: string}
}

export interface WeightedCluster {
  /** Key in `Routing.clusters`. May name a cluster that does not exist: connections are then accepted and closed (flag NC). */
  readonly cluster: string
  readonly weight: number
  /** As written in the VirtualService, for people. */
  readonly subset: string
  readonly host: string
}

export type LoadBalancer = 'LEAST_REQUEST' | 'ROUND_ROBIN' | 'RANDOM' | 'RING_HASH' | 'MAGLEV'

export interface Cluster {
  /** Envoy's name. Two proxies may see different clusters of one name; their keys in `Routing.clusters` then differ. */
  readonly name: string
  readonly host: string
  readonly port: number
  readonly subset: string
  readonly endpoints: readonly Endpoint[]
  /** How its endpoints are found; absent is EDS. */
  readonly discovery?: 'STATIC' | 'STRICT_DNS' | 'LOGICAL_DNS'
  readonly loadBalancer: LoadBalancer
  /** RING_HASH: the least number of points on the ring (1024). MAGLEV: the table's size, a prime (65537). */
  readonly hashSize?: number
  readonly warmup?: Warmup
  readonly connectTimeoutMs: number
  /** 0 is unlimited. */
  readonly maxConnections: number
  readonly keepalive?: Keepalive
  readonly outlierDetection?: OutlierDetection
  readonly tls?: ClientTls
  /** The header the endpoint is sent first. */
  readonly proxyProtocol?: 'V1' | 'V2'
}

/** Slow start of new endpoints (ROUND_ROBIN and LEAST_REQUEST). */
export interface Warmup {
  readonly durationMs: number
  /** 0–100, of its own weight. */
  readonly minimumPercent: number
  readonly aggression: number
}

/** Absent fields are the system's own. */
export interface Keepalive {
  readonly timeMs?: number
  readonly intervalMs?: number
  readonly probes?: number
}

/** Envoy's outlier detection, as far as TCP can trigger it. A threshold of 0 or an absent one ejects nobody. */
export interface OutlierDetection {
  /** Connect failures and timeouts in a row. */
  readonly consecutive5xx?: number
  readonly consecutiveGatewayErrors?: number
  /** Takes the place of the other two where errors of local origin are split off. */
  readonly consecutiveLocalOriginFailures?: number
  readonly intervalMs: number
  readonly baseEjectionMs: number
  readonly maxEjectionPercent: number
  /** Below this share of healthy endpoints (0–100) ejection is disregarded; 0 is never. */
  readonly panicPercent: number
}

/** TLS towards the endpoints. */
export interface ClientTls {
  readonly sni?: string
  /** PEM; absent: the system's authorities. */
  readonly ca?: string
  readonly crl?: string
  readonly client?: KeyPair
  readonly subjectAltNames?: readonly string[]
  readonly insecureSkipVerify?: true
  /** What Istio calls the secrets; absent where there are none. */
  readonly sds?: SdsNames
  /** The credential cannot be had: connections fail with this reason. */
  readonly problem?: string
}

export interface Endpoint {
  /** A literal IP address, or the absolute path of a unix socket (then `port` is 0). */
  readonly address: string
  readonly port: number
  /** `namespace/pod` where a pod stands behind it. */
  readonly pod?: string
  /** For balancing inside the cluster; absent is 1. */
  readonly weight?: number
  /** The name that was resolved to `address`. */
  readonly hostname?: string
}

export interface RoutingFinding {
  /** Stable, kebab case: `gateway-without-route`, `server-conflict` … */
  readonly code: string
  readonly level: 'error' | 'warning' | 'info'
  /** `Kind namespace/name` */
  readonly object: string
  readonly message: string
}
