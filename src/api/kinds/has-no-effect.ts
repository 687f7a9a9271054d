import type {KubeObject} from '../object.js'

/** For kinds that are stored and given back, and change nothing here. */
export function hasNoEffect({apiVersion, kind}: KubeObject): readonly string[] {
  return [`${apiVersion} ${kind} has no effect here, it is only stored`]
}
