import {nodeType, type Node} from '../api/kinds/node.js'
import {formatTime, type KubeObject} from '../api/object.js'
import {isAlreadyExists, isConflict} from '../api/status-error.js'
import {clusterObjects, NODE_NAME, type ClusterOptions} from './cluster.js'
import type {Resources} from './resources.js'

/**
 * Puts the built-in cluster picture into an empty store. Idempotent and safe when two processes do it at once: what is there stays.
 * The Node, whose ranges Services draw their addresses from, comes first; that it is Ready comes last and marks the picture as complete.
 */
export async function bootstrap(resources: Resources, options: ClusterOptions): Promise<void> {
  if (isReady(await resources.find<Node>(nodeType, undefined, NODE_NAME))) return
  const objects = clusterObjects(options)
  for (const object of objects) await createWithStatus(resources, object)
  await markReady(resources)
}

function isReady(node: Node | undefined): boolean {
  return node?.status?.conditions?.some(({type, status}) => type === 'Ready' && status === 'True') ?? false
}

async function createWithStatus(resources: Resources, object: KubeObject & {status?: unknown}): Promise<void> {
  try {
    const {object: created} = await resources.create(object)
    if (object.status !== undefined) await resources.updateStatus({...created, status: object.status})
  } catch (error) {
    if (!isAlreadyExists(error) && !isConflict(error)) throw error // another process is at it too
  }
}

async function markReady(resources: Resources): Promise<void> {
  const node = await resources.get<Node>(nodeType, undefined, NODE_NAME)
  const now = formatTime(resources.clock.now())
  const ready = {
    lastHeartbeatTime: now,
    lastTransitionTime: now,
    message: 'kubelet is posting ready status',
    reason: 'KubeletReady',
    status: 'True',
    type: 'Ready',
  }
  const {resourceVersion: _, ...metadata} = node.metadata
  await resources.updateStatus({...node, metadata, status: {...node.status, conditions: [ready]}})
}
