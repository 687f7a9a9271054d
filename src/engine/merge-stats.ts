import type {EngineStats} from './engine.js'

export const NO_STATS: EngineStats = {listeners: {}, clusters: {}}

/** The sum of what several workers counted. */
export function mergeStats(parts: readonly EngineStats[]): EngineStats {
  return {listeners: sumAll(parts.map(({listeners}) => listeners)), clusters: sumAll(parts.map(({clusters}) => clusters))}
}

/** What remains of a worker that is gone: all it counted, and nothing open any more. */
export function withoutActive(stats: EngineStats): EngineStats {
  const close = <T extends {readonly active: number}>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).map(([name, counters]) => [name, {...counters, active: 0}]))
  return {listeners: close(stats.listeners), clusters: close(stats.clusters)}
}

function sumAll<T extends {readonly [K in keyof T]: number}>(parts: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const sums = new Map<string, T>()
  for (const [name, counters] of parts.flatMap((part) => Object.entries<T>(part))) {
    const before = sums.get(name)
    sums.set(name, before === undefined ? counters : sum(before, counters))
  }
  return Object.fromEntries(sums)
}

function sum<T extends {readonly [K in keyof T]: number}>(a: T, b: T): T {
  const total: {-readonly [K in keyof T]: number} = {...a}
  for (const key in b) total[key] = a[key] + b[key]
  return total as T
}
