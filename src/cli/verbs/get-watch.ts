import {matches} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'
import {isExpired} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {WatchEventType} from '../../output/printer.js'
import type {Resources} from '../../resources/resources.js'
import {fieldFilter, listType, type Found, type GetOptions} from './get.js'

/** A change seen by `get -w`. */
export interface Watched {
  readonly type: WatchEventType
  readonly object: KubeObject
}

export interface WatchOptions extends GetOptions {
  /** Only the object of this name. */
  readonly name?: string | undefined
  readonly signal: AbortSignal
}

const WORDS = {added: 'ADDED', modified: 'MODIFIED', deleted: 'DELETED'} as const

/**
 * What changes after `found`, until `signal` aborts. An object that begins to match the selectors is ADDED, one that ceases to is DELETED, as
 * the API server has it. An expired revision is answered by a fresh list, whose objects come as ADDED.
 */
export async function* watchFound(found: Found, options: WatchOptions, resources: Resources): AsyncIterable<Watched> {
  const {namespace, signal, managedFields = false} = options
  const isWanted = filterOf(found, options)
  const shown = new Set(found.objects.map(keyOf))
  let after = found.resourceVersion
  while (!signal.aborted) {
    try {
      for await (const events of resources.watch(found.type, after, {namespace, signal, managedFields})) {
        for (const {type, object} of events) {
          const word = wordFor(WORDS[type], {isWanted: isWanted(object), wasShown: shown.has(keyOf(object))})
          if (word === undefined) continue
          if (word === 'DELETED') shown.delete(keyOf(object))
          else shown.add(keyOf(object))
          yield {type: word, object}
        }
      }
    } catch (error) {
      if (!isExpired(error)) throw error
      const fresh = await listType(found.type, options, resources)
      after = fresh.resourceVersion
      for (const object of fresh.objects.filter(isWanted)) yield {type: 'ADDED', object}
    }
  }
}

function filterOf(found: Found, options: WatchOptions): (object: KubeObject) => boolean {
  const {name, selector} = options
  const hasFields = fieldFilter(found.type, options)
  return (object) =>
    (name === undefined || object.metadata.name === name) &&
    (selector === undefined || matches(selector, object.metadata.labels ?? {})) &&
    (hasFields === undefined || hasFields(object))
}

/** Undefined for what is none of the watcher's business. */
function wordFor(word: WatchEventType, {isWanted, wasShown}: {readonly isWanted: boolean; readonly wasShown: boolean}): WatchEventType | undefined {
  if (word === 'DELETED' || !isWanted) return wasShown || (word === 'DELETED' && isWanted) ? 'DELETED' : undefined
  return word === 'MODIFIED' && !wasShown ? 'ADDED' : word
}

function keyOf({metadata: {namespace = '', name}}: KubeObject): string {
  return `${namespace}/${name}`
}

/**
 * What a watch begins with: everything of the one type asked for, or the one object, as of the revision to watch from.
 * Throws a UserError where more was asked for, and NotFound.
 */
export async function watchedList(found: readonly Found[], options: WatchOptions & {readonly count: number}, resources: Resources): Promise<Found> {
  const [first, ...others] = found
  if (first === undefined || others.length > 0) throw new UserError('you may only specify a single resource type')
  if (first.missing[0] !== undefined) throw first.missing[0]
  if (options.count > 1) throw new UserError(`watch is only supported on individual resources and resource collections - ${options.count} resources were found`)
  const {name} = options
  if (name === undefined) return first
  const namespace = first.objects[0]?.metadata.namespace ?? options.namespace
  const all = await listType(first.type, {...options, namespace}, resources)
  return {...all, objects: all.objects.filter(({metadata}) => metadata.name === name)}
}
