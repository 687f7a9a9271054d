import {parseManifest} from '../../api/manifest/manifest.js'
import type {JsonObject, KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isSameJson} from '../../api/same-json.js'
import {UserError} from '../../base/user-error.js'
import {createMergePatch} from '../../resources/patch/merge-patch.js'
import {mergeRulesOf, type Patch} from '../../resources/patch/patch-object.js'
import {createStrategicPatch} from '../../resources/patch/create-strategic-patch.js'

export type Edited = {readonly type: 'objects'; readonly objects: readonly KubeObject[]} | {readonly type: 'unreadable'; readonly why: string}

/** The objects in what the user left, or why they cannot be read, in YAML's words. */
export function readEdited(text: string): Edited {
  const results = parseManifest(text, 'edited-file')
  const objects = results.flatMap((result) => (result.type === 'document' ? [result.object as KubeObject] : []))
  const problem = results.find((result) => result.type === 'problem')
  if (problem?.type === 'problem') {
    return {type: 'unreadable', why: problem.message.replace(/^error parsing edited-file: (error converting YAML to JSON: )?/, '')}
  }
  return objects.length === 0 ? {type: 'unreadable', why: 'no objects were found in the edited file'} : {type: 'objects', objects}
}

/** The object of `edited` that is this one. Throws kubectl's UserError where there are only others. */
export function originalOf(edited: KubeObject, originals: readonly KubeObject[]): KubeObject {
  const same = originals.find(
    ({apiVersion, kind, metadata}) =>
      apiVersion === edited.apiVersion && kind === edited.kind && metadata.name === edited.metadata?.name && metadata.namespace === edited.metadata.namespace,
  )
  if (same === undefined) throw new UserError('At least one of apiVersion, kind and name was changed')
  return same
}

/** What the edit changes, as a patch; undefined where that is nothing. */
export function editPatch(original: KubeObject, edited: KubeObject, type: ResourceType): Patch | undefined {
  if (isSameJson(original, edited)) return undefined
  const [before, after] = [original as unknown as JsonObject, edited as unknown as JsonObject]
  if (!type.builtin) return {type: 'merge', body: createMergePatch(before, after)}
  return {type: 'strategic', body: createStrategicPatch(before, after, mergeRulesOf(type))}
}
