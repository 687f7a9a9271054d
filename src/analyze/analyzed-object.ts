import type {KubeObject} from '../api/object.js'
import type {FieldPath} from './finding.js'

/** An object to analyze, pruned and defaulted as the API server would, and the file it is from if it is from one. */
export interface AnalyzedObject<T extends KubeObject = KubeObject> {
  readonly object: T
  readonly source?: ObjectSource
}

export interface ObjectSource {
  readonly file: string
  /** The first line of the document. */
  readonly line: number
  /** The line of a field, or of the nearest one around it that is written. */
  lineOf(path: FieldPath): number
}

/** `VirtualService default/tcp-echo`, `Namespace default`: what messages and suppressions call an object (istio Origin.FriendlyName). */
export function friendlyName({object}: AnalyzedObject): string {
  return `${object.kind} ${fullName(object)}`
}

/** `namespace/name`, or the name of what lives outside namespaces. */
export function fullName({metadata}: KubeObject): string {
  return metadata.namespace === undefined || metadata.namespace === '' ? metadata.name : `${metadata.namespace}/${metadata.name}`
}

/** The namespace a finding belongs to when namespaces are selected: a Namespace's own name, '' for other cluster-wide objects. */
export function scopeOf({object}: AnalyzedObject): string {
  return object.kind === 'Namespace' ? object.metadata.name : (object.metadata.namespace ?? '')
}
