import {podType, type Pod} from '../../api/kinds/pod.js'
import {knownTypes} from '../../api/registry.js'
import {typesInStore} from '../../resources/types-in-store.js'
import {currentNamespace, readContexts} from '../context/context-file.js'
import type {Session} from '../session.js'
import type {Lookups} from './candidates.js'

/** Looks in the store; whatever goes wrong there, a completion has nothing to say about it. */
export function storeLookups(open: () => Promise<Session>): Lookups {
  const orNothing = <T>(look: () => Promise<readonly T[]>): Promise<readonly T[]> => look().catch(() => [])
  return {
    types: async () => open().then(({resources}) => typesInStore(resources)).catch(() => knownTypes),
    names: (type, namespace) =>
      orNothing(async () => {
        const {resources} = await open()
        const {items} = await resources.list(type, {namespace: type.namespaced ? (namespace ?? currentNamespace()) : undefined})
        return items.map(({metadata}) => metadata.name)
      }),
    containers: (pod, namespace) =>
      orNothing(async () => {
        const {spec} = await (await open()).resources.get<Pod>(podType, namespace ?? currentNamespace(), pod)
        return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map(({name}) => name)
      }),
    contexts: () => readContexts().contexts.map(({name}) => name),
  }
}
