import type {KubeObject} from '../../api/object.js'
import type {Selector} from '../../api/labels.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isNotFound, StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import {deleteObject, type DeleteOptions} from '../../resources/deletion.js'
import type {Resources} from '../../resources/resources.js'
import {readDocuments, type DocumentOptions} from '../documents.js'
import {failureOf, statusText} from '../failure.js'
import type {Target} from '../targets.js'

export interface DeletionPolicy extends DeleteOptions {
  readonly ignoreNotFound: boolean
  readonly dryRun: 'none' | 'client' | 'server'
}

export type Deletion =
  | {readonly type: 'deleted'; readonly resource: ResourceType; readonly object: KubeObject}
  | {readonly type: 'failed'; readonly text: string}

/** An object that is to be deleted, or why one could not be found. */
export type Doomed =
  | {readonly type: 'found'; readonly resource: ResourceType; readonly object: KubeObject; readonly doing?: string | undefined}
  | {readonly type: 'failed'; readonly text: string}

/** What the files name, in their order; what is not there is refused unless the policy ignores it. */
export async function* doomedByFiles(options: DocumentOptions & {readonly selector?: Selector | undefined}, policy: DeletionPolicy, resources: Resources): AsyncIterable<Doomed> {
  for await (const document of readDocuments(options, resources)) {
    if (document.type === 'problem') yield {type: 'failed', text: failureOf(document.error).text}
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
export async function* doomedByTargets(targets: readonly Target[], selection: TargetSelection, policy: DeletionPolicy, resources: Resources): AsyncIterable<Doomed> {
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

type Ref = {readonly name: string; readonly namespace?: string | undefined}

async function* findOne(resource: ResourceType, ref: Ref, {policy, resources, doing}: {policy: DeletionPolicy; resources: Resources; doing?: string}): AsyncIterable<Doomed> {
  try {
    yield {type: 'found', resource, object: await resources.get(resource, ref.namespace, ref.name), doing}
  } catch (error) {
    if (isNotFound(error) && policy.ignoreNotFound) return
    if (!(error instanceof StatusError)) throw error
    yield {type: 'failed', text: statusText(error, doing)}
  }
}

/** Deletes one after the other; a refused one does not stop the rest. */
export async function* deleteAll(doomed: AsyncIterable<Doomed> | Iterable<Doomed>, policy: DeletionPolicy, resources: Resources): AsyncIterable<Deletion> {
  for await (const one of doomed) {
    if (one.type === 'failed') {
      yield one
      continue
    }
    const {resource, object, doing} = one
    try {
      if (policy.dryRun === 'none') await deleteObject(resources, object, policy)
      yield {type: 'deleted', resource, object}
    } catch (error) {
      if (isNotFound(error) && policy.ignoreNotFound) continue
      if (!(error instanceof StatusError)) throw error
      yield {type: 'failed', text: statusText(error, doing)}
    }
  }
}
