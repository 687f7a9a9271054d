import type {StatefulSet} from '../../../api/kinds/stateful-set.js'
import type {KubeObject} from '../../../api/object.js'

/** `web-2` is the pod 2 of `web`; undefined for a name that is none of the set's. Source: kubernetes `getParentNameAndOrdinal`. */
export function ordinalOf(set: StatefulSet, {metadata}: KubeObject): number | undefined {
  const prefix = `${set.metadata.name}-`
  const digits = metadata.name.slice(prefix.length)
  return metadata.name.startsWith(prefix) && /^[0-9]+$/.test(digits) ? Number(digits) : undefined
}

export function startOf({spec}: StatefulSet): number {
  return spec.ordinals?.start ?? 0
}
