import type {KubeObject} from '../../api/object.js'
import {isExpired} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typeInStore} from '../../resources/types-in-store.js'

export interface GoneWait {
  /** 0: for ever. */
  readonly timeoutMs: number
  /** Called again and again while the object is still there; its end may have come with that. */
  readonly everyNow?: () => Promise<void>
}

const INTERVAL_MS = 500

/** Resolves once the object is no longer in the store (or one of its name with another uid is). Throws a UserError when time is up. */
export async function waitGone(resources: Resources, object: KubeObject, {timeoutMs, everyNow}: GoneWait): Promise<void> {
  if (await isAway(resources, object)) return // as mostly
  const deadline = timeoutMs === 0 ? Infinity : performance.now() + timeoutMs
  while (performance.now() < deadline) {
    const wait = Math.min(everyNow === undefined ? Infinity : INTERVAL_MS, deadline - performance.now())
    if (await isGoneWithin(resources, object, wait)) return
    await everyNow?.()
  }
  throw new UserError(`timed out waiting for the condition on ${(await typeInStore(resources, object)).plural}/${object.metadata.name}`)
}

async function isGoneWithin(resources: Resources, object: KubeObject, ms: number): Promise<boolean> {
  const aborted = new AbortController()
  const timer = ms === Infinity ? undefined : setTimeout(() => aborted.abort(), Math.max(0, ms))
  try {
    return await isGone(resources, object, aborted.signal)
  } finally {
    clearTimeout(timer)
    aborted.abort()
  }
}

async function isAway(resources: Resources, object: KubeObject): Promise<boolean> {
  const {namespace, name, uid} = object.metadata
  return (await resources.find(await typeInStore(resources, object), namespace, name))?.metadata.uid !== uid
}

async function isGone(resources: Resources, object: KubeObject, signal: AbortSignal): Promise<boolean> {
  const type = await typeInStore(resources, object)
  const {namespace, name, uid} = object.metadata
  const {items, resourceVersion} = await resources.list(type, {namespace})
  if (!items.some(({metadata}) => metadata.name === name && metadata.uid === uid)) return true
  try {
    for await (const events of resources.watch(type, resourceVersion, {namespace, signal})) {
      if (events.some((event) => event.type === 'deleted' && event.object.metadata.name === name && event.object.metadata.namespace === namespace)) return true
    }
  } catch (error) {
    if (!isExpired(error)) throw error // too many changes meanwhile: look again
  }
  return false
}
