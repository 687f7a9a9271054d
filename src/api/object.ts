/** What every Kubernetes object looks like, and the JSON it is made of. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = {readonly [key: string]: Json | undefined}

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
  readonly blockOwnerDeletion?: boolean
}

/** Times are RFC 3339 with second precision in UTC, as the API server writes them. */
export interface ObjectMeta {
  readonly name: string
  readonly namespace?: string
  readonly generateName?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly generation?: number
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly deletionGracePeriodSeconds?: number
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly OwnerReference[]
  readonly finalizers?: readonly string[]
  /** Who set which fields; there where it was asked for. */
  readonly managedFields?: readonly JsonObject[]
}

/** An object of any kind. The interfaces in `kinds/` narrow `spec` and `status`. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
}

/** Seconds-precision RFC 3339, as `metadata.creationTimestamp` has it. */
export function formatTime(ms: number): string {
  return new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

/** `namespace/name`, or `name` alone for what lives outside namespaces. */
export function objectKey(object: {readonly metadata: {readonly name: string; readonly namespace?: string}}): string {
  const {name, namespace} = object.metadata
  return namespace === undefined ? name : `${namespace}/${name}`
}

/** Whether it is a map: no list, and not null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
