import {podType, type Pod} from '../../api/kinds/pod.js'
import type {Service} from '../../api/kinds/service.js'
import {fromLabelSelector, selectorFromMap, type LabelSelector, type Selector} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'
import {isExpired} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typesInStore} from '../../resources/types-in-store.js'
import {hasStruct, notRegistered, type Scheme} from '../not-registered.js'
import {byUsefulness} from './pod-order.js'
import {parseTargets, typeOf} from '../targets.js'

/** Kinds whose `spec.selector` selects pods by expressions. */
const SELECTING = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job']

/** The object that `POD` or `TYPE/NAME` names. Throws NotFound, or a UserError for an unknown type. */
export async function objectNamed(word: string, namespace: string, resources: Resources): Promise<KubeObject> {
  const [target] = word.includes('/') ? parseTargets([word], await typesInStore(resources)) : [{type: typeOf('pods'), name: word}]
  const {type, name = ''} = target ?? {type: podType}
  return resources.get(type, namespace, name)
}

/** Whether it is a Pod itself, not something with pods behind it. */
export function isPod(object: KubeObject): object is Pod {
  return object.kind === 'Pod' && object.apiVersion === 'v1'
}

/**
 * Which pods belong to an object. Throws a UserError for a kind that has none; `doing` is the act, e.g. `cannot attach to`.
 * Source: kubectl `polymorphichelpers.SelectorsForObject`.
 */
function podSelectorOf(object: KubeObject, {doing, scheme}: Pick<FirstPodOptions, 'doing' | 'scheme'>): Selector {
  const {selector} = (object as KubeObject & {readonly spec?: {readonly selector?: unknown}}).spec ?? {}
  if (SELECTING.includes(object.kind)) return fromLabelSelector((selector ?? {}) as LabelSelector)
  const type = goTypeOf(object)
  if (!hasStruct(object)) throw notRegistered(object, scheme)
  if (object.kind !== 'Service' || object.apiVersion !== 'v1') throw new UserError(`${doing} ${type}: selector for ${type} not implemented`)
  const labels = (object as Service).spec.selector ?? {}
  if (Object.keys(labels).length > 0) return selectorFromMap(labels)
  throw new UserError(`${doing} ${type}: invalid service '${object.metadata.name}': Service is defined without a selector`)
}

/** As kubectl names the type. */
function goTypeOf({apiVersion, kind}: KubeObject): string {
  return `*${apiVersion.split('/').at(-1)}.${kind}`
}

export interface FirstPodOptions {
  /** How long a first pod is waited for. */
  readonly timeoutMs: number
  readonly doing: string
  /** Who is to blame where the kind is not one of Kubernetes' own. */
  readonly scheme?: Scheme
  readonly order?: (a: Pod, b: Pod) => number
}

/** All pods of an object, the one to work with first; where there is none, one is waited for. Throws a UserError when the time is over. */
export async function podsBehind(object: KubeObject, resources: Resources, options: FirstPodOptions): Promise<readonly [Pod, ...Pod[]]> {
  const {timeoutMs, order = byUsefulness} = options
  if (isPod(object)) return [object]
  const selector = podSelectorOf(object, options)
  const {namespace} = object.metadata
  const signal = AbortSignal.timeout(timeoutMs)
  while (!signal.aborted) {
    const {items, resourceVersion} = await resources.list<Pod>(podType, {namespace, selector})
    const [first, ...others] = [...items].sort(order)
    if (first !== undefined) return [first, ...others]
    await nextChange(resources, {after: resourceVersion, namespace, signal})
  }
  throw new UserError('timed out waiting for the condition')
}

async function nextChange(resources: Resources, {after, ...options}: {after: string; namespace: string | undefined; signal: AbortSignal}): Promise<void> {
  try {
    for await (const _ of resources.watch(podType, after, options)) return
  } catch (error) {
    if (!isExpired(error)) throw error // too many changes meanwhile: look again
  }
}
