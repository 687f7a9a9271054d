import type {ResourceType} from '../../api/resource-type.js'

const SCALABLE = new Set(['apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', '/ReplicationController'])

/** Whether the kind has a `scale` subresource. */
export function isScalable({group, kind}: Pick<ResourceType, 'group' | 'kind'>): boolean {
  return SCALABLE.has(`${group}/${kind}`)
}
