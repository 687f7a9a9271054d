import type {Cluster, Listener, Routing} from '../../routing/routing.js'

/** What turns one routing into the next, by the identity of its parts; findings, which no data plane needs, are left out. */
export interface RoutingDelta {
  /** New ones and changed ones. */
  readonly listeners: readonly Listener[]
  /** The names of all, in order; absent where they are those of before. */
  readonly order?: readonly string[]
  /** New ones and changed ones, by key. */
  readonly clusters: Readonly<Record<string, Cluster>>
  /** Keys of clusters that are gone. */
  readonly removed: readonly string[]
}

export const NO_ROUTING: Routing = {listeners: [], clusters: {}, findings: []}

/** What has to be sent of `after` to a worker that has `before`. Listeners and clusters count as the same by identity. */
export function deltaBetween(before: Routing, after: Routing): RoutingDelta {
  const known = new Set<object>(before.listeners)
  const hasSameOrder = before.listeners.length === after.listeners.length && before.listeners.every(({name}, i) => name === after.listeners[i]?.name)
  return {
    listeners: after.listeners.filter((listener) => !known.has(listener)),
    ...(hasSameOrder ? {} : {order: after.listeners.map(({name}) => name)}),
    ...clustersBetween(before.clusters, after.clusters),
  }
}

function clustersBetween(before: Routing['clusters'], after: Routing['clusters']): Pick<RoutingDelta, 'clusters' | 'removed'> {
  if (before === after) return {clusters: {}, removed: []}
  return {
    clusters: Object.fromEntries(Object.entries(after).filter(([key, cluster]) => before[key] !== cluster)),
    removed: Object.keys(before).filter((key) => !Object.hasOwn(after, key)),
  }
}

/** The routing that `delta` was made for; what is not in the delta is the very same as in `before`. */
export function applyDelta(before: Routing, {listeners, order, clusters, removed}: RoutingDelta): Routing {
  const fresh = new Map(listeners.map((listener) => [listener.name, listener]))
  return {
    listeners: order === undefined ? before.listeners.map((listener) => fresh.get(listener.name) ?? listener) : inOrder(order, before.listeners, fresh),
    clusters: Object.keys(clusters).length + removed.length === 0 ? before.clusters : changed(before.clusters, clusters, new Set(removed)),
    findings: [],
  }
}

function inOrder(names: readonly string[], before: readonly Listener[], fresh: ReadonlyMap<string, Listener>): readonly Listener[] {
  const known = new Map(before.map((listener) => [listener.name, listener]))
  return names.flatMap((name) => fresh.get(name) ?? known.get(name) ?? [])
}

function changed(before: Routing['clusters'], added: Routing['clusters'], removed: ReadonlySet<string>): Routing['clusters'] {
  const staying = removed.size === 0 ? before : Object.fromEntries(Object.entries(before).filter(([key]) => !removed.has(key)))
  return {...staying, ...added}
}
