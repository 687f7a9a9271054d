import {goJson} from '../api/go-json.js'
import {isDeepStrictEqual} from 'node:util'
import {isJsonObject, type JsonObject, type KubeObject} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'
import {isAlreadyExists, isConflict} from '../api/status-error.js'
import {UserError} from '../base/user-error.js'
import {LAST_APPLIED, lastApplied, withLastApplied} from './last-applied.js'
import {keepsNamedKeysOnly} from './list-rules.js'
import {mergeKeyOf} from './merge-keys.js'
import {createStrategicPatch} from './patch/create-strategic-patch.js'
import {createMergePatch} from './patch/merge-patch.js'
import {mergeRulesOf, type Patch} from './patch/patch-object.js'
import {strictInPatch} from './patch/strict-in-patch.js'
import type {Resources} from './resources.js'
import type {WriteOptions} from './write-options.js'
import {threeWayMerge} from './three-way-merge.js'
import {typeInStore} from './types-in-store.js'

/** What applying one object would do, before it is done: a value that `--dry-run` prints and `carryOut` executes. */
export type ApplyPlan =
  | {readonly type: 'create'; readonly object: KubeObject}
  | {readonly type: 'configure'; readonly object: KubeObject; readonly live: KubeObject; readonly neverApplied: boolean; readonly patch: Patch}
  | {readonly type: 'unchanged'; readonly object: KubeObject}

export interface Applied {
  readonly operation: 'created' | 'configured' | 'unchanged'
  readonly object: KubeObject
  readonly warnings: readonly string[]
}

const CONFLICT_RETRIES = 5

export interface ApplyOptions extends WriteOptions {
  /** False: what others changed since the file was last applied is not overwritten but refused. Default: true. */
  readonly overwrite?: boolean
}

/** Compares a file's object with the live one by kubectl's three-way rule. `written` carries the namespace it goes to. */
export async function planApply(resources: Resources, written: KubeObject, {overwrite = true}: ApplyOptions = {}): Promise<ApplyPlan> {
  const type = await typeInStore(resources, written)
  const {name, namespace} = written.metadata
  const modified = withLastApplied(written)
  const stored = await resources.find(type, namespace, name)
  if (stored === undefined) return {type: 'create', object: modified}
  // kubectl asks the server for the live object in the version the file is written in
  const live = {...stored, apiVersion: written.apiVersion}
  const original = lastApplied(live)
  if (!overwrite) requireUncontested(original ?? {}, asJson(modified), asJson(live))
  const mergeKey = (path: readonly string[]) => (type.builtin ? mergeKeyOf(type.kind, path) : undefined)
  const merged = threeWayMerge(original ?? {}, asJson(modified), asJson(live), mergeKey, (path) => keepsNamedKeysOnly(type, path))
  if (isDeepStrictEqual(merged, asJson(live))) return {type: 'unchanged', object: stored}
  const patch: Patch = type.builtin
    ? {type: 'strategic', body: createStrategicPatch(asJson(live), merged, mergeRulesOf(type))}
    : {type: 'merge', body: createMergePatch(asJson(live), merged)}
  return {type: 'configure', object: merged as unknown as KubeObject, live: stored, neverApplied: original === undefined, patch}
}

/** Throws a UserError where the file and someone else have changed the same field since it was last applied. */
function requireUncontested(original: JsonObject, modified: JsonObject, live: JsonObject): void {
  const wanted = createMergePatch(original, modified)
  const changed = createMergePatch(original, live)
  if (!areContrary(wanted, changed)) return
  throw new UserError(`patch:\n${goJson(wanted)}\nconflicts with changes made from original to current:\n${goJson(changed)}\n`)
}

function areContrary(a: JsonObject, b: JsonObject): boolean {
  return Object.entries(a).some(([key, value]) => {
    const other = b[key]
    if (other === undefined || key === LAST_APPLIED) return false
    return isJsonObject(value) && isJsonObject(other) ? areContrary(value, other) : !isDeepStrictEqual(value, other)
  })
}

/** Plans and executes, again where someone else wrote in between. Throws the refusal of `Resources.create` or `update`. */
export async function apply(resources: Resources, written: KubeObject, options: ApplyOptions = {}): Promise<Applied> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await carryOut(resources, await planApply(resources, written, options), options)
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
      const {object, warnings} = await strictInPatch(plan.patch, () => resources.update(plan.object, options))
      return {operation: 'configured', object, warnings: [...missingAnnotation(plan, await typeInStore(resources, plan.live)), ...warnings]}
    }
  }
}

function missingAnnotation({neverApplied, live}: {neverApplied: boolean; live: KubeObject}, {plural}: ResourceType): readonly string[] {
  if (!neverApplied) return []
  return [
    `resource ${plural}/${live.metadata.name} is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by tshift apply. ` +
      'tshift apply should only be used on resources created declaratively by either tshift create --save-config or tshift apply. ' +
      'The missing annotation will be patched automatically.',
  ]
}

function asJson(object: KubeObject): JsonObject {
  return object as unknown as JsonObject
}
