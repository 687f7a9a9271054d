import path from 'node:path'
import type {Pod} from '../../api/kinds/pod.js'
import type {Container} from '../../api/kinds/pod-spec.js'
import {objectKey} from '../../api/object.js'
import {LogFile} from '../../workload/logs/log-file.js'
import {loggedRuntime} from '../../workload/runtimes/logged-runtime.js'
import type {Attendance, Attendant} from '../../workload/runtimes/runtime.js'
import type {ContainerProcess, EngineContainer} from '../control/container-process.js'
import type {EventRecorder} from '../event-recorder.js'
import {ContainerRunner, type RestartPolicy} from './container-runner.js'
import {PodReporter} from './pod-reporter.js'
import {PodVolumes} from './pod-volumes.js'
import {type Workshop, prepareContainer} from './prepare-container.js'

export interface PodRunnerOptions extends Omit<Workshop, 'volumes'> {
  readonly pod: Pod
  readonly events: EventRecorder
  /** The pod's own directory, for its containers' logs and volumes. */
  readonly directory: string
  /** Where the volumes of PersistentVolumeClaims lie. */
  readonly claims: string
  /** Problems that are nobody's to handle, such as a full disk under a log. */
  readonly report: (error: unknown) => void
}

/**
 * Runs the containers of one pod: the init containers one after the other, sidecars among them going on, then all others together. Reports their state
 * as the pod's status.
 */
export class PodRunner {
  readonly #options: PodRunnerOptions
  readonly #initial: readonly ContainerRunner[]
  readonly #main: readonly ContainerRunner[]
  readonly #sidecars: ReadonlySet<string>
  readonly #passed = new Set<string>()
  readonly #logFiles: LogFile[] = []
  readonly #reporter: PodReporter
  #sequence: Promise<void> = Promise.resolve()
  #wake: () => void = () => undefined
  #stopped = false

  constructor(options: PodRunnerOptions) {
    this.#options = options
    const {pod, resources, placement, allowHostCommands, directory, claims, report} = options
    const {containers, initContainers = [], restartPolicy = 'Always'} = pod.spec
    const volumes = new PodVolumes({pod, resources, directory: path.join(directory, 'volumes'), claims, allowHostPaths: allowHostCommands})
    const runner = (container: Container, policy: string) => this.#runner(container, policy as RestartPolicy, volumes)
    this.#sidecars = new Set(initContainers.filter((container) => container.restartPolicy === 'Always').map(({name}) => name))
    const initPolicy = restartPolicy === 'Never' ? 'Never' : 'OnFailure'
    this.#initial = initContainers.map((container) => runner(container, this.#sidecars.has(container.name) ? 'Always' : initPolicy))
    this.#main = containers.map((container) => runner(container, container.restartPolicy ?? restartPolicy))
    this.#reporter = new PodReporter({
      pod,
      resources,
      report,
      facts: () => ({
        podIP: placement.address,
        initContainers: this.#initial.map(({state}) => state),
        containers: this.#main.map(({state}) => state),
        sidecars: this.#sidecars,
        passed: this.#passed,
      }),
    })
  }

  /** Begins; returns at once. A container may take for ever to be ready, and must be stoppable meanwhile. */
  start(): void {
    this.#reporter.changed()
    this.#sequence = this.#runAll().catch(this.#options.report)
    void this.#endSidecars()
  }

  /** Resolves when all containers are ready or over, or one of them is in trouble. */
  async ready(): Promise<void> {
    const all = this.#sequence.then(() => Promise.all(this.#main.map(({ready}) => ready)))
    await Promise.race([all, ...this.#initial.map(({troubled}) => troubled), ...this.#main.map(({troubled}) => troubled)])
  }

  /** The main processes of the containers that run. */
  get pids(): readonly number[] {
    return [...this.#initial, ...this.#main].flatMap(({pid}) => pid ?? [])
  }

  /** Its `namespace/name`. */
  get key(): string {
    return objectKey(this.#options.pod)
  }

  /** The main processes of its containers that have one. */
  get processes(): readonly ContainerProcess[] {
    const {namespace = 'default', name: pod} = this.#options.pod.metadata
    return [...this.#initial, ...this.#main].flatMap(({pid, state}) => (pid === undefined ? [] : [{namespace, pod, container: state.name, pid}]))
  }

  /** Those of its containers that a container engine runs. */
  get inEngine(): readonly EngineContainer[] {
    const {namespace = 'default', name: pod} = this.#options.pod.metadata
    const all = [...this.#initial, ...this.#main]
    return all.flatMap(({execPrefix = [], state}) => (execPrefix.length === 0 ? [] : [{namespace, pod, container: state.name, execPrefix}]))
  }

  /** Tells that the containers that run are going to be stopped. */
  async announceEnd(): Promise<void> {
    for (const {state} of [...this.#initial, ...this.#main]) {
      if (state.now.type === 'running') await this.#record(state.name, {type: 'Normal', reason: 'Killing', message: `Stopping container ${state.name}`})
    }
  }

  /** Lets a client's program be the one of a main container, where it has none. */
  attend(container: string, client: Attendant): Attendance | undefined {
    return this.#main.find(({state}) => state.name === container)?.attend(client)
  }

  /** Ends all containers within `graceMs`: first the main ones, then the sidecars, the last first. The status is no longer reported. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true
    this.#wake()
    const endMs = performance.now() + graceMs
    await Promise.all(this.#main.map((container) => container.stop(graceMs)))
    for (const container of this.#initial.toReversed()) await container.stop(Math.max(0, endMs - performance.now()))
    await this.#sequence
    await this.#reporter.close()
    for (const file of this.#logFiles) file.close()
  }

  async #runAll(): Promise<void> {
    for (const [index, runner] of this.#initial.entries()) {
      await runner.start()
      if (!(await this.#hasPassed(runner, index))) return
      this.#passed.add(runner.state.name)
      this.#reporter.changed()
    }
    if (!this.#stopped) await Promise.all(this.#main.map((container) => container.start()))
  }

  /** Waits until the next container may start; false where that will never be. */
  async #hasPassed(runner: ContainerRunner, index: number): Promise<boolean> {
    const isSidecar = this.#sidecars.has(runner.state.name)
    for (;;) {
      if (this.#stopped) return false
      const {now, started} = this.#initial[index]?.state ?? runner.state
      if (isSidecar && started) return true
      if (!isSidecar && runner.isOver) return now.type === 'terminated' && now.exitCode === 0
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  /** Sidecars serve the others: once those have ended for good, they go. */
  async #endSidecars(): Promise<void> {
    await Promise.all(this.#main.map(({over}) => over))
    if (this.#stopped) return
    for (const container of this.#initial.toReversed()) await container.stop(this.#graceMs)
    this.#reporter.changed()
  }

  get #graceMs(): number {
    return (this.#options.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000
  }

  #runner(container: Container, restartPolicy: RestartPolicy, volumes: PodVolumes): ContainerRunner {
    const {pod, placement, resources, allowHostCommands} = this.#options
    const {name, namespace, uid} = pod.metadata
    let file: LogFile | undefined
    return new ContainerRunner({
      container,
      placement,
      allowHostCommands,
      restartPolicy,
      prepare: async () => {
        const {spec, runtime} = await prepareContainer(pod, container, {...this.#options, volumes})
        file ??= await this.#openLog(container.name)
        return {spec, runtime: loggedRuntime(runtime, file)}
      },
      log: (line) => file?.append(line),
      podName: `${name}_${namespace}(${uid})`,
      graceMs: this.#graceMs,
      clock: resources.clock,
      waiting: (pod.spec.initContainers ?? []).length === 0 ? 'ContainerCreating' : 'PodInitializing',
      changed: () => {
        this.#wake()
        this.#reporter.changed()
      },
      event: (event) => void this.#record(container.name, event),
      former: formerLife(pod, container.name),
    })
  }

  async #openLog(container: string): Promise<LogFile> {
    const {directory, resources, report} = this.#options
    const file = await LogFile.open(path.join(directory, `${container}.log`), {clock: resources.clock, report})
    this.#logFiles.push(file)
    return file
  }

  async #record(container: string, event: {readonly type: 'Normal' | 'Warning'; readonly reason: string; readonly message: string}): Promise<void> {
    const {events, pod, report} = this.#options
    const list = pod.spec.containers.some(({name}) => name === container) ? 'containers' : 'initContainers'
    await events.record(pod, {...event, source: 'kubelet', fieldPath: `spec.${list}{${container}}`}).catch(report)
  }
}

/** What a killed gateway process left in the pod's status: that life is over, and counts. */
function formerLife({status}: Pod, container: string): {restarts: number; startedMs: number} | undefined {
  const all = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])]
  const found = all.find(({name}) => name === container)
  const started = found?.state?.running?.startedAt ?? found?.lastState?.terminated?.startedAt
  return started === undefined ? undefined : {restarts: found?.restartCount ?? 0, startedMs: Date.parse(started)}
}
