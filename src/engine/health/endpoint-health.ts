/**
 * Who decides which endpoints are left out for failing (outlier detection), and is told what became of attempts to connect to them.
 * In a worker the one who knows is the primary process, since all workers share one view, as Envoy's threads do.
 */
export interface EndpointHealth {
  /** The endpoints (`host:port`) of a cluster that get no new connections. The same set until it changes. */
  ejected(clusterKey: string): ReadonlySet<string>
  /** To be called for clusters with outlier detection only. */
  report(clusterKey: string, endpoint: string, outcome: ConnectOutcome): void
}

export type ConnectOutcome = 'connected' | 'failed'

export const NONE_EJECTED: ReadonlySet<string> = new Set()

/** For a data plane without outlier detection. */
export const alwaysHealthy: EndpointHealth = {
  ejected: () => NONE_EJECTED,
  report: () => undefined,
}

/** `before` itself where it holds the same endpoints: whoever balances sees by that that nothing changed. */
export function updatedSet(before: ReadonlySet<string>, endpoints: readonly string[]): ReadonlySet<string> {
  const isSame = endpoints.length === before.size && endpoints.every((endpoint) => before.has(endpoint))
  return isSame ? before : new Set(endpoints)
}
