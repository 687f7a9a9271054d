import {randomBytes} from 'node:crypto'
import {Backoff} from '../../base/backoff.js'
import type {Clock} from '../../base/clock.js'
import type {ContainerExit, ContainerSpec, RunningContainer, Runtime} from '../../workload/runtime.js'
import type {ContainerState, Phase} from './container-state.js'

export interface ContainerRunnerOptions {
  readonly spec: ContainerSpec
  readonly runtime: Runtime
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never'
  readonly clock: Clock
  readonly log: (line: string) => void
  /** Called after every change of `state`. */
  readonly changed: () => void
  readonly event: (event: {type: 'Normal' | 'Warning'; reason: string; message: string}) => void
  /** The state a former gateway process left behind: its end is then counted as a restart. */
  readonly former?: {readonly restarts: number; readonly startedMs: number} | undefined
}

/** As the kubelet: the first restart at once, then 10 s, 20 s … 5 min, and from the start again after ten good minutes. */
const BACKOFF = {firstMs: 10_000, maxMs: 300_000}
const GOOD_RUN_MS = 600_000

/** Keeps one container running by its pod's restart policy, and knows its state. */
export class ContainerRunner {
  state: ContainerState
  /** Resolves when the present run of the container is ready, or over. */
  ready: Promise<void> = Promise.resolve()
  readonly #options: ContainerRunnerOptions
  readonly #backoff = new Backoff(BACKOFF)
  #running: RunningContainer | undefined
  #timer: NodeJS.Timeout | undefined
  #stopped = false
  #crashes = 0

  constructor(options: ContainerRunnerOptions) {
    const {spec, former, clock} = options
    this.#options = options
    this.state = {
      name: spec.name,
      image: spec.image,
      id: newId(),
      restarts: former === undefined ? 0 : former.restarts + 1,
      ready: false,
      now: {type: 'waiting', reason: 'ContainerCreating'},
      ...(former === undefined ? {} : {last: {type: 'terminated', exitCode: 255, reason: 'Unknown', startedMs: former.startedMs, finishedMs: clock.now()}}),
    }
  }

  /** Starts the container; resolves once it runs, or is known not to. That it is ready it says later. */
  async start(): Promise<void> {
    const {spec, runtime, clock, log, event} = this.#options
    try {
      this.#running = await runtime.start(spec, log)
    } catch (error) {
      this.#refused(error instanceof Error ? error.message : String(error))
      return
    }
    if (this.#stopped) {
      await this.#running.stop(0)
      return
    }
    const startedMs = clock.now()
    event({type: 'Normal', reason: 'Pulled', message: `Container image "${spec.image}" already present on machine`})
    this.#change({now: {type: 'running', startedMs}})
    event({type: 'Normal', reason: 'Started', message: `Started container ${spec.name}`})
    const running = this.#running
    void running.exited.then((exit) => this.#ended(exit, startedMs))
    this.ready = running.ready.then(() => {
      if (this.state.now.type === 'running' && this.#running === running) this.#change({ready: true})
    })
  }

  /** Ends the container and its restarts. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running?.stop(graceMs)
  }

  get pid(): number | undefined {
    return this.state.now.type === 'running' ? this.#running?.pid : undefined
  }

  #refused(message: string): void {
    this.#options.event({type: 'Warning', reason: 'Failed', message})
    this.#change({now: {type: 'waiting', reason: 'ErrImagePull', message}})
  }

  #ended({exitCode}: ContainerExit, startedMs: number): void {
    const {clock, restartPolicy, event, spec} = this.#options
    const finishedMs = clock.now()
    const now: Phase = {type: 'terminated', exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', startedMs, finishedMs}
    this.#change({ready: false, now})
    if (this.#stopped || restartPolicy === 'Never' || (restartPolicy === 'OnFailure' && exitCode === 0)) return
    if (finishedMs - startedMs > GOOD_RUN_MS) this.#backoff.reset()
    const isFirst = this.#crashes++ === 0 // of this runner: a former gateway's end was no crash of the container
    const delayMs = isFirst ? 0 : this.#backoff.next()
    if (!isFirst) {
      const message = `back-off ${delayMs / 1000}s restarting failed container=${spec.name}`
      event({type: 'Warning', reason: 'BackOff', message: `Back-off restarting failed container ${spec.name}`})
      this.#change({now: {type: 'waiting', reason: 'CrashLoopBackOff', message}, last: now})
    }
    this.#timer = setTimeout(() => this.#restart(now), delayMs)
  }

  #restart(last: Extract<Phase, {type: 'terminated'}>): void {
    this.state = {...this.state, restarts: this.state.restarts + 1, last, id: newId()}
    void this.start()
  }

  #change(change: Partial<ContainerState>): void {
    this.state = {...this.state, ...change}
    if (!this.#stopped) this.#options.changed()
  }
}

function newId(): string {
  return randomBytes(32).toString('hex')
}
