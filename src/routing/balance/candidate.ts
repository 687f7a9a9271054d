import type {Endpoint} from '../routing.js'

/** An endpoint that may be picked, with what a load balancer looks at. Whoever counts keeps it up to date. */
export interface Candidate {
  readonly endpoint: Endpoint
  /** Connections to it that are open or being opened. */
  readonly active: number
  /** When it came into the cluster, on the clock that picks are told. */
  readonly sinceMs: number
}

/** Its share among the others: Envoy's load_balancing_weight. */
export function weightOf({endpoint}: Candidate): number {
  return endpoint.weight ?? 1
}

/** `host:port`, or a unix socket's path: what an endpoint is called in statistics, and what Envoy hashes. */
export function endpointName({address, port}: Endpoint): string {
  if (address.startsWith('/')) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
