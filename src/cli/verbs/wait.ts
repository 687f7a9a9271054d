import type {Selector} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isExpired, notFound, StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {WatchEvent} from '../../resources/reading.js'
import type {Resources} from '../../resources/resources.js'
import type {Target} from '../targets.js'
import {getTargets} from './get.js'
import {meets, type WaitCondition} from './wait-condition.js'

export interface WaitOptions {
  readonly condition: WaitCondition
  readonly namespace: string | undefined
  readonly selector?: Selector | undefined
  readonly selectorText?: string | undefined
  readonly fieldSelector?: string | undefined
  /** 0: look once. */
  readonly timeoutMs: number
  /** Ends the waiting early: the user's interrupt. */
  readonly signal?: AbortSignal
  /** Called before the first wait, for what is not so at once. */
  onWait?(): void
}

export type WaitOutcome =
  | {readonly type: 'met'; readonly object: KubeObject; readonly resource: ResourceType}
  | {readonly type: 'failed'; readonly error: StatusError | UserError}

interface Waiting {
  readonly type: ResourceType
  readonly object: KubeObject
}

/**
 * Waits for every target, one after the other, in one span of time. What has not come to pass when it is over is a failure each.
 * Throws a UserError where nothing was there to wait for. Source: kubectl `wait/wait.go` `RunWait`.
 */
export async function* waitForTargets(targets: readonly Target[], options: WaitOptions, resources: Resources): AsyncIterable<WaitOutcome> {
  const deadline = deadlineOf(options)
  try {
    const means = {deadline, resources}
    const isCreation = options.condition.type === 'create'
    const found = isCreation ? await created(targets, options, means) : await present(targets, options, resources)
    if (found.length === 0 && options.condition.type !== 'delete') throw new UserError('no matching resources found')
    for (const one of found) yield one.type === 'failed' || isCreation ? one : await waitForOne({type: one.resource, object: one.object}, options, means)
  } finally {
    deadline.stop()
  }
}

interface Deadline {
  readonly signal: AbortSignal
  stop(): void
}

/** Node's timers end before a month does, and a week is the longest anybody waits. */
function deadlineOf({timeoutMs, signal}: WaitOptions): Deadline {
  const aborted = new AbortController()
  const timer = timeoutMs === 0 ? undefined : setTimeout(() => aborted.abort(), timeoutMs)
  signal?.addEventListener('abort', () => aborted.abort(), {once: true})
  return {signal: aborted.signal, stop: () => clearTimeout(timer)}
}

interface Means {
  readonly deadline: Deadline
  readonly resources: Resources
}

/** What is there, and what is missing; when waiting for its end, what is missing is no failure. */
async function present(targets: readonly Target[], options: WaitOptions, resources: Resources): Promise<readonly WaitOutcome[]> {
  const found = await getTargets(targets, {...options, ignoreNotFound: options.condition.type === 'delete'}, resources)
  return found.flatMap(({type, objects, missing}) => [
    ...objects.map((object): WaitOutcome => ({type: 'met', object, resource: type})),
    ...missing.map((error): WaitOutcome => ({type: 'failed', error})),
  ])
}

async function created(targets: readonly Target[], options: WaitOptions, {deadline, resources}: Means): Promise<readonly WaitOutcome[]> {
  for (;;) {
    const {resourceVersion} = await resources.list(targets[0]?.type as ResourceType, {namespace: options.namespace})
    const found = await present(targets, options, resources)
    if (found.length > 0 && found.every(({type}) => type === 'met')) return found
    if (options.timeoutMs === 0) return found
    options.onWait?.()
    for await (const _ of untilExpired(resources.watchAll(resourceVersion, deadline.signal))) break
    if (deadline.signal.aborted) return [{type: 'failed', error: new UserError('timed out waiting for the condition')}]
  }
}

async function waitForOne({type, object}: Waiting, options: WaitOptions, means: Means): Promise<WaitOutcome> {
  try {
    const met = await untilMet({type, object}, options, means)
    if (met !== undefined) return {type: 'met', object: met, resource: type}
    const what = `${type.plural}/${object.metadata.name}`
    const text = options.timeoutMs === 0 ? `condition not met for ${what}` : `timed out waiting for the condition on ${what}`
    return {type: 'failed', error: new UserError(text)}
  } catch (error) {
    if (error instanceof StatusError || error instanceof UserError) return {type: 'failed', error}
    throw error
  }
}

/** The object once the condition holds; undefined where time is over. Throws NotFound for one that has gone before it was looked at. */
async function untilMet({type, object}: Waiting, {condition, timeoutMs, onWait}: WaitOptions, {deadline, resources}: Means): Promise<KubeObject | undefined> {
  const {namespace, name} = object.metadata
  if (deadline.signal.aborted) return undefined
  const {items, resourceVersion} = await resources.list(type, {namespace})
  const current = items.find(({metadata}) => metadata.name === name)
  if (condition.type === 'delete' && current === undefined) return object
  if (current === undefined) throw notFound(type, name)
  if (isMet(condition, current)) return current
  if (timeoutMs === 0) return undefined
  onWait?.()
  for await (const event of untilExpired(resources.watch(type, resourceVersion, {namespace, signal: deadline.signal}))) {
    if (event.object.metadata.name !== name || event.object.metadata.namespace !== namespace) continue
    if (event.type === 'deleted' ? condition.type === 'delete' : isMet(condition, event.object)) return event.object
  }
  return deadline.signal.aborted ? undefined : untilMet({type, object}, {condition, namespace, timeoutMs}, {deadline, resources})
}

function isMet(condition: WaitCondition, object: KubeObject): boolean {
  return (condition.type === 'condition' || condition.type === 'jsonpath') && meets(condition, object)
}

/** Changes one by one, until the deadline or until the log no longer reaches back: then one has to look again. */
async function* untilExpired(changes: AsyncIterable<readonly WatchEvent<KubeObject>[]>): AsyncIterable<WatchEvent<KubeObject>> {
  try {
    for await (const events of changes) yield* events
  } catch (error) {
    if (!isExpired(error)) throw error
  }
}
