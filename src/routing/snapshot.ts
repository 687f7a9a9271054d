import type {KubeObject} from '../api/object.js'

/**
 * Everything routing depends on, at one moment. The interfaces ask for the fields that routing reads and nothing else, so that any richer
 * type of the same kind fits.
 */
export interface Snapshot {
  readonly gateways: readonly Gateway[]
  readonly virtualServices: readonly VirtualService[]
  readonly destinationRules: readonly DestinationRule[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly pods: readonly Pod[]
  readonly namespaces?: readonly KubeObject[]
  readonly serviceEntries?: readonly ServiceEntry[]
  readonly workloadEntries?: readonly WorkloadEntry[]
  readonly gatewayClasses?: readonly GatewayClass[]
  /** Of the Gateway API; `gateways` are Istio's. */
  readonly k8sGateways?: readonly K8sGateway[]
  readonly tcpRoutes?: readonly L4Route[]
  readonly tlsRoutes?: readonly L4Route[]
  readonly referenceGrants?: readonly ReferenceGrant[]
  /** What the objects refer to outside of themselves, by `CredentialRequest.key`: see `credential-requests.ts`. */
  readonly credentials?: Readonly<Record<string, Credential>>
  /** Host names of DNS clusters, with the addresses they had when they were last resolved. Absent: not resolved yet, or never could be. */
  readonly resolved?: Readonly<Record<string, readonly string[]>>
  /** Why the newest attempt to resolve a name failed; addresses it has are from before. */
  readonly lookupProblems?: Readonly<Record<string, string>>
}

/** PEM texts as a Secret or files give them; certificate and key are known to fit. */
export interface Credential {
  readonly pair?: {readonly certificate: string; readonly privateKey: string}
  readonly ca?: string
  readonly crl?: string
  /** Why it cannot be used, for people; the other fields are absent then. */
  readonly problem?: string
  /** A gateway process that runs serves the last good one until it ends, although there is a `problem`. */
  readonly isServedYet?: true
  /** What is wrong although it is used: it has expired, or it is the last good one and what replaces it is bad. */
  readonly warning?: string
}

export type Labels = Readonly<Record<string, string>>

export interface Gateway extends KubeObject {
  readonly spec?: {readonly selector?: Labels; readonly servers?: readonly GatewayServer[]}
}

export interface GatewayServer {
  readonly port?: {readonly number?: number; readonly name?: string; readonly protocol?: string}
  readonly bind?: string
  readonly hosts?: readonly string[]
  readonly tls?: GatewayTls
}

export interface GatewayTls {
  readonly mode?: string
  readonly credentialName?: string
  readonly credentialNames?: readonly string[]
  readonly caCertCredentialName?: string
  readonly serverCertificate?: string
  readonly privateKey?: string
  readonly caCertificates?: string
  readonly caCrl?: string
  readonly tlsCertificates?: readonly {readonly serverCertificate?: string; readonly privateKey?: string; readonly caCertificates?: string}[]
  readonly subjectAltNames?: readonly string[]
  readonly minProtocolVersion?: string
  readonly maxProtocolVersion?: string
  readonly cipherSuites?: readonly string[]
  readonly verifyCertificateHash?: readonly string[]
  readonly verifyCertificateSpki?: readonly string[]
}

export interface VirtualService extends KubeObject {
  readonly spec?: {
    readonly hosts?: readonly string[]
    readonly gateways?: readonly string[]
    readonly exportTo?: readonly string[]
    readonly tcp?: readonly TcpBlock[]
    readonly tls?: readonly TlsBlock[]
    readonly http?: readonly object[]
  }
}

export interface TlsBlock {
  readonly match?: readonly TlsMatch[]
  readonly route?: readonly RouteDestination[]
}

export interface TlsMatch extends Omit<TcpMatch, 'sourceSubnet'> {
  readonly sniHosts?: readonly string[]
}

export interface TcpBlock {
  readonly match?: readonly TcpMatch[]
  readonly route?: readonly RouteDestination[]
}

export interface TcpMatch {
  readonly port?: number
  readonly gateways?: readonly string[]
  readonly destinationSubnets?: readonly string[]
  readonly sourceLabels?: Labels
  readonly sourceSubnet?: string
  readonly sourceNamespace?: string
}

export interface RouteDestination {
  readonly destination?: {readonly host?: string; readonly subset?: string; readonly port?: {readonly number?: number}}
  readonly weight?: number
}

export interface DestinationRule extends KubeObject {
  readonly spec?: {
    readonly host?: string
    readonly exportTo?: readonly string[]
    readonly workloadSelector?: {readonly matchLabels?: Labels}
    readonly trafficPolicy?: TrafficPolicy
    readonly subsets?: readonly Subset[]
  }
}

export interface Subset {
  readonly name?: string
  readonly labels?: Labels
  readonly trafficPolicy?: TrafficPolicy
}

export interface TrafficPolicy extends PortPolicy {
  readonly portLevelSettings?: readonly (PortPolicy & {readonly port?: {readonly number?: number}})[]
  readonly tunnel?: {readonly protocol?: string; readonly targetHost?: string; readonly targetPort?: number}
  readonly proxyProtocol?: {readonly version?: string}
}

export interface PortPolicy {
  readonly connectionPool?: {readonly tcp?: TcpSettings}
  readonly loadBalancer?: LoadBalancerSettings
  readonly outlierDetection?: OutlierSettings
  readonly tls?: ClientTlsSettings
}

export interface OutlierSettings {
  readonly splitExternalLocalOriginErrors?: boolean
  readonly consecutiveLocalOriginFailures?: number
  readonly consecutiveGatewayErrors?: number
  readonly consecutive5xxErrors?: number
  readonly interval?: string
  readonly baseEjectionTime?: string
  readonly maxEjectionPercent?: number
  readonly minHealthPercent?: number
}

export interface ClientTlsSettings {
  readonly mode?: string
  readonly clientCertificate?: string
  readonly privateKey?: string
  readonly caCertificates?: string
  readonly caCrl?: string
  readonly credentialName?: string
  readonly subjectAltNames?: readonly string[]
  readonly sni?: string
  readonly insecureSkipVerify?: boolean
}

export interface TcpSettings {
  readonly maxConnections?: number
  readonly connectTimeout?: string
  readonly idleTimeout?: string
  readonly maxConnectionDuration?: string
  readonly tcpKeepalive?: {readonly probes?: number; readonly time?: string; readonly interval?: string}
}

export interface LoadBalancerSettings {
  readonly simple?: string
  readonly consistentHash?: {
    readonly useSourceIp?: boolean
    readonly minimumRingSize?: number
    readonly ringHash?: {readonly minimumRingSize?: number}
    readonly maglev?: {readonly tableSize?: number}
  }
  readonly localityLbSetting?: object
  readonly warmup?: {readonly duration?: string; readonly minimumPercent?: number; readonly aggression?: number}
  readonly warmupDurationSecs?: string
}

export interface Service extends KubeObject {
  readonly spec?: {
    readonly type?: string
    readonly selector?: Labels
    readonly externalName?: string
    readonly clusterIP?: string
    readonly publishNotReadyAddresses?: boolean
    readonly ports?: readonly ServicePort[]
  }
  readonly status?: {readonly loadBalancer?: {readonly ingress?: readonly {readonly ip?: string; readonly hostname?: string}[]}}
}

export interface ServicePort {
  readonly name?: string
  readonly port: number
  readonly targetPort?: number | string
  readonly nodePort?: number
  readonly protocol?: string
  readonly appProtocol?: string
}

export interface EndpointSlice extends KubeObject {
  readonly addressType?: string
  readonly endpoints?: readonly SliceEndpoint[] | null
  readonly ports?: readonly {readonly name?: string; readonly port?: number; readonly protocol?: string}[] | null
}

export interface SliceEndpoint {
  readonly addresses: readonly string[]
  readonly conditions?: {readonly ready?: boolean; readonly serving?: boolean; readonly terminating?: boolean}
  readonly targetRef?: {readonly kind?: string; readonly namespace?: string; readonly name?: string}
}

export interface Pod extends KubeObject {
  readonly spec?: {
    readonly initContainers?: readonly {readonly name?: string}[]
    readonly containers?: readonly {
      readonly name?: string
      readonly ports?: readonly {readonly name?: string; readonly containerPort: number; readonly protocol?: string}[]
    }[]
  }
  readonly status?: {readonly podIP?: string; readonly conditions?: readonly {readonly type: string; readonly status: string}[]}
}

export interface ServiceEntry extends KubeObject {
  readonly spec?: {
    readonly hosts?: readonly string[]
    readonly addresses?: readonly string[]
    readonly ports?: readonly {readonly number?: number; readonly name?: string; readonly protocol?: string; readonly targetPort?: number}[]
    readonly location?: string
    readonly resolution?: string
    readonly endpoints?: readonly WorkloadSpec[]
    readonly workloadSelector?: {readonly labels?: Labels}
    readonly subjectAltNames?: readonly string[]
    readonly exportTo?: readonly string[]
  }
}

export interface WorkloadSpec {
  /** An IP address, a host name, or `unix:///path`. */
  readonly address?: string
  readonly ports?: Readonly<Record<string, number>>
  readonly labels?: Labels
  readonly weight?: number
}

export interface WorkloadEntry extends KubeObject {
  readonly spec?: WorkloadSpec
}

export interface GatewayClass extends KubeObject {
  readonly spec?: {readonly controllerName?: string}
}

export interface K8sGateway extends KubeObject {
  readonly spec?: {
    readonly gatewayClassName?: string
    readonly addresses?: readonly {readonly type?: string; readonly value?: string}[]
    readonly listeners?: readonly K8sListener[]
    /** For what is deployed for a managed one. */
    readonly infrastructure?: {readonly labels?: Labels; readonly annotations?: Readonly<Record<string, string>>}
    readonly tls?: {readonly frontend?: Frontend}
  }
}

/** What clients of listeners that end TLS have to show. */
export interface Frontend {
  readonly default?: FrontendTls
  readonly perPort?: readonly {readonly port: number; readonly tls: FrontendTls}[]
}

export interface FrontendTls {
  readonly validation?: {readonly caCertificateRefs?: readonly ObjectRef[]; readonly mode?: string}
}

export interface K8sListener {
  readonly name: string
  readonly hostname?: string
  readonly port: number
  readonly protocol: string
  readonly tls?: {
    readonly mode?: string
    readonly certificateRefs?: readonly ObjectRef[]
    readonly options?: Readonly<Record<string, string>>
  }
  readonly allowedRoutes?: {
    readonly namespaces?: {readonly from?: string; readonly selector?: LabelSelector}
    readonly kinds?: readonly {readonly group?: string; readonly kind: string}[]
  }
}

export interface LabelSelector {
  readonly matchLabels?: Labels
  readonly matchExpressions?: readonly {readonly key: string; readonly operator: string; readonly values?: readonly string[]}[]
}

export interface ObjectRef {
  readonly group?: string
  readonly kind?: string
  readonly namespace?: string
  readonly name: string
}

/** A TCPRoute, or a TLSRoute (which has `hostnames`). */
export interface L4Route extends KubeObject {
  readonly spec?: {
    readonly parentRefs?: readonly ParentRef[]
    readonly hostnames?: readonly string[]
    readonly rules?: readonly {readonly name?: string; readonly backendRefs?: readonly BackendRef[]}[]
  }
}

export interface ParentRef extends ObjectRef {
  readonly sectionName?: string
  readonly port?: number
}

export interface BackendRef extends ObjectRef {
  readonly port?: number
  /** Absent is 1. */
  readonly weight?: number
}

export interface ReferenceGrant extends KubeObject {
  readonly spec?: {
    readonly from?: readonly {readonly group: string; readonly kind: string; readonly namespace: string}[]
    readonly to?: readonly {readonly group: string; readonly kind: string; readonly name?: string}[]
  }
}
