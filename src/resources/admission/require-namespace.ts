import {type Namespace, namespaceType} from '../../api/kinds/namespace.js'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {qualifiedResource, StatusError} from '../../api/status-error.js'
import type {Resources} from '../resources.js'

/** New objects need a namespace that exists and is not on its way out (NamespaceLifecycle admission). */
export async function requireNamespace(resources: Resources, type: ResourceType, object: KubeObject): Promise<void> {
  const {namespace, name} = object.metadata
  if (!type.namespaced || namespace === undefined) return
  const found = await resources.get<Namespace>(namespaceType, undefined, namespace)
  if (found.metadata.deletionTimestamp === undefined) return
  const text = `unable to create new content in namespace ${namespace} because it is being terminated`
  throw new StatusError('Forbidden', `${qualifiedResource(type)} "${name}" is forbidden: ${text}`, {
    name,
    group: type.group,
    kind: type.plural,
    causes: [{reason: 'NamespaceTerminating', field: 'metadata.namespace', message: `namespace ${namespace} is being terminated`}],
  })
}
