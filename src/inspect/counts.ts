/** As much of the data plane's statistics as is looked at here; keys as in the engine's own. */
export interface Counts {
  readonly listeners: Readonly<Record<string, ListenerCounts>>
  readonly clusters: Readonly<Record<string, ClusterCounts>>
  readonly endpoints: Readonly<Record<string, Readonly<Record<string, EndpointCounts>>>>
  readonly traffic: readonly TrafficCounts[]
  readonly ejected?: Readonly<Record<string, readonly string[]>>
  readonly ejections?: Readonly<Record<string, EjectionCounts>>
}

export interface ListenerCounts {
  readonly accepted: number
  readonly active: number
  readonly noCluster: number
  readonly noChain: number
  readonly tlsFailed: number
}

export interface ClusterCounts {
  readonly picked: number
  readonly active: number
  readonly connected: number
  readonly connectFailed: number
  readonly connectTimeouts: number
  readonly noHealthyUpstream: number
  readonly overflow: number
  readonly bytesFromClients: number
  readonly bytesToClients: number
}

export interface EndpointCounts {
  readonly total: number
  readonly active: number
  readonly connectFailed: number
}

export interface TrafficCounts {
  readonly listener: string
  readonly chain: string
  readonly cluster: string
  readonly opened: number
  readonly closed: Readonly<Record<string, number | undefined>>
  readonly bytesFromClients: number
  readonly bytesToClients: number
}

export interface EjectionCounts {
  readonly total: number
  readonly overflow: number
  readonly consecutive5xx: number
  readonly consecutiveGatewayFailure: number
  readonly consecutiveLocalOriginFailure: number
}

export const NO_COUNTS: Counts = {listeners: {}, clusters: {}, endpoints: {}, traffic: []}
