import type {JsonObject, KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isSameJson} from '../../api/same-json.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import {applyPatch, type Patch} from '../../resources/patch/patch-object.js'
import {patchScale} from '../../resources/patch/patch-scale.js'
import type {Resources} from '../../resources/resources.js'
import {sideBySide} from '../../resources/side-by-side.js'
import {typeInStore} from '../../resources/types-in-store.js'
import type {DryRun} from '../flags/dry-run.js'
import type {PatchText} from '../read-patch.js'
import {orFailed, type Outcome} from './outcome.js'

export const PATCH_TYPES = ['json', 'merge', 'strategic'] as const

export interface PatchVerbOptions {
  readonly patch: {readonly type: Patch['type']; readonly text: PatchText}
  readonly dryRun: DryRun
  readonly subresource?: 'status' | 'scale' | undefined
  readonly fieldManager: string
  /** The objects come from files and are not stored. */
  readonly isLocal: boolean
  readonly managedFields: boolean
}

/** Patches every object; a refused one does not stop the rest. */
export function patchAll(objects: AsyncIterable<KubeObject>, options: PatchVerbOptions, resources: Resources): AsyncIterable<Outcome> {
  return sideBySide(objects, (object) => object, (object) => orFailed(() => patchOne(object, options, resources)))
}

async function patchOne(object: KubeObject, options: PatchVerbOptions, resources: Resources): Promise<Outcome> {
  const type = await typeInStore(resources, object)
  const {type: kind, text} = options.patch
  const isPretended = options.isLocal || options.dryRun === 'client'
  if (text.type === 'broken') {
    throw isPretended
      ? new UserError(PRETENDING[kind] ?? text.why)
      : new StatusError('BadRequest', kind === 'merge' ? `error decoding patch: ${text.why}` : text.why)
  }
  const patch = {type: kind, body: text.body}
  try {
    if (isPretended) return pretend(type, object, patch)
    return await patchStored({type, object, patch}, options, resources)
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'UnsupportedMediaType') throw notForThisKind(type, error)
    throw error
  }
}

/** What kubectl says itself of a patch that is no JSON; of a JSON patch it says what Go does. */
const PRETENDING: Readonly<Partial<Record<Patch['type'], string>>> = {strategic: 'invalid JSON document', merge: 'Invalid JSON Patch'}

interface Stored {
  readonly type: ResourceType
  readonly object: KubeObject
  readonly patch: Patch
}

async function patchStored({type, object, patch}: Stored, options: PatchVerbOptions, resources: Resources): Promise<Outcome> {
  const {dryRun, subresource, fieldManager, managedFields} = options
  // kubectl asks for no validation of fields, which means warnings
  const write = {dryRun: dryRun === 'server', fieldManager, managedFields, fieldValidation: 'Warn'} as const
  const written =
    subresource === 'scale'
      ? await patchScale(resources, type, {ref: object.metadata, patch, options: write})
      : await resources.patch(type, object.metadata, patch, {...write, ...(subresource === undefined ? {} : {subresource})})
  return {type: 'done', operation: written.changed ? 'patched' : 'patched (no change)', object: written.object, warnings: written.warnings}
}

function pretend(type: ResourceType, object: KubeObject, patch: Patch): Outcome {
  if (patch.type === 'strategic' && !type.builtin) {
    throw new UserError(`strategic merge patch is not supported for ${groupVersionOf(type)}, Kind=${type.kind} locally, try --type merge`)
  }
  const patched = patchedHere(type, object, patch)
  return {type: 'done', operation: isSameJson(patched, object) ? 'patched (no change)' : 'patched', object: patched as unknown as KubeObject, warnings: []}
}

/** What kubectl patches itself is refused in its own name. */
function patchedHere(type: ResourceType, object: KubeObject, patch: Patch): JsonObject {
  try {
    return applyPatch(type, object as unknown as JsonObject, patch)
  } catch (error) {
    throw error instanceof StatusError && error.reason === 'BadRequest' ? new UserError(error.message) : error
  }
}

function notForThisKind(type: ResourceType, {message}: StatusError): UserError {
  return new UserError(`application/strategic-merge-patch+json is not supported by ${groupVersionOf(type)}, Kind=${type.kind}: ${message}`)
}

function groupVersionOf({group, version}: ResourceType): string {
  return group === '' ? `/${version}` : `${group}/${version}`
}
