import {goJson} from '../api/go-json.js'
import {isJsonObject, type Json, type JsonObject, type KubeObject} from '../api/object.js'

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * The object with the annotation in which `apply` remembers the file: itself as compact JSON with sorted keys and a newline,
 * without the annotation. Source: kubectl `util.GetModifiedConfiguration`.
 */
export function withLastApplied(object: KubeObject): KubeObject {
  const {[LAST_APPLIED]: _, ...annotations} = object.metadata.annotations ?? {}
  const bare = {...object, metadata: {...object.metadata, annotations}}
  const text = `${goJson(bare as unknown as Json)}\n`
  return {...bare, metadata: {...bare.metadata, annotations: {...annotations, [LAST_APPLIED]: text}}}
}

/**
 * The text for the annotation as `apply set-last-applied` writes it: where the object has no other annotations, it says nothing of them. Source: kubectl
 * `editor.GetApplyPatch`.
 */
export function lastAppliedText(object: KubeObject): string {
  const {annotations = {}, ...metadata} = object.metadata
  const {[LAST_APPLIED]: _, ...others} = annotations
  const bare = {...object, metadata: Object.keys(others).length === 0 ? metadata : {...metadata, annotations: others}}
  return `${goJson(bare as unknown as Json)}\n`
}

/** The file last applied to a live object; undefined where it was not made by `apply` or the annotation is no JSON object. */
export function lastApplied(live: KubeObject): JsonObject | undefined {
  const text = live.metadata.annotations?.[LAST_APPLIED]
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined // edited by hand: treated as absent, as kubectl would refuse only the patch
  }
}
