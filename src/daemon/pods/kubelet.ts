import {rm} from 'node:fs/promises'
import {setTimeout as delay} from 'node:timers/promises'
import {podType, type Pod} from '../../api/kinds/pod.js'
import {objectKey} from '../../api/object.js'
import {isNotFound} from '../../api/status-error.js'
import {NODE_NAME} from '../../resources/cluster.js'
import type {Resources} from '../../resources/resources.js'
import type {PodAddresses} from '../../workload/addresses/addresses.js'
import type {Attendance, Attendant} from '../../workload/runtimes/runtime.js'
import type {ContainerProcess, EngineContainer} from '../control/container-process.js'
import type {RunningFacts} from '../control/running-facts.js'
import {HOST_PORTS} from '../controllers/service-ports.js'
import type {EventRecorder} from '../event-recorder.js'
import type {World} from '../world.js'
import {ClaimDirectories} from './claim-directories.js'
import {listeningSockets} from './listening-sockets.js'
import {podLogDirectory} from './pod-log-directory.js'
import {PodRunner} from './pod-runner.js'

export interface KubeletOptions {
  readonly resources: Resources
  readonly events: EventRecorder
  readonly addresses: PodAddresses
  readonly podLogs: string
  /** Where the volumes of PersistentVolumeClaims lie. */
  readonly claims: string
  readonly allowHostCommands: boolean
  /** The container engine to use; undefined where none answers. */
  readonly engine: () => Promise<string | undefined>
  /** Resolves when nothing is sent any more to a pod that is on its way out. */
  readonly beforeStop: (pod: Pod) => Promise<void>
  /** Problems that are nobody's to handle: written to the process's log. */
  readonly report: (error: unknown) => void
}

/**
 * Runs the pods there are: takes new ones onto this node, ends deleted ones, and removes them from the store once they have ended.
 * Level-triggered: `sync` may be called with any world at any time.
 */
export class Kubelet {
  readonly #options: KubeletOptions
  /** By pod uid. A promise: the pod may still be starting when it has to stop. */
  readonly #runners = new Map<string, Promise<PodRunner>>()
  readonly #ending = new Set<string>()
  readonly #stopping = new Map<string, Promise<void>>()
  readonly #claims: ClaimDirectories

  constructor(options: KubeletOptions) {
    this.#options = {...options, resources: options.resources.as('kubelet')}
    this.#claims = new ClaimDirectories(options.claims)
  }

  /** Makes what runs agree with `world`; returns before it does. */
  sync(world: World): void {
    const present = new Set<string>()
    for (const pod of world.pods) {
      const uid = pod.metadata.uid ?? ''
      present.add(uid)
      if (pod.metadata.deletionTimestamp !== undefined) this.#end(pod)
      else if (!this.#runners.has(uid) && !isOver(pod)) this.#begin(pod)
    }
    void this.#claims.sync(world).catch(this.#options.report)
    for (const uid of this.#runners.keys()) {
      if (!present.has(uid)) this.#stop(uid, 0)
    }
  }

  /** Resolves when every pod begun so far is ready or has failed, or after `patienceMs`: a pod may never be ready. */
  async settled(patienceMs: number): Promise<void> {
    const patience = new AbortController()
    const ready = Promise.allSettled([...this.#runners.values()].map(async (runner) => (await runner).ready()))
    await Promise.race([ready, delay(patienceMs, undefined, {signal: patience.signal}).catch(() => undefined)]) // aborted below
    patience.abort()
  }

  /** Lets a client's program be the one of a container that runs none; undefined where there is no such container. */
  async attend(uid: string, container: string, client: Attendant): Promise<Attendance | undefined> {
    const runner = await this.#runners.get(uid)?.catch(() => undefined) // its failure was reported when it began
    return runner?.attend(container, client)
  }

  /** Where the processes of each pod listen, by `namespace/name`. */
  async listening(): Promise<RunningFacts['listening']> {
    const started = await Promise.allSettled(this.#runners.values())
    const runners = started.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    return Object.fromEntries(await Promise.all(runners.map(async ({key, pids}) => [key, await listeningSockets(pids)] as const)))
  }

  /** The main processes of all containers that have one. */
  async processes(): Promise<readonly ContainerProcess[]> {
    const runners = await Promise.allSettled(this.#runners.values())
    return runners.flatMap((runner) => (runner.status === 'fulfilled' ? runner.value.processes : []))
  }

  /** The containers that a container engine runs. */
  async inEngine(): Promise<readonly EngineContainer[]> {
    const runners = await Promise.allSettled(this.#runners.values())
    return runners.flatMap((runner) => (runner.status === 'fulfilled' ? runner.value.inEngine : []))
  }

  /** Ends every pod without deleting it. */
  async close(graceMs: number): Promise<void> {
    await Promise.all([...this.#runners.keys()].map((uid) => this.#stop(uid, graceMs)))
  }

  #begin(pod: Pod): void {
    const uid = pod.metadata.uid ?? ''
    const started = this.#run(pod)
    this.#runners.set(uid, started)
    started.catch((error: unknown) => {
      this.#runners.delete(uid)
      if (!isNotFound(error)) this.#options.report(error)
    })
  }

  async #run(pod: Pod): Promise<PodRunner> {
    const {resources, events, addresses, podLogs, claims, allowHostCommands, engine, report} = this.#options
    const placement = await addresses.place(pod.metadata.uid ?? '', containerPorts(pod))
    const bound = await this.#bind(pod, placement.hostPorts)
    await events.record(bound, {reason: 'Scheduled', message: `Successfully assigned ${objectKey(bound)} to ${NODE_NAME}`, source: 'default-scheduler'})
    const directory = podLogDirectory(podLogs, bound)
    const runner = new PodRunner({pod: bound, placement, resources, events, directory, claims, allowHostCommands, engine, report})
    runner.start()
    return runner
  }

  async #bind(pod: Pod, hostPorts: Readonly<Record<string, number>> | undefined): Promise<Pod> {
    const bound = (live: Pod): Pod => ({
      ...live,
      metadata:
        hostPorts === undefined ? live.metadata : {...live.metadata, annotations: {...live.metadata.annotations, [HOST_PORTS]: JSON.stringify(hostPorts)}},
      spec: {...(live.spec ?? {containers: []}), nodeName: NODE_NAME},
    })
    const {object} = await this.#options.resources.mutate<Pod>(podType, pod.metadata, bound, {fieldManager: 'kube-scheduler', subresource: 'binding'})
    return object
  }

  #end(pod: Pod): void {
    const uid = pod.metadata.uid ?? ''
    if (this.#ending.has(uid)) return
    this.#ending.add(uid)
    void this.#options
      .beforeStop(pod)
      .then(() => this.#announce(uid))
      .then(() => this.#stop(uid, (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000))
      .then(() => this.#remove(pod))
      .catch((error: unknown) => this.#options.report(error))
      .finally(() => this.#ending.delete(uid))
  }

  async #announce(uid: string): Promise<void> {
    const runner = await this.#runners.get(uid)?.catch(() => undefined) // its failure was reported when it began
    await runner?.announceEnd()
  }

  /** Stops a pod, or waits for the stop that is under way, which a second call without grace cuts short. */
  #stop(uid: string, graceMs: number): Promise<void> {
    const underWay = this.#stopping.get(uid)
    if (underWay !== undefined && graceMs === 0) void this.#runners.get(uid)?.then((runner) => runner.stop(0), () => undefined) // as above
    const stopping = underWay ?? this.#stopOnce(uid, graceMs)
    this.#stopping.set(uid, stopping)
    return stopping
  }

  async #stopOnce(uid: string, graceMs: number): Promise<void> {
    try {
      const runner = await this.#runners.get(uid)?.catch(() => undefined) // its failure was reported when it began
      await runner?.stop(graceMs)
    } finally {
      this.#runners.delete(uid)
      this.#stopping.delete(uid)
      this.#options.addresses.release(uid)
    }
  }

  async #remove(pod: Pod): Promise<void> {
    try {
      await this.#options.resources.remove(pod)
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
    await rm(podLogDirectory(this.#options.podLogs, pod), {recursive: true, force: true})
  }
}

function isOver(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
}

function containerPorts(pod: Pod): readonly number[] {
  return (pod.spec?.containers ?? []).flatMap(({ports = []}) => ports.map(({containerPort}) => containerPort))
}
