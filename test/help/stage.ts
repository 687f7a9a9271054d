import {eventType, type Event} from '../../src/api/kinds/event.js'
import {podType, type Pod, type PodStatus} from '../../src/api/kinds/pod.js'
import {formatTime, type KubeObject} from '../../src/api/object.js'
import type {ResourceType} from '../../src/api/resource-type.js'
import {perform} from '../../src/daemon/action.js'
import {planGarbage} from '../../src/daemon/controllers/garbage.js'
import {planWorkloads} from '../../src/daemon/controllers/workloads.js'
import {EventRecorder} from '../../src/daemon/event-recorder.js'
import {worldOf} from '../../src/daemon/world.js'
import {emptyCluster} from './cluster.js'

const MAX_ROUNDS = 80
const NAMESPACE = 'default'

/** What becomes of a pod that runs no more: nothing, while it is to run. */
export type Fate = (pod: Pod) => PodStatus | undefined

/** Ready, since the time it is. */
export function running(nowMs: number): PodStatus {
  return {phase: 'Running', conditions: [{type: 'Ready', status: 'True', lastTransitionTime: formatTime(nowMs)}]}
}

/**
 * One workload and its controllers in memory. `fate` says what a pod's status becomes, one round after the pod was made or its status changed;
 * all become ready, unless it says otherwise.
 */
export async function stage(type: ResourceType, object: KubeObject, fate?: Fate) {
  const {resources, clock} = emptyCluster()
  const context = {resources, events: new EventRecorder(resources), nodeAlive: false}
  let becomes: Fate = fate ?? (({status}) => (status?.phase === 'Pending' ? running(clock.now()) : undefined))
  await resources.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: NAMESPACE}})
  await resources.create({...object, metadata: {namespace: NAMESPACE, ...object.metadata}})
  const ref = {namespace: NAMESPACE, name: object.metadata.name}
  const pods = async () => (await resources.list<Pod>(podType)).items

  /** One plan, carried out; false when there was nothing to do. */
  async function round(): Promise<boolean> {
    const world = worldOf((await resources.listAll()).items)
    const actions = [...planGarbage(world, clock.now()), ...planWorkloads(world, clock.now())]
    for (const action of actions) await perform(action, context)
    let moved = 0
    for (const pod of world.pods) {
      const status = becomes(pod)
      if (status === undefined || (await resources.find<Pod>(podType, NAMESPACE, pod.metadata.name))?.metadata.uid !== pod.metadata.uid) continue
      const {resourceVersion: _, ...metadata} = pod.metadata
      await resources.updateStatus({...pod, metadata, status} as Pod)
      moved++
    }
    return actions.length + moved > 0
  }

  return {
    clock,
    resources,
    round,
    pods,
    meets: (next: Fate) => void (becomes = next),
    names: async () => (await pods()).map(({metadata}) => metadata.name),
    object: <T extends KubeObject>() => resources.get<T>(type, ref.namespace, ref.name),
    find: <T extends KubeObject>() => resources.find<T>(type, ref.namespace, ref.name),
    change: <T extends KubeObject & {readonly spec: object}>(spec: Partial<T['spec']>) =>
      resources.mutate<T>(type, ref, (live) => ({...live, spec: {...live.spec, ...spec}})),
    /** Rounds until there is nothing left to do; the pods by name as `shown`, whenever they change. */
    async settle(shown: (pod: Pod) => string = ({metadata}) => metadata.name): Promise<readonly string[]> {
      const trace: string[] = []
      for (let count = 0; count < MAX_ROUNDS; count++) {
        const goesOn = await round()
        const now = (await pods()).map(shown).join(' ')
        if (now !== trace.at(-1)) trace.push(now)
        if (!goesOn) return trace
      }
      throw new Error(`the controllers are not done after ${MAX_ROUNDS} rounds`)
    },
    /** `Reason message` of all events about it, sorted. */
    async events(): Promise<readonly string[]> {
      const {items} = await resources.list<Event>(eventType)
      return items.filter(({involvedObject}) => involvedObject?.name === ref.name).map(({reason, message}) => `${reason} ${message}`).sort()
    },
  }
}
