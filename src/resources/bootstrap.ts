import {nodeType} from '../api/kinds/node.js'
import type {KubeObject} from '../api/object.js'
import {isAlreadyExists} from '../api/status-error.js'
import {clusterObjects, NODE_NAME, type ClusterOptions} from './cluster.js'
import type {Resources} from './resources.js'

/**
 * Puts the built-in cluster picture into an empty store. Idempotent and safe when two processes do it at once: what is there stays.
 * The Node comes last, as the mark that the picture is complete.
 */
export async function bootstrap(resources: Resources, options: ClusterOptions): Promise<void> {
  if ((await resources.find(nodeType, undefined, NODE_NAME)) !== undefined) return
  const objects = clusterObjects(options)
  const node = objects.filter(({kind}) => kind === 'Node')
  const others = objects.filter(({kind}) => kind !== 'Node')
  for (const object of [...others, ...node]) await createWithStatus(resources, object)
}

async function createWithStatus(resources: Resources, object: KubeObject & {status?: unknown}): Promise<void> {
  try {
    const {object: created} = await resources.create(object)
    if (object.status !== undefined) await resources.updateStatus({...created, status: object.status})
  } catch (error) {
    if (!isAlreadyExists(error)) throw error
  }
}
