import type {KubeObject} from '../../api/object.js'
import {isExpired} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typeInStore} from '../../resources/types-in-store.js'

/** Resolves once the object is no longer in the store (or one of its name with another uid is). Throws a UserError after `timeoutMs` (0: never). */
export async function waitGone(resources: Resources, object: KubeObject, timeoutMs: number): Promise<void> {
  const aborted = new AbortController()
  const timer = timeoutMs === 0 ? undefined : setTimeout(() => aborted.abort(), timeoutMs)
  try {
    while (!aborted.signal.aborted) {
      if (await isGone(resources, object, aborted.signal)) return
    }
    throw new UserError(`timed out waiting for the condition on ${(await typeInStore(resources, object)).plural}/${object.metadata.name}`)
  } finally {
    clearTimeout(timer)
    aborted.abort()
  }
}

async function isGone(resources: Resources, object: KubeObject, signal: AbortSignal): Promise<boolean> {
  const type = await typeInStore(resources, object)
  const {namespace, name, uid} = object.metadata
  const {items, resourceVersion} = await resources.list(type, {namespace})
  if (!items.some(({metadata}) => metadata.name === name && metadata.uid === uid)) return true
  try {
    for await (const events of resources.watch(type, resourceVersion, {namespace, signal})) {
      if (events.some((event) => event.type === 'deleted' && event.object.metadata.name === name)) return true
    }
  } catch (error) {
    if (!isExpired(error)) throw error // too many changes meanwhile: look again
  }
  return false
}
