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

/** Deletes what the files name, in their order; what is not there is refused unless the policy ignores it. */
export async function* deleteFiles(options: DocumentOptions, policy: DeletionPolicy, resources: Resources): AsyncIterable<Deletion> {
  for await (const document of readDocuments(options, resources)) {
    if (document.type === 'problem') yield {type: 'failed', text: failureOf(document.error).text}
    else {
      const {object, resource, document: source} = document
      yield* deleteOne(resource, object.metadata, policy, resources, `error when deleting "${source.source.file}"`)
    }
  }
}

export interface TargetSelection {
  readonly namespace: string | undefined
  readonly selector?: Selector | undefined
  readonly all: boolean
}

/** Deletes by kind and name, by label, or all of a kind. */
export async function* deleteTargets(targets: readonly Target[], selection: TargetSelection, policy: DeletionPolicy, resources: Resources): AsyncIterable<Deletion> {
  for (const {type, name} of targets) {
    if (name !== undefined) {
      yield* deleteOne(type, {name, namespace: selection.namespace}, policy, resources)
      continue
    }
    if (selection.selector === undefined && !selection.all) throw new UserError('resource(s) were provided, but no name was specified')
    const {items} = await resources.list(type, selection)
    for (const {metadata} of items) yield* deleteOne(type, metadata, policy, resources)
  }
}

type Ref = {readonly name: string; readonly namespace?: string | undefined}

async function* deleteOne(type: ResourceType, ref: Ref, policy: DeletionPolicy, resources: Resources, doing?: string): AsyncIterable<Deletion> {
  try {
    const object = await resources.get(type, ref.namespace, ref.name)
    if (policy.dryRun === 'none') await deleteObject(resources, object, policy)
    yield {type: 'deleted', resource: type, object}
  } catch (error) {
    if (isNotFound(error) && policy.ignoreNotFound) return
    if (!(error instanceof StatusError)) throw error
    yield {type: 'failed', text: statusText(error, doing)}
  }
}
