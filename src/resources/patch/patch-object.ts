import {isJsonObject, type Json, type JsonObject, type KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {StatusError} from '../../api/status-error.js'
import {listRule} from '../list-rules.js'
import {mergeKeyOf} from '../merge-keys.js'
import type {Resources} from '../resources.js'
import type {ObjectRef, WriteOptions, Written} from '../write-options.js'
import {applyJsonPatch} from './json-patch.js'
import {applyMergePatch} from './merge-patch.js'
import {strictInPatch} from './strict-in-patch.js'
import {applyStrategicMerge, type MergeRules} from './strategic-merge.js'

/** A change of an object, as `kubectl patch --type` names its kinds. */
export interface Patch {
  readonly type: 'json' | 'merge' | 'strategic'
  readonly body: Json
}

/** What a patch makes of the object that is stored now, written as `Resources.update` does. */
export async function patchObject<T extends KubeObject>(
  resources: Resources,
  type: ResourceType,
  {ref, patch, options}: {ref: ObjectRef; patch: Patch; options: WriteOptions},
): Promise<Written<T>> {
  const live = await resources.get<T>(type, ref.namespace, ref.name, {managedFields: true})
  const patched = applyPatch(type, live as unknown as JsonObject, patch) as unknown as T
  requireSamePlace(live, patched)
  // a patch that says nothing of the managers leaves them to the write
  const isUntouched = JSON.stringify(patched.metadata.managedFields) === JSON.stringify(live.metadata.managedFields)
  const {managedFields: _, ...metadata} = patched.metadata
  const object = isUntouched ? {...patched, metadata} : patched
  if (options.subresource !== 'status') return strictInPatch(patch, () => resources.update<T>(object, options))
  const written = await resources.updateStatus<T>(object, options)
  return {object: written, changed: written.metadata.resourceVersion !== live.metadata.resourceVersion, warnings: []}
}

/** Throws UnsupportedMediaType for a strategic merge patch of a custom kind, BadRequest or Invalid for a patch that does not fit. */
export function applyPatch(type: ResourceType, live: JsonObject, {type: kind, body}: Patch): JsonObject {
  const patched = patchedValue(type, live, kind, body)
  if (!isJsonObject(patched) || !isJsonObject(patched['metadata'])) throw new StatusError('BadRequest', 'the patch leaves no object')
  return patched
}

function patchedValue(type: ResourceType, live: JsonObject, kind: Patch['type'], body: Json): Json {
  switch (kind) {
    case 'json':
      return applyJsonPatch(live, body)
    case 'merge':
      return applyMergePatch(live, requireMap(body))
    case 'strategic':
      if (!type.builtin) throw notForCustomKinds()
      return applyStrategicMerge(live, requireMap(body), mergeRulesOf(type))
  }
}

/** Whether the patch itself says which version it is for: then a conflict is the caller's. */
export function pinsVersion({body}: Patch): boolean {
  return isJsonObject(body) && isJsonObject(body['metadata']) && body['metadata']['resourceVersion'] !== undefined
}

/** By what the lists of a kind are merged. */
export function mergeRulesOf(type: ResourceType): MergeRules {
  return {mergeKeyOf: (path) => mergeKeyOf(type.kind, path), isSet: (path) => listRule(type, path).type === 'set'}
}

function requireMap(body: Json): JsonObject {
  if (isJsonObject(body)) return body
  const what = Array.isArray(body) ? 'array' : body === null ? 'null' : typeof body
  throw new StatusError('BadRequest', `error decoding patch: json: cannot unmarshal ${what} into Go value of type map[string]interface {}`)
}

function notForCustomKinds(): StatusError {
  const accepted = 'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml'
  return new StatusError('UnsupportedMediaType', `the body of the request was in an unknown format - accepted media types include: ${accepted}`)
}

function requireSamePlace({metadata: live}: KubeObject, {metadata: patched}: KubeObject): void {
  if (patched.name !== live.name) {
    throw new StatusError('BadRequest', `the name of the object (${patched.name ?? ''}) does not match the name on the URL (${live.name})`)
  }
  if (patched.namespace === live.namespace) return
  throw new StatusError(
    'BadRequest',
    `the namespace of the object (${patched.namespace ?? ''}) does not match the namespace on the URL (${live.namespace ?? ''})`,
  )
}
