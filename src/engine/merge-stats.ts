import type {EndpointStats, EngineStats, TrafficStats} from './engine.js'

export const NO_STATS: EngineStats = {listeners: {}, clusters: {}, endpoints: {}, traffic: []}

/** The sum of what several workers counted. */
export function mergeStats(parts: readonly EngineStats[]): EngineStats {
  return {
    listeners: sumAll(parts.map(({listeners}) => listeners)),
    clusters: sumAll(parts.map(({clusters}) => clusters)),
    endpoints: sumEndpoints(parts.map(({endpoints}) => endpoints)),
    traffic: sumTraffic(parts.flatMap(({traffic}) => traffic)),
  }
}

/** What remains of a worker that is gone: all it counted, and nothing open any more. Connections it had open ended with it. */
export function withoutActive({listeners, clusters, endpoints, traffic}: EngineStats): EngineStats {
  return {
    listeners: mapValues(listeners, close),
    clusters: mapValues(clusters, close),
    endpoints: mapValues(endpoints, (ofCluster) => mapValues(ofCluster, close)),
    traffic: traffic.map(closeAll),
  }
}

function close<T extends {readonly active: number}>(counters: T): T {
  return {...counters, active: 0}
}

function closeAll(traffic: TrafficStats): TrafficStats {
  const closed = Object.values(traffic.closed).reduce((sum, count) => sum + count, 0)
  return traffic.opened === closed ? traffic : {...traffic, closed: sum(traffic.closed, {'-': traffic.opened - closed})}
}

function sumEndpoints(parts: readonly EngineStats['endpoints'][]): EngineStats['endpoints'] {
  const names = new Set(parts.flatMap((part) => Object.keys(part)))
  return Object.fromEntries([...names].map((name) => [name, sumAll<EndpointStats>(parts.map((part) => part[name] ?? {}))]))
}

function sumTraffic(parts: readonly TrafficStats[]): readonly TrafficStats[] {
  const sums = new Map<string, TrafficStats>()
  for (const part of parts) {
    const key = `${part.listener}\n${part.chain}\n${part.cluster}`
    const before = sums.get(key)
    sums.set(key, before === undefined ? part : addTraffic(before, part))
  }
  return [...sums.values()]
}

function addTraffic(a: TrafficStats, b: TrafficStats): TrafficStats {
  return {
    ...a,
    opened: a.opened + b.opened,
    closed: sum(a.closed, b.closed),
    bytesFromClients: a.bytesFromClients + b.bytesFromClients,
    bytesToClients: a.bytesToClients + b.bytesToClients,
  }
}

function sumAll<T extends {readonly [K in keyof T]: number}>(parts: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const sums = new Map<string, T>()
  for (const [name, counters] of parts.flatMap((part) => Object.entries<T>(part))) {
    const before = sums.get(name)
    sums.set(name, before === undefined ? counters : sum(before, counters))
  }
  return Object.fromEntries(sums)
}

/** A count that one of them lacks is 0 there. */
function sum<T extends {readonly [K in keyof T]?: number}>(a: T, b: T): T {
  const total: {-readonly [K in keyof T]?: number} = {...a}
  for (const key in b) total[key] = (a[key] ?? 0) + (b[key] ?? 0)
  return total as T
}

function mapValues<T>(record: Readonly<Record<string, T>>, map: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}
