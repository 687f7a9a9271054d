import {parseAllDocuments} from 'yaml'
import type {Condition} from '../../src/api/kinds/gateway-api/conditions.js'
import type {Pod} from '../../src/api/kinds/pod.js'
import type {KubeObject} from '../../src/api/object.js'
import {perform} from '../../src/daemon/action.js'
import {planWorld} from '../../src/daemon/controllers/plan.js'
import {EventRecorder} from '../../src/daemon/event-recorder.js'
import type {UnboundPort} from '../../src/daemon/gateway/unbound-ports.js'
import {worldOf, type World} from '../../src/daemon/world.js'
import {freshCluster} from '../help/cluster.js'

/** A cluster in memory in which controllers run and every pod becomes ready, as if the gateway process were there. */
export interface Stage {
  readonly world: World
  /** Applies more manifests, a second later, and lets the controllers work until they have nothing left to do. */
  add(manifest: string): Promise<Stage>
  /** Lets the controllers know that another process has ports, or no longer has them. */
  unbound(ports: readonly UnboundPort[]): Promise<Stage>
  /** Deletes an object as `delete` would. */
  remove(kind: string, name: string): Promise<Stage>
  /** Replaces an object by what `edit` makes of it. */
  change(kind: string, name: string, edit: (object: KubeObject) => KubeObject & {readonly spec: unknown}): Promise<Stage>
  /** Throws where there is none. A Gateway is one of the Gateway API. */
  find<T extends KubeObject>(kind: string, name: string): T
}

const MAX_ROUNDS = 30

export async function stage(manifest: string): Promise<Stage> {
  const {resources, clock} = await freshCluster()
  const context = {resources, events: new EventRecorder(resources), nodeAlive: false}
  let addresses = 0
  let taken: readonly UnboundPort[] = []

  const makeReady = (pod: Pod): Pod => ({
    ...pod,
    status: {phase: 'Running', podIP: `127.64.9.${++addresses}`, conditions: [{type: 'Ready', status: 'True'}]},
  })

  const settled = async (): Promise<Stage> => {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const world = worldOf((await resources.listAll()).items)
      const waiting = world.pods.filter(({status}) => status?.phase !== 'Running')
      const actions = planWorld(world, clock.now(), taken)
      if (actions.length === 0 && waiting.length === 0) return {world, add, unbound, remove, change, find: (kind, name) => found(world, kind, name)}
      for (const action of actions) await perform(action, context)
      for (const pod of waiting) await resources.updateStatus(makeReady(pod))
    }
    throw new Error(`the controllers are not done after ${MAX_ROUNDS} rounds`)
  }

  const add = async (more: string): Promise<Stage> => {
    clock.advance(1000)
    for (const document of parseAllDocuments(more)) {
      const object = document.toJS() as KubeObject | null
      if (object !== null) await resources.create(object)
    }
    return settled()
  }

  const unbound: Stage['unbound'] = async (ports) => {
    clock.advance(1000)
    taken = ports
    return settled()
  }

  const remove = async (kind: string, name: string): Promise<Stage> => {
    const {world} = await settled()
    await perform({type: 'delete', object: found(world, kind, name)}, context)
    return settled()
  }

  const change: Stage['change'] = async (kind, name, edit) => {
    const {world} = await settled()
    await resources.update(edit(found(world, kind, name)))
    return settled()
  }

  return add(manifest)
}

function found<T extends KubeObject>({kinds}: World, kind: string, name: string): T {
  const object = kinds.flat().find((candidate) => candidate.kind === kind && candidate.metadata.name === name && (kind !== 'Gateway' || candidate.apiVersion.startsWith('gateway.')))
  if (object === undefined) throw new Error(`there is no ${kind} ${name}`)
  return object as T
}

/** `Accepted=True Accepted: Route was valid`, in order. */
export function conditionLines(conditions: readonly Condition[] | undefined): readonly string[] {
  return (conditions ?? []).map(({type, status, reason, message}) => `${type}=${status} ${reason}: ${message}`)
}

interface Route extends KubeObject {
  readonly status?: {readonly parents?: readonly {parentRef: {name: string; sectionName?: string; port?: number}; conditions: readonly Condition[]}[]}
}

/** What a route's status says of each parent: `gateway`, `gateway/section` or `gateway:port`. */
export function parentsOf(it: Stage, kind: 'TCPRoute' | 'TLSRoute', name: string): Readonly<Record<string, readonly string[]>> {
  const parents = it.find<Route>(kind, name).status?.parents ?? []
  const titled = parents.map(({parentRef: {name: parent, sectionName, port}, conditions}) => {
    return [`${parent}${sectionName === undefined ? '' : `/${sectionName}`}${port === undefined ? '' : `:${port}`}`, conditionLines(conditions)] as const
  })
  return Object.fromEntries(titled)
}

export interface GatewayWithStatus extends KubeObject {
  readonly status?: {
    readonly addresses?: readonly {type: string; value: string}[]
    readonly conditions?: readonly Condition[]
    readonly listeners?: readonly {name: string; attachedRoutes: number; supportedKinds: readonly {kind: string}[]; conditions: readonly Condition[]}[]
  }
}

/** How many routes each listener of a Gateway says are attached to it. */
export function attached(it: Stage, gateway: string): Readonly<Record<string, number>> {
  const listeners = it.find<GatewayWithStatus>('Gateway', gateway).status?.listeners ?? []
  return Object.fromEntries(listeners.map(({name, attachedRoutes}) => [name, attachedRoutes]))
}
