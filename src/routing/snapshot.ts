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
}

export type Labels = Readonly<Record<string, string>>

export interface Gateway extends KubeObject {
  readonly spec?: {readonly selector?: Labels; readonly servers?: readonly GatewayServer[]}
}

export interface GatewayServer {
  readonly port?: {readonly number?: number; readonly name?: string; readonly protocol?: string}
  readonly bind?: string
  readonly hosts?: readonly string[]
  readonly tls?: {readonly mode?: string}
}

export interface VirtualService extends KubeObject {
  readonly spec?: {
    readonly hosts?: readonly string[]
    readonly gateways?: readonly string[]
    readonly exportTo?: readonly string[]
    readonly tcp?: readonly TcpBlock[]
  }
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
  readonly tunnel?: object
  readonly proxyProtocol?: object
}

export interface PortPolicy {
  readonly connectionPool?: {readonly tcp?: TcpSettings}
  readonly loadBalancer?: LoadBalancerSettings
  readonly outlierDetection?: object
  readonly tls?: {readonly mode?: string}
}

export interface TcpSettings {
  readonly maxConnections?: number
  readonly connectTimeout?: string
  readonly idleTimeout?: string
  readonly maxConnectionDuration?: string
  readonly tcpKeepalive?: object
}

export interface LoadBalancerSettings {
  readonly simple?: string
  readonly consistentHash?: object
  readonly localityLbSetting?: object
  readonly warmup?: object
  readonly warmupDurationSecs?: string
}

export interface Service extends KubeObject {
  readonly spec?: {
    readonly type?: string
    readonly selector?: Labels
    readonly externalName?: string
    readonly publishNotReadyAddresses?: boolean
    readonly ports?: readonly ServicePort[]
  }
}

export interface ServicePort {
  readonly name?: string
  readonly port: number
  readonly targetPort?: number | string
  readonly nodePort?: number
  readonly protocol?: string
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
    readonly containers?: readonly {
      readonly ports?: readonly {readonly name?: string; readonly containerPort: number; readonly protocol?: string}[]
    }[]
  }
  readonly status?: {readonly podIP?: string}
}
