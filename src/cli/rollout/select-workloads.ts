import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typeInStore, typesInStore} from '../../resources/types-in-store.js'
import {namespaceOf} from '../flags/namespace.js'
import {selectorOf} from '../flags/selector.js'
import {hasStruct, notRegistered} from '../not-registered.js'
import {parseTargets, type Target} from '../targets.js'
import {selectObjects} from '../verbs/select-objects.js'

export interface WorkloadSelection {
  /** `TYPE NAME…`, `TYPE/NAME…`, or `TYPE` for all of them in the namespace. */
  readonly words: readonly string[]
  readonly filename?: readonly string[] | undefined
  readonly recursive: boolean
  readonly stdin: AsyncIterable<Buffer | string>
  readonly namespace?: string | undefined
  readonly selector?: string | undefined
}

export type Selected =
  | {readonly type: 'found'; readonly resource: ResourceType; readonly object: KubeObject}
  | {readonly type: 'failed'; readonly error: StatusError}

/** The objects a verb is about; one that is not there keeps none of the others back. Throws a UserError where none is named. */
export async function* selectWorkloads(selection: WorkloadSelection, resources: Resources): AsyncIterable<Selected> {
  const {words, filename} = selection
  if (filename !== undefined) return yield* ofFiles(selection, resources)
  if (words.length === 0) throw new UserError('required resource not specified')
  for (const target of parseTargets(words, await typesInStore(resources))) yield* ofTarget(target, selection, resources)
}

/** Those that kubectl has a struct for; in the end, its refusal of the first that has none. */
export async function* onlyTyped(selected: AsyncIterable<Selected>): AsyncIterable<Selected> {
  let refusal: UserError | undefined
  for await (const one of selected) {
    if (one.type === 'failed' || hasStruct(one.object)) yield one
    else refusal ??= notRegistered(one.object)
  }
  if (refusal !== undefined) throw refusal
}

async function* ofFiles(selection: WorkloadSelection, resources: Resources): AsyncIterable<Selected> {
  const objects = selectObjects({...selection, 'all-namespaces': false, all: true}, resources)
  for await (const object of objects) yield {type: 'found', resource: await typeInStore(resources, object), object}
}

async function* ofTarget({type: resource, name}: Target, selection: WorkloadSelection, resources: Resources): AsyncIterable<Selected> {
  const namespace = namespaceOf(selection) ?? 'default'
  if (name !== undefined) return yield await named(resource, {namespace, name}, resources)
  const {items} = await resources.list(resource, {namespace, selector: selectorOf(selection)})
  for (const object of items) yield {type: 'found', resource, object}
}

async function named(resource: ResourceType, {namespace, name}: {namespace: string; name: string}, resources: Resources): Promise<Selected> {
  try {
    return {type: 'found', resource, object: await resources.get(resource, namespace, name)}
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    return {type: 'failed', error}
  }
}
