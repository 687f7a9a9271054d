import {memoizeByIdentity} from '../base/memoize.js'
import type {Routing} from './routing.js'

/**
 * `after` made of the parts of `before` wherever they are equal: listeners, chains and clusters that did not change are the very same objects, and the
 * routing itself where nothing did. Who puts routings in force tells by identity what is new.
 */
export function shareRouting(before: Routing, after: Routing): Routing {
  const clusters = sharedClusters(after.clusters, before.clusters)
  return share(before, {...after, clusters}) as Routing
}

type Clusters = Routing['clusters']

/** There are many, they are compared once, and most changes are about routes. */
const sharedClusters = memoizeByIdentity((after: Clusters, before: Clusters): Clusters => share(before, after) as Clusters)

/** Plain data only. */
function share(before: unknown, after: unknown): unknown {
  if (before === after || !isObject(before) || !isObject(after)) return after
  if (Array.isArray(before) || Array.isArray(after)) return Array.isArray(before) && Array.isArray(after) ? shareList(before, after) : after
  return shareRecord(before, after)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** An element may have moved because others came or went before it: it is looked for from the front and from the back, first as it is. */
function shareList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const moved = before.length - after.length
  const shared = after.map((element, i) => {
    if (element === before[i] || element === before[i + moved]) return element
    const fromFront = shareElement(before[i], element)
    return moved === 0 || fromFront === before[i] ? fromFront : shareElement(before[i + moved], element)
  })
  return moved === 0 && shared.every((element, i) => element === before[i]) ? before : shared
}

/** A compiler that remembers gives the same elements again and again: those that only look like what is in force are compared once. */
function shareElement(before: unknown, element: unknown): unknown {
  return isObject(element) && isObject(before) ? sharedElement(element, before) : element
}

const sharedElement = memoizeByIdentity((element: object, before: object): unknown => share(before, element))

function shareRecord(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(after)
  const shared = entries.flatMap(([key, value]) => {
    const same = value === before[key] ? value : share(before[key], value)
    return same === value ? [] : [[key, same] as const]
  })
  const result = shared.length === 0 ? after : {...after, ...Object.fromEntries(shared)}
  const isSame = entries.length === Object.keys(before).length && entries.every(([key]) => result[key] === before[key])
  return isSame ? before : result
}
