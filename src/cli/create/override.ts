import type {JsonObject, KubeObject} from '../../api/object.js'
import {typeFor} from '../../api/registry.js'
import {UserError} from '../../base/user-error.js'
import {applyPatch, type Patch} from '../../resources/patch/patch-object.js'

export const OVERRIDE_TYPES = ['json', 'merge', 'strategic'] as const

export interface Override {
  /** JSON, as `--overrides` was given. */
  readonly text: string
  readonly type: (typeof OVERRIDE_TYPES)[number]
}

/** The generated object with the user's own JSON laid over it. Throws a UserError for what is no JSON. Source: kubectl `override_options.go`. */
export function overridden(object: KubeObject, override: Override | undefined): KubeObject {
  if (override === undefined || override.text === '') return object
  const patch: Patch = {type: override.type, body: parse(override.text)}
  return applyPatch(typeFor(object), object as unknown as JsonObject, patch) as unknown as KubeObject
}

function parse(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject
  } catch (error) {
    throw new UserError(`invalid character in --overrides: ${(error as Error).message}`, {cause: error})
  }
}
