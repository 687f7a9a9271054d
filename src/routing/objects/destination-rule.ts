import type {Labels} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'

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
