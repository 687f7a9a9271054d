import type {ResourceType} from '../api/resource-type.js'
import {mergeKeyOf} from './merge-keys.js'

/** How the items of a list are told apart: by some of their fields, by their value, or not at all (the list is one value). */
export type ListRule =
  | {readonly type: 'map'; readonly keys: readonly string[]; readonly defaults: Readonly<Record<string, string>>}
  | {readonly type: 'set'}
  | {readonly type: 'atomic'}

/** A path of field names, without indexes, from the object's root. */
export type FieldPath = readonly string[]

const ATOMIC: ListRule = {type: 'atomic'}
const SET: ListRule = {type: 'set'}
const TCP = {protocol: 'TCP'}

/** Fields besides the merge key by which server-side apply tells items apart. */
const MORE_KEYS: Readonly<Record<string, string>> = {ports: 'protocol', topologySpreadConstraints: 'whenUnsatisfiable'}

/** Lists that the Gateway API's definitions declare as maps (`x-kubernetes-list-map-keys`). */
const GATEWAY_API_KEYS: Readonly<Record<string, string>> = {listeners: 'name', conditions: 'type'}

/**
 * How server-side apply merges the list at `path`. Source: the structured-merge-diff schema of client-go for built-in kinds; lists of custom
 * kinds are atomic unless their definition says otherwise.
 */
export function listRule({builtin, group, kind}: Pick<ResourceType, 'builtin' | 'group' | 'kind'>, path: FieldPath): ListRule {
  const field = path[path.length - 1] ?? ''
  if (path.length === 2 && path[0] === 'metadata') return field === 'finalizers' ? SET : field === 'ownerReferences' ? byKeys('uid') : ATOMIC
  if (!builtin) return group === 'gateway.networking.k8s.io' && field in GATEWAY_API_KEYS ? byKeys(GATEWAY_API_KEYS[field] ?? '') : ATOMIC
  if (kind === 'EndpointSlice' && field === 'addresses') return SET
  const key = mergeKeyOf(kind, path)
  if (key === undefined) return ATOMIC
  const more = MORE_KEYS[field]
  return more === undefined ? byKeys(key) : byKeys(key, more)
}

function byKeys(...keys: readonly string[]): ListRule {
  return {type: 'map', keys, defaults: keys.includes('protocol') ? TCP : {}}
}

const ATOMIC_MAPS = new Set([
  'nodeSelector', 'labelSelector', 'podSelector', 'namespaceSelector', 'secretKeyRef', 'configMapKeyRef', 'fieldRef', 'resourceFieldRef', 'involvedObject', 'targetRef', 'nodeSelectorTerms',
])

/** Whether the map at `path` is one value: label selectors and references (`x-kubernetes-map-type: atomic`). */
export function isAtomicMap({builtin}: Pick<ResourceType, 'builtin'>, path: FieldPath): boolean {
  const field = path[path.length - 1] ?? ''
  return builtin && (ATOMIC_MAPS.has(field) || (field === 'selector' && path[0] === 'spec'))
}

/** Maps of which a patch that changes them keeps no key it does not name (`patchStrategy: retainKeys`). */
export function keepsNamedKeysOnly({builtin, kind}: Pick<ResourceType, 'builtin' | 'kind'>, path: FieldPath): boolean {
  const field = path[path.length - 1] ?? ''
  return builtin && (field === 'volumes' || (kind === 'Deployment' && path.length === 2 && field === 'strategy'))
}
