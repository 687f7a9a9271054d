import type {KubeObject} from '../api/object.js'
import {isAlreadyExists, isConflict, isNotFound, StatusError} from '../api/status-error.js'
import {deleteObject} from '../resources/deletion.js'
import type {Resources} from '../resources/resources.js'
import type {EventRecorder} from './event-recorder.js'

/** Something a controller wants done: a value, so that a plan can be printed and tested. */
export type Action =
  | {readonly type: 'create'; readonly object: KubeObject; readonly event?: ObjectEvent}
  | {readonly type: 'update'; readonly object: KubeObject; readonly event?: ObjectEvent}
  | {readonly type: 'status'; readonly object: KubeObject; readonly event?: ObjectEvent}
  | {readonly type: 'delete'; readonly object: KubeObject; readonly event?: ObjectEvent}

/** What is told about an object (`kubectl get events`). `%` in the message stands for the name of the object acted upon. */
export interface ObjectEvent {
  readonly about: KubeObject
  /** Normal, unless it says otherwise. */
  readonly type?: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly source: string
  /** What is told where it was refused, before the reason; `Error creating: ` unless it says otherwise. */
  readonly failure?: string
}

/** The process whose controllers these are in a cluster, as `metadata.managedFields` names it. */
const CONTROLLERS = 'kube-controller-manager'

export interface ActionContext {
  readonly resources: Resources
  readonly events: EventRecorder
  readonly nodeAlive: boolean
}

/**
 * Does one thing. Someone else having been faster is no failure: the next look at the world decides again. Returns the revision written,
 * 0 where nothing was.
 */
export async function perform(action: Action, context: ActionContext): Promise<number> {
  try {
    const object = await write(action, context)
    if (action.event !== undefined) {
      const {about, type = 'Normal', reason, message, source} = action.event
      await context.events.record(about, {type, reason, source, message: message.replace('%', object.metadata.name)})
    }
    return Number(object.metadata.resourceVersion ?? 0)
  } catch (error) {
    if (isConflict(error) || isNotFound(error) || isAlreadyExists(error) || isTerminating(error)) return 0
    if (!(error instanceof StatusError)) throw error
    await tell(action, error, context)
    return 0
  }
}

/** A refusal is told about the object on whose behalf it was: `Error creating: …`, as kubernetes' controllers do. */
async function tell(action: Action, {message}: StatusError, {events}: ActionContext): Promise<void> {
  const event = action.type === 'status' ? undefined : action.event
  if (event === undefined) return
  await events.record(event.about, {type: 'Warning', reason: 'FailedCreate', source: event.source, message: `${event.failure ?? 'Error creating: '}${message}`})
}

async function write(action: Action, context: ActionContext): Promise<KubeObject> {
  const {nodeAlive} = context
  const resources = context.resources.as(CONTROLLERS)
  switch (action.type) {
    case 'create':
      return (await resources.create(action.object)).object
    case 'update':
      return (await resources.update(action.object)).object
    case 'status':
      return resources.updateStatus(action.object)
    case 'delete':
      await deleteObject(resources, action.object, {nodeAlive})
      return action.object
  }
}

function isTerminating(error: unknown): boolean {
  return error instanceof StatusError && error.reason === 'Forbidden'
}
