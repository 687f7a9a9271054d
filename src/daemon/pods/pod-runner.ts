import path from 'node:path'
import {podType, type Pod} from '../../api/kinds/pod.js'
import {isNotFound} from '../../api/status-error.js'
import type {Resources} from '../../resources/resources.js'
import {LogFile} from '../../workload/log-file.js'
import {loggedRuntime} from '../../workload/logged-runtime.js'
import {runtimeFor} from '../../workload/runtimes.js'
import type {EventRecorder} from '../event-recorder.js'
import {containerSpec, type Placement} from './container-spec.js'
import {ContainerRunner} from './container-runner.js'
import type {ContainerState} from './container-state.js'
import {podStatus} from './pod-status.js'

export interface PodRunnerOptions {
  readonly pod: Pod
  readonly placement: Placement
  readonly resources: Resources
  readonly events: EventRecorder
  /** The pod's own directory for its containers' logs. */
  readonly logs: string
  readonly allowHostCommands: boolean
  /** Problems that are nobody's to handle, such as a full disk under a log. */
  readonly report: (error: unknown) => void
}

/** Runs the containers of one pod and reports their state as the pod's status. */
export class PodRunner {
  readonly #options: PodRunnerOptions
  readonly #containers: ContainerRunner[] = []
  readonly #initContainers: ContainerState[] = []
  readonly #logFiles: LogFile[] = []
  readonly #startMs: number
  #pod: Pod
  #reporting: Promise<void> | undefined
  #reportAgain = false
  #stopped = false

  constructor(options: PodRunnerOptions) {
    this.#options = options
    this.#pod = options.pod
    this.#startMs = options.resources.clock.now()
  }

  /** Starts all containers; resolves once they run. A container may take for ever to be ready, and must be stoppable meanwhile. */
  async start(): Promise<void> {
    for (const container of this.#pod.spec?.initContainers ?? []) this.#initContainers.push(this.#completed(container.name, container.image ?? ''))
    for (const container of this.#pod.spec?.containers ?? []) this.#containers.push(await this.#runner(container))
    this.#report()
    await Promise.all(this.#containers.map((container) => container.start()))
  }

  /** Resolves when all containers are ready, or over. */
  async ready(): Promise<void> {
    await Promise.all(this.#containers.map((container) => container.ready))
  }

  /** Ends all containers: TERM, `graceMs`, KILL. Its status is no longer reported. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#containers.map((container) => container.stop(graceMs)))
    await this.#reporting
    await Promise.all(this.#logFiles.map((file) => file.close()))
  }

  async #runner(container: NonNullable<Pod['spec']>['containers'][number]): Promise<ContainerRunner> {
    const {placement, resources, events, logs, allowHostCommands, report} = this.#options
    const file = await LogFile.open(path.join(logs, `${container.name}.log`), {clock: resources.clock, report})
    this.#logFiles.push(file)
    const spec = containerSpec(this.#pod, container, placement)
    const image = container.image ?? ''
    return new ContainerRunner({
      spec,
      runtime: loggedRuntime(runtimeFor(image, {command: this.#pod.metadata.annotations?.['tshift.dev/command'], allowHostCommands}), file),
      restartPolicy: (this.#pod.spec?.restartPolicy ?? 'Always') as 'Always',
      clock: resources.clock,
      log: (line) => file.append(line),
      changed: () => this.#report(),
      event: (event) => void events.record(this.#pod, {...event, source: 'kubelet', fieldPath: `spec.containers{${container.name}}`}).catch(report),
      former: formerLife(this.#pod, container.name),
    })
  }

  /** Istio's init container rewrites iptables, which there is nothing of here: it is done when it begins. */
  #completed(name: string, image: string): ContainerState {
    const finishedMs = this.#startMs
    return {name, image, id: '', restarts: 0, ready: true, now: {type: 'terminated', exitCode: 0, reason: 'Completed', startedMs: finishedMs, finishedMs}}
  }

  /** Writes the present state as the pod's status; calls during a write are answered by one more write after it. */
  #report(): void {
    this.#reportAgain = true
    this.#reporting ??= this.#reportWhileNeeded()
      .catch(this.#options.report)
      .finally(() => {
        this.#reporting = undefined
      })
  }

  async #reportWhileNeeded(): Promise<void> {
    while (this.#reportAgain && !this.#stopped) {
      this.#reportAgain = false
      await this.#reportOnce()
    }
  }

  async #reportOnce(): Promise<void> {
    const {resources, placement} = this.#options
    const {name, namespace} = this.#pod.metadata
    try {
      this.#pod = await resources.mutateStatus<Pod>(podType, {namespace, name}, (live) => ({
        ...live,
        status: podStatus(live, {
          podIP: placement.address,
          startMs: this.#startMs,
          nowMs: resources.clock.now(),
          initContainers: this.#initContainers,
          containers: this.#containers.map(({state}) => state),
        }),
      }))
    } catch (error) {
      if (!isNotFound(error)) throw error // deleted under us: the kubelet will stop this runner
    }
  }
}

/** What a killed gateway process left in the pod's status: that life is over, and counts. */
function formerLife(pod: Pod, container: string): {restarts: number; startedMs: number} | undefined {
  const status = pod.status?.containerStatuses?.find(({name}) => name === container)
  const started = status?.state?.running?.startedAt ?? status?.lastState?.terminated?.startedAt
  return started === undefined ? undefined : {restarts: status?.restartCount ?? 0, startedMs: Date.parse(started)}
}
