import {UserError} from '../base/user-error.js'
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
  if (namespace === undefined || !type.namespaced) return all
  requireSegment(namespace)
  return `${all}${namespace}/`
}

/** Throws client-go's UserError for a namespace that can be no part of a path. Source: apimachinery `IsValidPathSegmentName`. */
function requireSegment(namespace: string): void {
  if (namespace === '.' || namespace === '..') throw new UserError(`invalid namespace "${namespace}": [may not be '${namespace}']`)
  const faults = ['/', '%'].filter((char) => namespace.includes(char)).map((char) => `may not contain '${char}'`)
  if (faults.length > 0) throw new UserError(`invalid namespace "${namespace}": [${faults.join(' ')}]`)
}
