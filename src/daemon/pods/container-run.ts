import type {Container, Handler} from '../../api/kinds/pod-spec.js'
import {podVariables} from '../../workload/runtimes/pod-variables.js'
import {runInContainer, type ContainerExec} from '../../workload/exec/run-in-container.js'
import type {Attendance, Attendant, ContainerExit, ContainerSpec, RunningContainer, Runtime} from '../../workload/runtimes/runtime.js'
import type {Placement} from './container-spec.js'
import {check} from './probes/check.js'
import {checkTarget} from './probes/check-target.js'
import {ContainerHealth} from './probes/container-health.js'

export interface ContainerEvent {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
}

/** A container that can be started: what it is, and by what. */
export interface Prepared {
  readonly spec: ContainerSpec
  readonly runtime: Runtime
}

export interface ContainerRunOptions {
  readonly container: Container
  readonly placement: Placement
  readonly allowHostCommands: boolean
  /** What the pod gives its containers to end. */
  readonly graceMs: number
  /** Whether its end will be followed by a new start, for the words of an event. */
  readonly restarts: boolean
  readonly log: (line: string) => void
  readonly event: (event: ContainerEvent) => void
  /** Called after every change of `started` or `ready`. */
  readonly changed: () => void
}

/** The kubelet gives no less, however long the hook took. */
const MIN_GRACE_MS = 2000
/** Node's longest timer: a postStart hook has no time limit. */
const NO_LIMIT_MS = 2 ** 31 - 1

/** One run of a container, from its start over its hooks and probes to its end. */
export class ContainerRun {
  readonly #options: ContainerRunOptions
  readonly #running: RunningContainer
  readonly #exec: ContainerExec
  readonly #health: ContainerHealth
  readonly #hurry = new AbortController()
  #stopping: Promise<ContainerExit> | undefined
  #isOver = false

  /** Starts the container. Throws as the runtime does. */
  static async start({spec, runtime}: Prepared, options: ContainerRunOptions, signal: AbortSignal): Promise<ContainerRun> {
    const running = await runtime.start(spec, options.log, signal)
    const run = new ContainerRun(spec, running, options)
    options.event({type: 'Normal', reason: 'Pulled', message: `Container image "${spec.image}" already present on machine and can be accessed by the pod`})
    options.event({type: 'Normal', reason: 'Created', message: 'Container created'})
    options.event({type: 'Normal', reason: 'Started', message: 'Container started'})
    return run
  }

  private constructor(spec: ContainerSpec, running: RunningContainer, options: ContainerRunOptions) {
    const {container, placement, changed, event} = options
    this.#options = options
    this.#running = running
    this.#exec = execInside(spec, running, options.allowHostCommands)
    this.#health = new ContainerHealth({
      container: running.execPrefix === undefined ? withoutProbes(container) : container,
      placement,
      exec: this.#exec,
      listening: running.ready,
      changed,
      unhealthy: (message) => event({type: 'Warning', reason: 'Unhealthy', message}),
      failed: (probe) => this.#kill(probe),
    })
    void running.exited.then(() => {
      this.#isOver = true
      this.#health.stop()
    })
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** As in the container's status. */
  get started(): boolean {
    return this.#health.started
  }

  get ready(): boolean {
    return this.#health.ready
  }

  get pid(): number | undefined {
    return this.#running.pid
  }

  /** As the runtime's. */
  get execPrefix(): readonly string[] | undefined {
    return this.#running.execPrefix
  }

  /** As the runtime's. */
  attend(client: Attendant): Attendance | undefined {
    return this.#stopping === undefined ? this.#running.attend(client) : undefined
  }

  /** Resolves when it is over, for whatever reason. Never rejects. */
  get exited(): Promise<ContainerExit> {
    return this.#running.exited
  }

  /** Runs the postStart hook, then begins to ask the probes; until then the container does not count as running. */
  async begin(): Promise<void> {
    const {container, event, graceMs} = this.#options
    const failure = await this.#hook(container.lifecycle?.postStart, NO_LIMIT_MS)
    if (failure === undefined) return this.#health.start()
    event({type: 'Warning', reason: 'FailedPostStartHook', message: `PostStartHook failed: ${failure}`})
    event({type: 'Normal', reason: 'Killing', message: 'FailedPostStartHook'})
    void this.stop(graceMs)
  }

  /** Runs the preStop hook, then TERM, then KILL once `graceMs` are over in all. A second call with less time shortens the first. */
  stop(graceMs: number): Promise<ContainerExit> {
    if (this.#stopping === undefined) this.#stopping = this.#stopOnce(graceMs)
    else if (graceMs === 0) {
      this.#hurry.abort()
      void this.#running.stop(0)
    }
    return this.#stopping
  }

  async #stopOnce(graceMs: number): Promise<ContainerExit> {
    this.#health.stop()
    const {container, event} = this.#options
    const beganMs = performance.now()
    const failure = graceMs === 0 ? undefined : await this.#hook(container.lifecycle?.preStop, graceMs)
    if (failure !== undefined) event({type: 'Warning', reason: 'FailedPreStopHook', message: `PreStopHook failed: ${failure}`})
    const leftMs = graceMs - (performance.now() - beganMs)
    return this.#running.stop(this.#hurry.signal.aborted ? 0 : Math.max(leftMs, Math.min(graceMs, MIN_GRACE_MS)))
  }

  /** Undefined where it worked, or there is none: why it failed otherwise. The container's end ends it too. */
  async #hook(handler: Handler | undefined, timeoutMs: number): Promise<string | undefined> {
    if (handler === undefined || this.#running.execPrefix === undefined) return undefined
    const {container, placement} = this.#options
    const over = new AbortController()
    void this.#running.exited.then(() => over.abort())
    const signal = AbortSignal.any([this.#hurry.signal, over.signal])
    const {type, message} = await check(checkTarget(handler, container, placement), {timeoutMs, signal, exec: this.#exec})
    return type === 'success' ? undefined : message
  }

  #kill(probe: 'liveness' | 'startup'): void {
    const {container, event, graceMs, restarts} = this.#options
    const text = `Container ${container.name} failed ${probe} probe`
    event({type: 'Normal', reason: 'Killing', message: restarts ? `${text}, will be restarted` : text})
    const own = (probe === 'liveness' ? container.livenessProbe : container.startupProbe)?.terminationGracePeriodSeconds
    void this.stop(own === undefined ? graceMs : own * 1000)
  }
}

/** Commands of a manifest run on this machine only where the user has allowed it. */
function execInside(spec: ContainerSpec, {execPrefix = []}: RunningContainer, allowHostCommands: boolean): ContainerExec {
  return (command, signal) => {
    if (execPrefix.length === 0 && !allowHostCommands) return Promise.reject(new Error(NOT_ALLOWED))
    return runInContainer([...execPrefix, ...command], execPrefix.length > 0 ? {} : {...podVariables(spec), ...spec.env}, signal)
  }
}

const NOT_ALLOWED = 'it would run a program of this machine: start the gateway with --allow-host-commands'

/** Where nothing runs there is nothing to probe: the container is what it is. */
function withoutProbes({startupProbe: _startup, readinessProbe: _readiness, livenessProbe: _liveness, ...container}: Container): Container {
  return container
}
