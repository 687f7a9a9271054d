import type {KubeObject} from '../../api/object.js'
import {isNotFound} from '../../api/status-error.js'
import {deleteObject, type DeleteOptions} from '../../resources/deletion.js'
import {typeInStore} from '../../resources/types-in-store.js'
import type {Session} from '../session.js'
import {waitGone} from '../verbs/wait-gone.js'

/**
 * Waits until what was deleted is gone. Where the gateway process, which ends pods, has itself ended meanwhile, this process does what is left
 * to do: nothing runs any more. Throws a UserError when time is up.
 */
export async function finishDeletions(
  session: Session,
  deleted: readonly KubeObject[],
  {timeoutMs, ...options}: Omit<DeleteOptions, 'nodeAlive' | 'preconditions'> & {readonly timeoutMs: number},
): Promise<void> {
  const deadline = timeoutMs === 0 ? Infinity : performance.now() + timeoutMs
  for (const object of deleted) {
    const left = deadline === Infinity ? 0 : Math.max(1, deadline - performance.now())
    await waitGone(session.resources, object, {timeoutMs: left, everyNow: () => takeOver(session, object, options)})
  }
}

async function takeOver(session: Session, object: KubeObject, options: Omit<DeleteOptions, 'nodeAlive' | 'preconditions'>): Promise<void> {
  if (session.isGatewayRunning) return
  const {resources} = session
  const {namespace, name, uid} = object.metadata
  const live = await resources.find(await typeInStore(resources, object), namespace, name)
  if (live === undefined || live.metadata.uid !== uid) return
  try {
    await deleteObject(resources, live, {...options, nodeAlive: false})
  } catch (error) {
    if (!isNotFound(error)) throw error // it went meanwhile
  }
  await session.settle()
}
