import {podType, type Pod} from '../../api/kinds/pod.js'
import {isExpired} from '../../api/status-error.js'
import type {Resources} from '../../resources/resources.js'

/** Resolves to true once the pod is gone or over, to false when the signal is aborted before. */
export async function untilLost(pod: Pod, resources: Resources, signal: AbortSignal): Promise<boolean> {
  const {namespace, name, uid} = pod.metadata
  const isLost = (live: Pod | undefined) => live?.metadata.uid !== uid || live?.status?.phase !== 'Running'
  while (!signal.aborted) {
    const {items, resourceVersion} = await resources.list<Pod>(podType, {namespace})
    if (isLost(items.find(({metadata}) => metadata.name === name))) return true
    try {
      for await (const events of resources.watch<Pod>(podType, resourceVersion, {namespace, signal})) {
        const own = events.filter(({object}) => object.metadata.name === name)
        if (own.some(({type, object}) => type === 'deleted' || isLost(object))) return true
      }
    } catch (error) {
      if (!isExpired(error)) throw error // too many changes meanwhile: look again
    }
  }
  return false
}
