import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isExpired} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {statusLine, type StatusLine} from './status-line.js'

export interface FollowOptions {
  readonly resource: ResourceType
  readonly object: KubeObject
  /** 0: whichever there is. */
  readonly revision: number
  /** Aborts when it has taken long enough, with the error to end with as its reason. */
  readonly signal: AbortSignal
}

/**
 * What `rollout status` has to say of one workload, now and at every change, until the rollout is done. Throws a UserError where it fails, and
 * where the object is deleted meanwhile: another of its name would be another rollout.
 */
export async function* followStatus(options: FollowOptions, resources: Resources): AsyncIterable<StatusLine> {
  const {resource, revision, signal} = options
  for await (const object of statesOf(options, resources)) {
    if (object === undefined) throw new UserError('object has been deleted')
    const line = statusLine(resource, object, revision)
    yield line
    if (line.isDone) return
  }
  if (signal.reason instanceof Error) throw signal.reason
}

/** The object as it is, then after every change; undefined when it is deleted. */
async function* statesOf({resource, object, signal}: FollowOptions, resources: Resources): AsyncIterable<KubeObject | undefined> {
  const {namespace, name} = object.metadata
  while (!signal.aborted) {
    const {items, resourceVersion} = await resources.list(resource, {namespace})
    yield items.find(({metadata}) => metadata.name === name)
    try {
      for await (const events of resources.watch(resource, resourceVersion, {namespace, signal})) {
        for (const event of events) if (event.object.metadata.name === name) yield event.type === 'deleted' ? undefined : event.object
      }
    } catch (error) {
      if (!isExpired(error)) throw error // too many changes meanwhile: look again
    }
  }
}
