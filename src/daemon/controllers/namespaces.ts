import type {KubeObject} from '../../api/object.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'

/** A `default` ServiceAccount in every namespace, and the end of terminating namespaces that have become empty. */
export function planNamespaces(world: World): readonly Action[] {
  const inhabited = new Set(world.all.map(({metadata}) => metadata.namespace))
  const withAccount = new Set(world.serviceAccounts.filter(({metadata}) => metadata.name === 'default').map(({metadata}) => metadata.namespace))
  return world.namespaces.flatMap((namespace): readonly Action[] => {
    const {name, deletionTimestamp} = namespace.metadata
    if (deletionTimestamp !== undefined) return inhabited.has(name) ? [] : [{type: 'delete', object: namespace}]
    return withAccount.has(name) ? [] : [{type: 'create', object: defaultAccount(name)}]
  })
}

function defaultAccount(namespace: string): KubeObject {
  return {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'default', namespace}}
}
