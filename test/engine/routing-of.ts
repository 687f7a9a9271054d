import type {Cluster, Endpoint, Listener, Routing, TcpRoute} from '../../src/routing/routing.js'

export interface ListenerShape extends Partial<Pick<TcpRoute, 'idleTimeoutMs' | 'maxConnectionDurationMs'>> {
  readonly port: number
  readonly bind?: string
  readonly aliases?: readonly number[]
  /** Cluster name to weight. */
  readonly to: Readonly<Record<string, number>>
}

export interface ClusterShape extends Partial<Pick<Cluster, 'loadBalancer' | 'connectTimeoutMs' | 'maxConnections'>> {
  readonly endpoints: readonly Endpoint[]
}

/** A Routing with everything that a test does not care about filled in. */
export function routingOf(listeners: readonly ListenerShape[], clusters: Readonly<Record<string, ClusterShape>>): Routing {
  return {
    listeners: listeners.map(listenerOf),
    clusters: Object.fromEntries(Object.entries(clusters).map(([name, shape]) => [name, clusterOf(name, shape)])),
    findings: [],
  }
}

function listenerOf({port, bind = '0.0.0.0', aliases = [], to, idleTimeoutMs = 0, maxConnectionDurationMs = 0}: ListenerShape): Listener {
  const destinations = Object.entries(to).map(([cluster, weight]) => ({cluster, weight, subset: cluster, host: 'echo'}))
  const route = {statPrefix: 'echo.default', destinations, idleTimeoutMs, maxConnectionDurationMs}
  const gateway = {namespace: 'default', name: 'gateway', server: 0, port}
  return {name: `${bind}_${port}`, bind, port, aliases, chains: [{gateway, source: {namespace: 'default', name: 'echo', rule: 0}, route}]}
}

function clusterOf(name: string, shape: ClusterShape): Cluster {
  return {name, host: 'echo', port: 9000, subset: name, loadBalancer: 'LEAST_REQUEST', connectTimeoutMs: 10_000, maxConnections: 0, ...shape}
}
