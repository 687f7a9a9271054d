import type {ResourceType} from '../api/resource-type.js'

/** `deployment.apps`, `service`: how kubectl names a kind in front of an object's name. */
export function qualifiedKind({kind, group}: Pick<ResourceType, 'kind' | 'group'>): string {
  return group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`
}
