import {matches, type Selector} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isExpired, isNotFound, StatusError} from '../../api/status-error.js'
import {namespaceType} from '../../api/kinds/namespace.js'
import type {Resources} from '../../resources/resources.js'
import type {Target} from '../targets.js'

export interface GetOptions {
  /** undefined: all of them. */
  readonly namespace: string | undefined
  readonly selector?: Selector | undefined
  readonly ignoreNotFound: boolean
}

/** Objects of one type, and the names asked for that are not there. */
export interface Found {
  readonly type: ResourceType
  readonly objects: readonly KubeObject[]
  readonly missing: readonly StatusError[]
  /** To watch from. */
  readonly resourceVersion: string
}

/** Looks up everything the targets name, grouped by type in the order the types were first named. */
export async function getTargets(targets: readonly Target[], options: GetOptions, resources: Resources): Promise<readonly Found[]> {
  const types = [...new Set(targets.map(({type}) => type))]
  return Promise.all(types.map((type) => getType(type, targets.filter((target) => target.type === type), options, resources)))
}

async function getType(type: ResourceType, targets: readonly Target[], options: GetOptions, resources: Resources): Promise<Found> {
  const {namespace, selector} = options
  const named = targets.flatMap((target) => (target.name === undefined ? [] : [{name: target.name, from: target.namespace ?? namespace ?? 'default'}]))
  if (named.length === 0) {
    const {items, resourceVersion} = await resources.list(type, {namespace, selector})
    return {type, objects: items, missing: [], resourceVersion}
  }
  const objects: KubeObject[] = []
  const missing: StatusError[] = []
  for (const {name, from} of named) {
    try {
      objects.push(await resources.get(type, from, name))
    } catch (error) {
      if (!(error instanceof StatusError) || !isNotFound(error)) throw error
      if (!options.ignoreNotFound) missing.push(await namespaceMissing(type, from, error, resources))
    }
  }
  return {type, objects, missing, resourceVersion: '0'}
}

/** In a namespace that is not there, that is what is missing (kubectl asks for it after a NotFound). */
async function namespaceMissing(type: ResourceType, namespace: string | undefined, error: StatusError, resources: Resources): Promise<StatusError> {
  if (!type.namespaced || namespace === undefined) return error
  try {
    await resources.get(namespaceType, undefined, namespace)
    return error
  } catch (missing) {
    return missing instanceof StatusError ? missing : error
  }
}

/** A change seen by `get -w`. */
export interface Watched {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: KubeObject
}

/** What changes after `found`, until `signal` aborts. An expired revision is answered by a fresh list, whose objects come as ADDED. */
export async function* watchFound(found: Found, names: readonly string[], options: GetOptions & {signal: AbortSignal}, resources: Resources): AsyncIterable<Watched> {
  const {namespace, selector, signal} = options
  const isWanted = ({metadata}: KubeObject) =>
    (names.length === 0 || names.includes(metadata.name)) && (selector === undefined || matches(selector, metadata.labels ?? {}))
  let after = found.resourceVersion
  while (!signal.aborted) {
    try {
      for await (const events of resources.watch(found.type, after, {namespace, signal})) {
        for (const {type, object} of events) {
          if (isWanted(object)) yield {type: WORDS[type], object}
        }
      }
    } catch (error) {
      if (!isExpired(error)) throw error
      const fresh = await resources.list(found.type, {namespace, selector})
      after = fresh.resourceVersion
      for (const object of fresh.items.filter(isWanted)) yield {type: 'ADDED', object}
    }
  }
}

const WORDS = {added: 'ADDED', modified: 'MODIFIED', deleted: 'DELETED'} as const
