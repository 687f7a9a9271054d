import type {KubeObject} from '../../api/object.js'
import {isExpired, StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {failed} from '../failed.js'
import type {DryRun} from '../flags/dry-run.js'
import type {Change} from './print-changes.js'
import {isScalable} from './scalable.js'
import type {Selected} from './select-workloads.js'

export interface ScaleOptions {
  readonly replicas: number
  /** How many there must be now; -1: however many. */
  readonly currentReplicas: number
  readonly resourceVersion: string | undefined
  readonly dryRun: DryRun
  /** How long to wait until there are as many pods; 0: not at all. */
  readonly timeoutMs: number
}

interface Scalable extends KubeObject {
  readonly spec?: {readonly replicas?: number}
  readonly status?: {readonly replicas?: number; readonly observedGeneration?: number}
}

type Found = Extract<Selected, {type: 'found'}>

/** Checks what kubectl checks before it asks for anything. Throws its UserErrors. */
export function requireScale({replicas, currentReplicas}: Pick<ScaleOptions, 'replicas' | 'currentReplicas'>): void {
  if (replicas < 0) throw new UserError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0')
  if (currentReplicas < -1) throw new UserError('The --current-replicas must specify an integer of -1 or greater')
}

/** Sets the size of each; one that refuses ends it, as with kubectl. Source: kubectl scale.go. */
export async function* scaleAll(selected: AsyncIterable<Selected>, options: ScaleOptions, resources: Resources): AsyncIterable<Change> {
  const all = await collect(selected)
  if (all.length === 0) throw new UserError('no objects passed to scale')
  if (options.resourceVersion !== undefined && all.length > 1) throw new UserError('cannot use --resource-version with multiple resources')
  for (const one of all) {
    try {
      yield one.type === 'failed' ? failed(one.error) : await scaleOne(one, options, resources)
    } catch (error) {
      yield failed(error)
      return
    }
  }
}

async function scaleOne({resource, object}: Found, options: ScaleOptions, resources: Resources): Promise<Change> {
  const done = {type: 'done', resource, operation: 'scaled'} as const
  if (options.dryRun === 'client') return {...done, object}
  if (!isScalable(resource)) throw new StatusError('NotFound', 'the server could not find the requested resource')
  const write = {dryRun: options.dryRun === 'server', fieldManager: 'kubectl', subresource: 'scale'} as const
  const {object: written, warnings} = await resources.mutate<Scalable>(resource, object.metadata, (live) => scaled(live, options), write)
  if (options.timeoutMs > 0 && options.dryRun === 'none') await untilScaled({type: 'found', resource, object: written}, options, resources)
  return {...done, object: written, warnings}
}

function scaled(live: Scalable, {replicas, currentReplicas, resourceVersion}: ScaleOptions): Scalable {
  const now = live.spec?.replicas ?? 1
  if (currentReplicas !== -1 && currentReplicas !== now) throw new UserError(`Expected replicas to be ${currentReplicas}, was ${now}`)
  const version = live.metadata.resourceVersion ?? ''
  if (resourceVersion !== undefined && resourceVersion !== version) throw new UserError(`Expected resource version to be ${resourceVersion}, was ${version}`)
  return {...live, spec: {...live.spec, replicas}}
}

/** Throws a UserError where there are not as many pods in time. */
async function untilScaled({resource, object}: Found, {replicas, timeoutMs}: ScaleOptions, resources: Resources): Promise<void> {
  const {namespace, name, generation = 1} = object.metadata
  const isThere = ({metadata, status: {observedGeneration = 0, replicas: count = 0} = {}}: Scalable) =>
    metadata.name === name && observedGeneration >= generation && count === replicas
  const signal = AbortSignal.timeout(timeoutMs)
  while (!signal.aborted) {
    const {items, resourceVersion} = await resources.list<Scalable>(resource, {namespace})
    if (items.some(isThere)) return
    try {
      for await (const events of resources.watch<Scalable>(resource, resourceVersion, {namespace, signal})) {
        if (events.some((event) => event.type !== 'deleted' && isThere(event.object))) return
      }
    } catch (error) {
      if (!isExpired(error)) throw error // too many changes meanwhile: look again
    }
  }
  throw new UserError(`timed out waiting for "${name}" to be synced`)
}

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
