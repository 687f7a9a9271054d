import type {KubeObject} from '../../api/object.js'
import {memoizeByIdentity} from '../../base/memoize.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'

/** A `default` ServiceAccount in every namespace, and the end of terminating namespaces that have become empty. */
export function planNamespaces(world: World): readonly Action[] {
  const withAccount = namespacesOf(world.serviceAccounts)
  return world.namespaces.flatMap((namespace): readonly Action[] => {
    const {name, deletionTimestamp} = namespace.metadata
    if (deletionTimestamp !== undefined) return isInhabited(name, world) ? [] : [{type: 'delete', object: namespace}]
    return withAccount.has(name) ? [] : [{type: 'create', object: defaultAccount(name)}]
  })
}

const namespacesOf = memoizeByIdentity((accounts: World['serviceAccounts']): ReadonlySet<string | undefined> => {
  return new Set(accounts.filter(({metadata}) => metadata.name === 'default').map(({metadata}) => metadata.namespace))
})

function isInhabited(name: string, {kinds}: World): boolean {
  return kinds.some((list) => list.some(({metadata}) => metadata.namespace === name))
}

function defaultAccount(namespace: string): KubeObject {
  return {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'default', namespace}}
}
