import {podType, type Pod} from '../../api/kinds/pod.js'
import {notFound} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'

export interface StartWait {
  readonly timeoutMs: number
  readonly until: (pod: Pod) => boolean
}

/** The pod once it is as it is waited for. Throws a UserError when time is up, NotFound when it is deleted meanwhile. */
export async function podStarted(resources: Resources, pod: Pod, {timeoutMs, until}: StartWait): Promise<Pod> {
  if (until(pod)) return pod
  const {namespace, name, resourceVersion = '0'} = pod.metadata
  const signal = AbortSignal.timeout(timeoutMs)
  for await (const events of resources.watch<Pod>(podType, resourceVersion, {namespace, signal})) {
    for (const {type, object} of events) {
      if (object.metadata.name !== name) continue
      if (type === 'deleted') throw notFound(podType, name)
      if (until(object)) return object
    }
  }
  throw new UserError('timed out waiting for the condition')
}

export function hasStarted({status}: Pod): boolean {
  return status?.phase === 'Running' || isOver(status?.phase)
}

export function hasEnded({status}: Pod): boolean {
  return isOver(status?.phase)
}

function isOver(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed'
}
