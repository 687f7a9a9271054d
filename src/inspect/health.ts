import type {Endpoint} from '../routing/routing.js'

/** What the data plane knows of endpoints besides the routing: those that outlier detection keeps out just now, by cluster key. */
export interface Health {
  readonly ejected?: Readonly<Record<string, readonly string[]>>
}

/** `host:port` as the engine's statistics have it, with brackets around an IPv6 address; a unix socket goes by its path. */
export function endpointName({address, port}: Endpoint): string {
  if (address.startsWith('/')) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** Whether outlier detection keeps the endpoint out of its cluster just now. */
export function isEjected({ejected}: Health, cluster: string, endpoint: Endpoint): boolean {
  return ejected?.[cluster]?.includes(endpointName(endpoint)) === true
}
