import type {KubeObject} from '../api/object.js'

/** An object without a namespace is in `default`, as kubectl would have put it there. */
export function namespaceOf({metadata}: KubeObject): string {
  return metadata.namespace ?? 'default'
}

/** `namespace/name`, the key by which everything namespaced is found here. */
export function keyOf(object: KubeObject): string {
  return `${namespaceOf(object)}/${object.metadata.name}`
}

/** `Kind namespace/name`, as findings name objects. */
export function titleOf(object: KubeObject): string {
  return `${object.kind} ${keyOf(object)}`
}
