import type {KubeObject} from '../api/object.js'
import {memoizeByIdentity} from '../base/memoize.js'
import {namespaceOf} from './naming.js'

/**
 * The order that decides who is first: creation time, then name, then namespace (istio model sortConfigByCreationTime).
 * Objects of one `apply` usually share the second, so that it is the name that decides. An object without a time is the oldest.
 */
export function inCreationOrder<T extends KubeObject>(objects: readonly T[]): readonly T[] {
  return sorted(objects) as readonly T[]
}

const sorted = memoizeByIdentity((objects: readonly KubeObject[]): readonly KubeObject[] => [...objects].sort(compare))

function compare(a: KubeObject, b: KubeObject): number {
  return (
    compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
    compareText(a.metadata.name, b.metadata.name) ||
    compareText(namespaceOf(a), namespaceOf(b))
  )
}

/** By code unit, as Go compares; a locale's order would differ from machine to machine. */
function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
