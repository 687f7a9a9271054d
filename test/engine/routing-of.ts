import type {Cluster, Endpoint, FilterChain, Listener, Routing, TcpRoute} from '../../src/routing/routing.js'

export interface ChainShape extends Partial<Pick<TcpRoute, 'idleTimeoutMs' | 'maxConnectionDurationMs' | 'hashesSourceIp' | 'tunnel'>>, Pick<FilterChain, 'match' | 'tls'> {
  /** Cluster name to weight. */
  readonly to: Readonly<Record<string, number>>
}

/** A listener with one chain, its own, unless it has `chains`. */
export interface ListenerShape extends ChainShape, Pick<Listener, 'expectsProxyHeader' | 'scope'> {
  readonly port: number
  readonly bind?: string
  readonly aliases?: readonly number[]
  readonly chains?: readonly ChainShape[]
}

export interface ClusterShape extends Partial<Cluster> {
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

function listenerOf({port, bind = '0.0.0.0', aliases = [], expectsProxyHeader, scope, chains, ...chain}: ListenerShape): Listener {
  const more = {...(expectsProxyHeader === undefined ? {} : {expectsProxyHeader}), ...(scope === undefined ? {} : {scope})}
  return {name: `${bind}_${port}`, bind, port, aliases, ...more, chains: (chains ?? [chain]).map((shape, rule) => chainOf(port, rule, shape))}
}

function chainOf(port: number, rule: number, {to, match, tls, idleTimeoutMs = 0, maxConnectionDurationMs = 0, ...more}: ChainShape): FilterChain {
  const destinations = Object.entries(to).map(([cluster, weight]) => ({cluster, weight, subset: cluster, host: 'echo'}))
  return {
    gateway: {namespace: 'default', name: 'gateway', server: 0, port},
    source: {namespace: 'default', name: 'echo', rule},
    ...(match === undefined ? {} : {match}),
    ...(tls === undefined ? {} : {tls}),
    route: {statPrefix: 'echo.default', destinations, idleTimeoutMs, maxConnectionDurationMs, ...more},
  }
}

function clusterOf(name: string, shape: ClusterShape): Cluster {
  return {name, host: 'echo', port: 9000, subset: name, loadBalancer: 'LEAST_REQUEST', connectTimeoutMs: 10_000, maxConnections: 0, ...shape}
}
