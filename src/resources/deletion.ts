import {customResourceDefinitionType, typesOfDefinitions, type CustomResourceDefinition} from '../api/kinds/foreign/custom-resource-definition.js'
import {namespaceType, type Namespace} from '../api/kinds/namespace.js'
import type {Pod} from '../api/kinds/pod.js'
import {formatTime, type KubeObject} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'
import {isNotFound, StatusError} from '../api/status-error.js'
import type {Resources} from './resources.js'
import {typeInStore, typesInStore} from './types-in-store.js'

export interface DeleteOptions {
  /** Seconds a pod's containers get to end by themselves; default: what the pod asks for. 0 removes it at once. */
  readonly gracePeriodSeconds?: number
  /** Whether the gateway process is there to stop a pod's containers; without it nothing runs and pods go at once. */
  readonly nodeAlive: boolean
}

/**
 * Deletes as the API server does: a pod that runs is marked and goes when its containers have ended; a namespace is marked, emptied and
 * removed once it is empty; a kind's definition goes after its objects; everything else is removed at once. Dependants are the garbage controller's business.
 */
export async function deleteObject(resources: Resources, object: KubeObject, options: DeleteOptions): Promise<void> {
  const {kind, group} = await typeInStore(resources, object)
  if (kind === 'Namespace' && group === '') return deleteNamespace(resources, object as Namespace, options)
  if (kind === customResourceDefinitionType.kind) await deleteDefined(resources, object as CustomResourceDefinition, options)
  const grace = kind === 'Pod' ? graceOf(object as Pod, options) : 0
  if (grace === 0) return resources.remove(object)
  await markDeleted(resources, object, grace)
}

function graceOf(pod: Pod, {gracePeriodSeconds, nodeAlive}: DeleteOptions): number {
  if (pod.spec?.nodeName === undefined || !nodeAlive) return 0
  return gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30
}

async function markDeleted(resources: Resources, object: KubeObject, graceSeconds: number): Promise<void> {
  const deletionTimestamp = formatTime(resources.clock.now() + graceSeconds * 1000)
  await resources.mutate(await typeInStore(resources, object), object.metadata, (live) =>
    live.metadata.deletionTimestamp === undefined
      ? {...live, metadata: {...live.metadata, deletionTimestamp, deletionGracePeriodSeconds: graceSeconds}}
      : live,
  )
}

/** Namespaces without which there is no cluster (NamespaceLifecycle admission). */
const PROTECTED = new Set(['default', 'kube-system', 'kube-public'])

function protectedNamespace(name: string): StatusError {
  return new StatusError('Forbidden', `namespaces "${name}" is forbidden: this namespace may not be deleted`, {name, kind: 'namespaces'})
}

async function deleteNamespace(resources: Resources, namespace: Namespace, options: DeleteOptions): Promise<void> {
  if (PROTECTED.has(namespace.metadata.name)) throw protectedNamespace(namespace.metadata.name)
  await markDeleted(resources, namespace, 0)
  const {name} = namespace.metadata
  await resources.mutateStatus<Namespace>(namespaceType, {name}, (live) => ({...live, status: {...live.status, phase: 'Terminating'}}))
  await emptyNamespace(resources, namespace.metadata.name, options)
  await finishNamespace(resources, namespace.metadata.name)
}

async function emptyNamespace(resources: Resources, name: string, options: DeleteOptions): Promise<void> {
  for (const type of await namespacedTypes(resources)) await deleteAll(resources, type, options, name)
}

async function deleteAll(resources: Resources, type: ResourceType, options: DeleteOptions, namespace?: string): Promise<void> {
  const {items} = await resources.list(type, {namespace})
  for (const object of items) await ignoreNotFound(() => deleteObject(resources, object, options))
}

async function namespacedTypes(resources: Resources): Promise<readonly ResourceType[]> {
  return (await typesInStore(resources)).filter(({namespaced}) => namespaced)
}

/** Objects of a kind that nobody defines any more could not be looked at (apiextensions finalizer `customresourcecleanup`). */
async function deleteDefined(resources: Resources, definition: CustomResourceDefinition, options: DeleteOptions): Promise<void> {
  for (const type of typesOfDefinitions([definition])) await deleteAll(resources, type, options)
}

/** Removes a terminating namespace if nothing is left in it; true when it is gone. */
export async function finishNamespace(resources: Resources, name: string): Promise<boolean> {
  const namespace = await resources.find<Namespace>(namespaceType, undefined, name)
  if (namespace === undefined) return true
  if (namespace.metadata.deletionTimestamp === undefined) return false
  for (const type of await namespacedTypes(resources)) {
    if ((await resources.list(type, {namespace: name})).items.length > 0) return false
  }
  await ignoreNotFound(() => resources.remove(namespace))
  return true
}

async function ignoreNotFound(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!isNotFound(error)) throw error // someone else deleted it: what we wanted
  }
}
