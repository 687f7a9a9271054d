import type {ResourceType} from '../api/resource-type.js'

export const REGISTRY = '/registry/'

type Placed = Pick<ResourceType, 'group' | 'plural' | 'namespaced'>

/** Where an object is stored: `/registry/<group|core>/<plural>/[<namespace>/]<name>`, as Kubernetes lays out etcd. */
export function keyOf(type: Placed, namespace: string | undefined, name: string): string {
  return `${prefixOf(type, type.namespaced ? (namespace ?? 'default') : undefined)}${name}`
}

/** The prefix of all objects of a type, or of those in one namespace. Ends with a slash. */
export function prefixOf(type: Placed, namespace?: string): string {
  const all = `${REGISTRY}${type.group === '' ? 'core' : type.group}/${type.plural}/`
  return namespace === undefined || !type.namespaced ? all : `${all}${namespace}/`
}
