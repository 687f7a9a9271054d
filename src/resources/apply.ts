import {isDeepStrictEqual} from 'node:util'
import type {JsonObject, KubeObject} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'
import {isAlreadyExists, isConflict} from '../api/status-error.js'
import {lastApplied, withLastApplied} from './last-applied.js'
import {mergeKeyOf} from './merge-keys.js'
import type {Resources} from './resources.js'
import type {WriteOptions} from './write-options.js'
import {threeWayMerge} from './three-way-merge.js'
import {typeInStore} from './types-in-store.js'

/** What applying one object would do, before it is done: a value that `--dry-run` prints and `carryOut` executes. */
export type ApplyPlan =
  | {readonly type: 'create'; readonly object: KubeObject}
  | {readonly type: 'configure'; readonly object: KubeObject; readonly live: KubeObject; readonly neverApplied: boolean}
  | {readonly type: 'unchanged'; readonly object: KubeObject}

export interface Applied {
  readonly operation: 'created' | 'configured' | 'unchanged'
  readonly object: KubeObject
  readonly warnings: readonly string[]
}

const CONFLICT_RETRIES = 5

/** Compares a file's object with the live one by kubectl's three-way rule. `written` carries the namespace it goes to. */
export async function planApply(resources: Resources, written: KubeObject): Promise<ApplyPlan> {
  const type = await typeInStore(resources, written)
  const {name, namespace} = written.metadata
  const modified = withLastApplied(written)
  const stored = await resources.find(type, namespace, name)
  if (stored === undefined) return {type: 'create', object: modified}
  // kubectl asks the server for the live object in the version the file is written in
  const live = {...stored, apiVersion: written.apiVersion}
  const original = lastApplied(live)
  const merged = threeWayMerge(original ?? {}, asJson(modified), asJson(live), (path) => (type.builtin ? mergeKeyOf(type.kind, path) : undefined))
  if (isDeepStrictEqual(merged, asJson(live))) return {type: 'unchanged', object: stored}
  return {type: 'configure', object: merged as unknown as KubeObject, live: stored, neverApplied: original === undefined}
}

/** Plans and executes, again where someone else wrote in between. Throws the refusal of `Resources.create` or `update`. */
export async function apply(resources: Resources, written: KubeObject, options: WriteOptions = {}): Promise<Applied> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await carryOut(resources, await planApply(resources, written), options)
    } catch (error) {
      const isContested = isConflict(error) || isAlreadyExists(error)
      if (!isContested || attempt > CONFLICT_RETRIES) throw error
    }
  }
}

async function carryOut(resources: Resources, plan: ApplyPlan, options: WriteOptions): Promise<Applied> {
  switch (plan.type) {
    case 'unchanged':
      return {operation: 'unchanged', object: plan.object, warnings: []}
    case 'create': {
      const {object, warnings} = await resources.create(plan.object, options)
      return {operation: 'created', object, warnings}
    }
    case 'configure': {
      const {object, warnings} = await resources.update(plan.object, options)
      return {operation: 'configured', object, warnings: [...missingAnnotation(plan, await typeInStore(resources, plan.live)), ...warnings]}
    }
  }
}

function missingAnnotation({neverApplied, live}: {neverApplied: boolean; live: KubeObject}, {plural}: ResourceType): readonly string[] {
  if (!neverApplied) return []
  return [
    `resource ${plural}/${live.metadata.name} is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. ` +
      'kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. ' +
      'The missing annotation will be patched automatically.',
  ]
}

function asJson(object: KubeObject): JsonObject {
  return object as unknown as JsonObject
}
