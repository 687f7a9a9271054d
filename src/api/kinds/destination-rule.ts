import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {admitDestinationRule} from './istio/admit-destination-rule.js'
import {validateMatchLabels} from './istio/selector-rules.js'
import {validatePolicies} from './istio/validate-policies.js'
import {istioVersions} from './istio/versions.js'
import {validateMeta} from './object-meta.js'

/** istiod admits none without a spec and a host. */
export interface DestinationRule extends KubeObject {
  readonly spec: {
    readonly host: string
    readonly exportTo?: readonly string[]
    readonly subsets?: readonly Subset[]
    readonly trafficPolicy?: TrafficPolicy
    readonly workloadSelector?: {readonly matchLabels?: Readonly<Record<string, string>>}
  }
}

export interface Subset {
  readonly name: string
  readonly labels?: Readonly<Record<string, string>>
  readonly trafficPolicy?: TrafficPolicy
}

/** Durations are texts such as `30s`. */
export interface TrafficPolicy {
  readonly connectionPool?: ConnectionPool
  readonly loadBalancer?: LoadBalancer
  readonly outlierDetection?: OutlierDetection
  readonly tls?: ClientTls
  readonly portLevelSettings?: readonly PortPolicy[]
  readonly tunnel?: Tunnel
  readonly proxyProtocol?: {readonly version?: string}
  readonly retryBudget?: {readonly percent?: number; readonly minRetryConcurrency?: number}
}

export interface PortPolicy extends Pick<TrafficPolicy, 'connectionPool' | 'loadBalancer' | 'outlierDetection' | 'tls'> {
  readonly port?: {readonly number?: number}
}

export interface ConnectionPool {
  readonly http?: HttpPool
  readonly tcp?: TcpPool
}

export interface HttpPool {
  readonly h2UpgradePolicy?: string
  readonly http1MaxPendingRequests?: number
  readonly http2MaxRequests?: number
  readonly idleTimeout?: string
  readonly maxConcurrentStreams?: number
  readonly maxRequestsPerConnection?: number
  readonly maxRetries?: number
  readonly useClientProtocol?: boolean
}

export interface TcpPool {
  readonly maxConnections?: number
  readonly connectTimeout?: string
  readonly idleTimeout?: string
  readonly maxConnectionDuration?: string
  readonly tcpKeepalive?: {readonly probes?: number; readonly time?: string; readonly interval?: string}
}

export interface LoadBalancer {
  readonly simple?: string
  readonly consistentHash?: ConsistentHash
  readonly localityLbSetting?: LocalitySetting
  /** Kept as it is. */
  readonly zoneAwareLbSetting?: object
  readonly warmup?: Warmup
  readonly warmupDurationSecs?: string
}

export interface ConsistentHash {
  readonly useSourceIp?: boolean
  readonly httpHeaderName?: string
  readonly httpQueryParameterName?: string
  readonly httpCookie?: {
    readonly name?: string
    readonly path?: string
    readonly ttl?: string
    readonly attributes?: readonly {readonly name?: string; readonly value?: string}[]
  }
  readonly minimumRingSize?: number
  readonly ringHash?: {readonly minimumRingSize?: number}
  readonly maglev?: {readonly tableSize?: number}
}

export interface Warmup {
  readonly duration?: string
  readonly minimumPercent?: number
  readonly aggression?: number
}

export interface LocalitySetting {
  readonly enabled?: boolean
  readonly distribute?: readonly {readonly from?: string; readonly to?: Readonly<Record<string, number>>}[]
  readonly failover?: readonly {readonly from?: string; readonly to?: string}[]
  readonly failoverPriority?: readonly string[]
}

export interface OutlierDetection {
  readonly consecutiveErrors?: number
  readonly consecutive5xxErrors?: number
  readonly consecutiveGatewayErrors?: number
  readonly consecutiveLocalOriginFailures?: number
  readonly splitExternalLocalOriginErrors?: boolean
  readonly interval?: string
  readonly baseEjectionTime?: string
  readonly maxEjectionPercent?: number
  readonly minHealthPercent?: number
}

export interface ClientTls {
  /** DISABLE where none is given. */
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

export interface Tunnel {
  readonly protocol?: string
  readonly targetHost?: string
  readonly targetPort?: number
}

export const destinationRuleType: ResourceType = {
  ...istioVersions,
  kind: 'DestinationRule',
  plural: 'destinationrules',
  singular: 'destinationrule',
  shortNames: ['dr'],
  schema: schemaFor('DestinationRule'),
  columns: [{name: 'Host', cell: ({spec}: DestinationRule) => spec?.host ?? ''}, ageColumn],
  validate: (rule: DestinationRule) => [
    ...validateMeta(rule, {namespaced: true}),
    ...validatePolicies(rule),
    ...validateMatchLabels(rule.spec?.workloadSelector?.matchLabels, 'spec.workloadSelector.matchLabels'),
  ],
  admit: admitDestinationRule,
}
