import {deploymentType, type Deployment} from '../../src/api/kinds/deployment.js'
import {eventType, type Event} from '../../src/api/kinds/event.js'
import {revisionOf} from '../../src/api/kinds/deployment-revision.js'
import type {Pod} from '../../src/api/kinds/pod.js'
import {replicaSetType, type ReplicaSet} from '../../src/api/kinds/replica-set.js'
import {formatTime, type KubeObject} from '../../src/api/object.js'
import {perform} from '../../src/daemon/action.js'
import {planDeployments} from '../../src/daemon/controllers/deployments.js'
import {planReplicaSets} from '../../src/daemon/controllers/replica-sets.js'
import {EventRecorder} from '../../src/daemon/event-recorder.js'
import {worldOf, type World} from '../../src/daemon/world.js'
import {emptyCluster} from './cluster.js'

const MAX_ROUNDS = 60
const REF = {namespace: 'default', name: 'web'}

export interface RehearsalOptions {
  readonly spec?: Partial<Deployment['spec']>
  /** Which pods become ready; all, unless it says otherwise. */
  readonly becomesReady?: (pod: Pod) => boolean
}

/** The Deployment `web` and its controllers in memory; pods become ready one round after they were made. */
export async function rehearsal({spec = {}, becomesReady = () => true}: RehearsalOptions = {}) {
  const {resources, clock} = emptyCluster()
  const context = {resources, events: new EventRecorder(resources), nodeAlive: false}
  await resources.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'default'}})
  await resources.create(web(spec))

  const world = async (): Promise<World> => worldOf((await resources.listAll()).items)
  const deployment = () => resources.get<Deployment>(deploymentType, REF.namespace, REF.name)
  const replicaSets = async () => [...(await resources.list<ReplicaSet>(replicaSetType)).items].sort((a, b) => revisionOf(a) - revisionOf(b))

  /** One plan, carried out; false when there was nothing to do. */
  async function round(): Promise<boolean> {
    const before = await world()
    const waiting = before.pods.filter((pod) => pod.status?.phase !== 'Running' && becomesReady(pod))
    const actions = [...planDeployments(before, clock.now()), ...planReplicaSets(before, clock.now())]
    for (const action of actions) await perform(action, context)
    for (const pod of waiting) await makeReady(pod)
    return actions.length + waiting.length > 0
  }

  async function makeReady(pod: Pod): Promise<void> {
    const present = (await world()).pods.some(({metadata}) => metadata.uid === pod.metadata.uid)
    if (!present) return
    const {resourceVersion: _, ...metadata} = pod.metadata
    const ready = {type: 'Ready', status: 'True', lastTransitionTime: formatTime(clock.now())}
    await resources.updateStatus({...pod, metadata, status: {phase: 'Running', conditions: [ready]}} as Pod)
  }

  return {
    clock,
    resources,
    world,
    deployment,
    replicaSets,
    round,
    change: (edit: (spec: Deployment['spec']) => Deployment['spec']) =>
      resources.mutate<Deployment>(deploymentType, REF, (live) => ({...live, spec: edit(live.spec)})),
    /** Rounds until there is nothing left to do; the sizes of the ReplicaSets by revision, whenever they change. */
    async settle(): Promise<readonly string[]> {
      const trace: string[] = []
      for (let count = 0; count < MAX_ROUNDS; count++) {
        const goesOn = await round()
        const sizes = (await replicaSets()).map(({spec: {replicas}}) => replicas).join(' ')
        if (sizes !== trace.at(-1)) trace.push(sizes)
        if (!goesOn) return trace
      }
      throw new Error(`the controllers are not done after ${MAX_ROUNDS} rounds`)
    },
    async events(): Promise<readonly string[]> {
      return (await resources.list<Event>(eventType)).items.filter(({reason}) => reason === 'ScalingReplicaSet').map(({message}) => message ?? '')
    },
  }
}

/** `web` with another image: another template. */
export function image(tag: string): (spec: Deployment['spec']) => Deployment['spec'] {
  return (spec) => ({...spec, template: templateOf(tag)})
}

function web(spec: Partial<Deployment['spec']>): KubeObject {
  const selector = {matchLabels: {app: 'web'}}
  return {apiVersion: 'apps/v1', kind: 'Deployment', metadata: REF, spec: {selector, template: templateOf('v1'), ...spec}} as KubeObject
}

function templateOf(tag: string): Deployment['spec']['template'] {
  return {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'web', image: `web:${tag}`}]}}
}
