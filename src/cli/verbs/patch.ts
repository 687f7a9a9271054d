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
import {orFailed, type Outcome} from './outcome.js'

export const PATCH_TYPES = ['json', 'merge', 'strategic'] as const

export interface PatchVerbOptions {
  readonly patch: Patch
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
  try {
    if (options.isLocal || options.dryRun === 'client') return pretend(type, object, options.patch)
    return await patchStored(type, object, options, resources)
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'UnsupportedMediaType') throw notForThisKind(type, error)
    throw error
  }
}

async function patchStored(type: ResourceType, object: KubeObject, options: PatchVerbOptions, resources: Resources): Promise<Outcome> {
  const {patch, dryRun, subresource, fieldManager, managedFields} = options
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
  const patched = applyPatch(type, object as unknown as JsonObject, patch)
  return {type: 'done', operation: isSameJson(patched, object) ? 'patched (no change)' : 'patched', object: patched as unknown as KubeObject, warnings: []}
}

function notForThisKind(type: ResourceType, {message}: StatusError): UserError {
  return new UserError(`application/strategic-merge-patch+json is not supported by ${groupVersionOf(type)}, Kind=${type.kind}: ${message}`)
}

function groupVersionOf({group, version}: ResourceType): string {
  return group === '' ? `/${version}` : `${group}/${version}`
}
