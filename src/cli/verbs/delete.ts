import type {KubeObject} from '../../api/object.js'
import type {Selector} from '../../api/labels.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isNotFound} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import {deleteObject, type DeleteOptions} from '../../resources/deletion.js'
import type {Resources} from '../../resources/resources.js'
import {sideBySide} from '../../resources/side-by-side.js'
import {readDocuments, type DocumentOptions} from '../manifests/documents.js'
import {failed, type Failed} from '../failed.js'
import type {Target} from '../targets.js'

export interface DeletionPolicy extends DeleteOptions {
  readonly ignoreNotFound: boolean
  readonly dryRun: 'none' | 'client' | 'server'
}

export type Deletion =
  | {readonly type: 'deleted'; readonly resource: ResourceType; readonly object: KubeObject}
  | Failed

/** An object that is to be deleted, or why one could not be found. */
export type Doomed =
  | {readonly type: 'found'; readonly resource: ResourceType; readonly object: KubeObject; readonly doing?: string | undefined}
  | Failed

/** What the files name, in their order; what is not there is refused unless the policy ignores it. */
export async function* doomedByFiles(
  options: DocumentOptions & {readonly selector?: Selector | undefined},
  policy: DeletionPolicy,
  resources: Resources,
): AsyncIterable<Doomed> {
  for await (const document of readDocuments({...options, isValidated: false}, resources)) {
    if (document.type === 'problem') yield failed(document.error)
    else {
      const {object, resource, document: source} = document
      yield* findOne(resource, object.metadata, {policy, resources, doing: `error when deleting "${source.source.file}"`})
    }
  }
}

export interface TargetSelection {
  readonly namespace: string | undefined
  readonly selector?: Selector | undefined
  /** Which of the objects are meant (`--field-selector`). */
  readonly isMeant?: ((type: ResourceType, object: KubeObject) => boolean) | undefined
  readonly all: boolean
}

/** What a kind and name, a selector, or `--all` mean. Throws kubectl's UserError where they say nothing, or two things. */
export async function* doomedByTargets(
  targets: readonly Target[],
  selection: TargetSelection,
  policy: DeletionPolicy,
  resources: Resources,
): AsyncIterable<Doomed> {
  const selects = selection.selector !== undefined || selection.isMeant !== undefined || selection.all
  for (const {type, name} of targets) {
    if (name !== undefined && selects) throw new UserError('name cannot be provided when a selector is specified')
    if (name !== undefined) {
      yield* findOne(type, {name, namespace: selection.namespace}, {policy, resources})
      continue
    }
    if (!selects) throw new UserError('resource(s) were provided, but no name was specified')
    const {items} = await resources.list(type, selection)
    for (const object of items) if (selection.isMeant?.(type, object) !== false) yield {type: 'found', resource: type, object}
  }
}

type Ref = {readonly name?: string; readonly namespace?: string | undefined}

/** What is only said to be deleted is not looked up. Source: kubectl `delete.go`, `RequireObject(false)`. */
async function* findOne(
  resource: ResourceType,
  {name = '', namespace}: Ref,
  {policy, resources, doing}: {policy: DeletionPolicy; resources: Resources; doing?: string},
): AsyncIterable<Doomed> {
  if (policy.dryRun === 'client') return yield {type: 'found', resource, object: named(resource, name, namespace), doing}
  try {
    if (name === '') throw new UserError(`${doing === undefined ? '' : `${doing}: `}resource name may not be empty`)
    yield {type: 'found', resource, object: await resources.get(resource, namespace, name), doing}
  } catch (error) {
    if (isNotFound(error) && policy.ignoreNotFound) return
    yield failed(error, doing)
  }
}

function named({group, version, kind, namespaced}: ResourceType, name: string, namespace = 'default'): KubeObject {
  return {apiVersion: group === '' ? version : `${group}/${version}`, kind, metadata: {name, ...(namespaced ? {namespace} : {})}}
}

/** Deletes in their order; a refused one does not stop the rest, and of one that is gone already nothing is said where the policy ignores it. */
export async function* deleteAll(doomed: AsyncIterable<Doomed> | Iterable<Doomed>, policy: DeletionPolicy, resources: Resources): AsyncIterable<Deletion> {
  for await (const deletion of sideBySide(doomed, (one) => writtenBy(one, policy), (one) => deleteOne(one, policy, resources))) {
    if (deletion !== undefined) yield deletion
  }
}

/** What takes its dependants along, or lets them go, may do so with others that are to be deleted. */
function writtenBy(one: Doomed, {propagation = 'background'}: DeletionPolicy): KubeObject | 'everything' | undefined {
  if (one.type === 'failed') return undefined
  return propagation === 'background' ? one.object : 'everything'
}

async function deleteOne(one: Doomed, policy: DeletionPolicy, resources: Resources): Promise<Deletion | undefined> {
  if (one.type === 'failed') return one
  const {resource, object, doing} = one
  try {
    if (policy.dryRun === 'none') await deleteObject(resources, object, policy)
    return {type: 'deleted', resource, object}
  } catch (error) {
    if (isNotFound(error) && policy.ignoreNotFound) return undefined
    return failed(error, doing)
  }
}
