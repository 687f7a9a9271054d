import {customResourceDefinitionType, typesOfDefinitions, type CustomResourceDefinition} from '../api/kinds/foreign/custom-resource-definition.js'
import {namespaceType, type Namespace} from '../api/kinds/namespace.js'
import type {Pod} from '../api/kinds/pod.js'
import type {KubeObject} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'
import {isNotFound, StatusError} from '../api/status-error.js'
import {FOREGROUND, dependentsOf, disowned, isBlocking, withoutFinalizer} from './dependents.js'
import type {Resources} from './resources.js'
import {allSideBySide} from './side-by-side.js'
import {typeInStore, typesInStore} from './types-in-store.js'

/** What becomes of an object's dependants: they go after it, before it, or stay without it (`--cascade`). */
export type Propagation = 'background' | 'foreground' | 'orphan'

export interface DeleteOptions {
  /** Seconds a pod's containers get to end by themselves; default: what the pod asks for. 0 removes it at once. */
  readonly gracePeriodSeconds?: number
  /** Whether the gateway process is there to stop a pod's containers; without it nothing runs and pods go at once. */
  readonly nodeAlive: boolean
  /** Default: background. */
  readonly propagation?: Propagation
  /** The object must still be this one: throws Conflict otherwise. */
  readonly preconditions?: {readonly uid?: string; readonly resourceVersion?: string}
}

/**
 * Deletes as the API server does: a pod that runs is marked and goes when its containers have ended; a namespace is marked, emptied and
 * removed once it is empty; a kind's definition goes after its objects; what finalizers hold is marked; everything else is removed at once.
 * Dependants in the background are the garbage controller's business.
 */
export async function deleteObject(resources: Resources, object: KubeObject, options: DeleteOptions): Promise<void> {
  const {kind, group} = await typeInStore(resources, object)
  requireSame(object, options)
  if (kind === 'Namespace' && group === '') return deleteNamespace(resources, object as Namespace, options)
  if (kind === customResourceDefinitionType.kind) await deleteDefined(resources, object as CustomResourceDefinition, options)
  if (options.propagation === 'orphan') await orphanDependents(resources, object)
  if (options.propagation === 'foreground') return deleteForeground(resources, object, options)
  const grace = kind === 'Pod' ? graceOf(object as Pod, options) : 0
  if (grace === 0) return resources.remove(object)
  await resources.markDeleted(object, {graceSeconds: grace})
}

/** Source: apiserver `rest.BeforeDelete`. */
function requireSame({kind, metadata}: KubeObject, {preconditions: {uid, resourceVersion} = {}}: DeleteOptions): void {
  const refuse = (what: string, asked: string, found = '', then = '') => {
    const text = `the ${what} in the precondition (${asked}) does not match the ${what} in record (${found}). The object might have been ${then}`
    throw new StatusError('Conflict', `Operation cannot be fulfilled on ${kind} "${metadata.name}": ${text}`, {name: metadata.name, kind})
  }
  if (uid !== undefined && uid !== metadata.uid) refuse('UID', uid, metadata.uid, 'deleted and then recreated')
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion)
    refuse('ResourceVersion', resourceVersion, metadata.resourceVersion, 'modified')
}

async function orphanDependents(resources: Resources, owner: KubeObject): Promise<void> {
  const collector = resources.as('kube-controller-manager')
  for (const dependent of await dependentsOf(resources, owner)) {
    const type = await typeInStore(resources, dependent)
    await ignoreNotFound(async () => void (await collector.mutate(type, dependent.metadata, (live) => disowned(live, owner))))
  }
}

/** The owner is held until those that block it are gone; a controller looks again for those that take their time. */
async function deleteForeground(resources: Resources, owner: KubeObject, options: DeleteOptions): Promise<void> {
  await resources.markDeleted(owner, {graceSeconds: 0, finalizers: [FOREGROUND]})
  const {preconditions: _, ...rest} = options
  for (const dependent of await dependentsOf(resources, owner)) await ignoreNotFound(() => deleteObject(resources, dependent, rest))
  await finishForeground(resources, owner)
}

/** Lets an owner go whose dependants had to go first, if they have. */
async function finishForeground(resources: Resources, owner: KubeObject): Promise<void> {
  if ((await dependentsOf(resources, owner)).some((dependent) => isBlocking(dependent, owner))) return
  const type = await typeInStore(resources, owner)
  await ignoreNotFound(
    async () => void (await resources.as('kube-controller-manager').mutate(type, owner.metadata, (live) => withoutFinalizer(live, FOREGROUND))),
  )
}

function graceOf(pod: Pod, {gracePeriodSeconds, nodeAlive}: DeleteOptions): number {
  if (pod.spec?.nodeName === undefined || !nodeAlive) return 0
  return gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30
}

/** Namespaces without which there is no cluster (NamespaceLifecycle admission). */
const PROTECTED = new Set(['default', 'kube-system', 'kube-public'])

function protectedNamespace(name: string): StatusError {
  return new StatusError('Forbidden', `namespaces "${name}" is forbidden: this namespace may not be deleted`, {name, kind: 'namespaces'})
}

async function deleteNamespace(resources: Resources, namespace: Namespace, options: DeleteOptions): Promise<void> {
  if (PROTECTED.has(namespace.metadata.name)) throw protectedNamespace(namespace.metadata.name)
  await resources.markDeleted(namespace, {graceSeconds: 0})
  const {name} = namespace.metadata
  await resources.mutateStatus<Namespace>(namespaceType, {name}, (live) => ({...live, status: {...live.status, phase: 'Terminating'}}))
  await emptyNamespace(resources, namespace.metadata.name, options)
  await finishNamespace(resources, namespace.metadata.name)
}

async function emptyNamespace(resources: Resources, name: string, options: DeleteOptions): Promise<void> {
  for (const type of await namespacedTypes(resources)) await deleteAll(resources, type, options, name)
}

async function deleteAll(
  resources: Resources,
  type: ResourceType,
  {preconditions: _, propagation: __, ...options}: DeleteOptions,
  namespace?: string,
): Promise<void> {
  const {items} = await resources.list(type, {namespace})
  await allSideBySide(items, (object) => object, (object) => ignoreNotFound(() => deleteObject(resources, object, options)))
}

async function namespacedTypes(resources: Resources): Promise<readonly ResourceType[]> {
  return (await typesInStore(resources)).filter(({namespaced}) => namespaced)
}

/** Objects of a kind that nobody defines any more could not be looked at (apiextensions finalizer `customresourcecleanup`). */
async function deleteDefined(resources: Resources, definition: CustomResourceDefinition, options: DeleteOptions): Promise<void> {
  for (const type of typesOfDefinitions([definition])) await deleteAll(resources, type, options)
}

/** Removes a terminating namespace if nothing is left in it; true when it is gone. */
async function finishNamespace(resources: Resources, name: string): Promise<boolean> {
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
