import {randomBytes} from 'node:crypto'
import type {Clock} from '../../base/clock.js'
import {ContainerError, type ContainerErrorReason} from '../../workload/runtimes/container-error.js'
import type {Attendance, Attendant, ContainerExit} from '../../workload/runtimes/runtime.js'
import {ContainerRun, type ContainerRunOptions, type Prepared} from './container-run.js'
import type {ContainerState, Phase} from './container-state.js'
import {afterRestart, formatWait, waitAfterEnd, type CrashHistory} from './crash-history.js'

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never'

export interface ContainerRunnerOptions extends Omit<ContainerRunOptions, 'restarts'> {
  /** Looks up what the container needs now. Throws a ContainerError where something is missing. */
  readonly prepare: () => Promise<Prepared>
  readonly restartPolicy: RestartPolicy
  /** `name_namespace(uid)`, for messages. */
  readonly podName: string
  readonly clock: Clock
  /** The reason to wait before the first start. */
  readonly waiting: 'ContainerCreating' | 'PodInitializing'
  /** The state a former gateway process left behind: its end is then counted as a restart. */
  readonly former?: {readonly restarts: number; readonly startedMs: number} | undefined
}

type Terminated = Extract<Phase, {type: 'terminated'}>

const START_ERROR = {type: 'terminated', exitCode: 128, reason: 'StartError'} as const
/** The end of a run that nobody watched. */
const UNSEEN = {type: 'terminated', exitCode: 255, reason: 'Unknown'} as const

/** Something that is missing in the store, an image that could not be pulled, or what the system had no room for, is tried again. */
const CONFIG_RETRY_MS = 2000

/** Keeps one container running by its restart policy, and knows its state. */
export class ContainerRunner {
  state: ContainerState
  /** Resolves when the first run of the container is ready, or over, or was refused. */
  readonly ready: Promise<void>
  /** Resolves when the container could not be started, or has to wait after a crash, for the first time. */
  readonly troubled: Promise<void>
  /** Resolves with the exit code once it has ended for good. */
  readonly over: Promise<number>
  readonly #options: ContainerRunnerOptions
  readonly #stopping = new AbortController()
  #markReady: () => void = () => undefined
  #markTroubled: () => void = () => undefined
  #markOver: (exitCode: number) => void = () => undefined
  #run: ContainerRun | undefined
  #timer: NodeJS.Timeout | undefined
  #crashes: CrashHistory | undefined
  #starting: Promise<void> = Promise.resolve()
  #isOver = false

  constructor(options: ContainerRunnerOptions) {
    const {container, former, clock, waiting} = options
    this.#options = options
    this.ready = new Promise((resolve) => (this.#markReady = resolve))
    this.troubled = new Promise((resolve) => (this.#markTroubled = resolve))
    this.over = new Promise((resolve) => (this.#markOver = resolve))
    this.state = {
      name: container.name,
      image: container.image ?? '',
      id: newId(),
      restarts: former === undefined ? 0 : former.restarts + 1,
      ready: false,
      started: false,
      now: {type: 'waiting', reason: waiting},
      ...(former === undefined ? {} : {last: {...UNSEEN, id: newId(), startedMs: former.startedMs, finishedMs: clock.now()}}),
    }
  }

  /** Starts the container; resolves once it runs, or is known not to. That it is ready it says later. */
  start(): Promise<void> {
    this.#starting = this.#start()
    return this.#starting
  }

  /** Ends the container and its restarts. A second call with less time shortens the first. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort()
    clearTimeout(this.#timer)
    await this.#run?.stop(graceMs)
    await this.#starting
    await this.#run?.stop(graceMs)
    this.#markReady()
  }

  /** Lets a client's program be the container's; undefined where it does not run, or has one. */
  attend(client: Attendant): Attendance | undefined {
    return this.state.now.type === 'running' ? this.#run?.attend(client) : undefined
  }

  /** Whether it has ended for good. */
  get isOver(): boolean {
    return this.#isOver
  }

  get pid(): number | undefined {
    return this.state.now.type === 'running' ? this.#run?.pid : undefined
  }

  /** As the runtime's, also between two runs: what is meant for a container must not go elsewhere because it ended just now. */
  get execPrefix(): readonly string[] | undefined {
    return this.#run?.execPrefix
  }

  async #start(): Promise<void> {
    const startedMs = this.#options.clock.now()
    let run: ContainerRun | undefined
    try {
      run = await this.#startRun()
    } catch (error) {
      return this.#refused(error instanceof Error ? error : new Error(String(error)), startedMs)
    }
    if (run === undefined) return
    this.#run = run
    void run.exited.then((exit) => this.#ended(exit, startedMs))
    if (this.#stopping.signal.aborted) return
    await run.begin()
    if (run.isOver) return
    this.#change({now: {type: 'running', startedMs}})
    this.#follow()
  }

  /** Undefined where it was stopped meanwhile. */
  async #startRun(): Promise<ContainerRun | undefined> {
    const prepared = await this.#options.prepare()
    if (this.#stopping.signal.aborted) return undefined
    return ContainerRun.start(prepared, {...this.#options, restarts: this.#restartsAfter(1), changed: () => this.#follow()}, this.#stopping.signal)
  }

  /** Takes over what the probes of the present run say. */
  #follow(): void {
    if (this.#run === undefined || this.state.now.type !== 'running') return
    const {ready, started} = this.#run
    if (ready) this.#markReady()
    if (this.state.ready !== ready || this.state.started !== started) this.#change({ready, started})
  }

  #refused(error: Error, startedMs: number): void {
    if (this.#stopping.signal.aborted) return
    const {event, clock} = this.#options
    const reason = reasonOf(error)
    if (reason === 'FailedMount') event({type: 'Warning', reason, message: error.message})
    else event({type: 'Warning', reason: 'Failed', message: reason === 'ErrImagePull' ? error.message : `Error: ${error.message}`})
    const why = reason === 'FailedMount' ? {reason: this.#options.waiting} : {reason, message: error.message}
    this.#change({ready: false, started: false, now: {type: 'waiting', ...why}})
    this.#markReady()
    this.#markTroubled()
    if (reason === 'ErrImagePull' && !(error instanceof ContainerError)) return // the same tomorrow: nothing is gained by trying
    if (reason !== 'RunContainerError') this.#timer = setTimeout(() => void this.start(), CONFIG_RETRY_MS)
    else this.#finish({...START_ERROR, id: this.state.id, message: error.message, startedMs, finishedMs: clock.now()})
  }

  #ended({exitCode}: ContainerExit, startedMs: number): void {
    const finishedMs = this.#options.clock.now()
    const reason = exitCode === 0 ? 'Completed' : 'Error'
    const now: Terminated = {type: 'terminated', id: this.state.id, exitCode, reason, startedMs, finishedMs}
    this.#change({ready: false, started: false, now})
    this.#markReady()
    this.#finish(now)
  }

  #finish(end: Terminated): void {
    if (!this.#stopping.signal.aborted && this.#restartsAfter(end.exitCode)) return this.#again(end)
    if (this.state.now !== end) this.#change({now: end})
    this.#isOver = true
    this.#markOver(end.exitCode)
    if (!this.#stopping.signal.aborted) this.#options.changed()
  }

  #restartsAfter(exitCode: number): boolean {
    const {restartPolicy} = this.#options
    return restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && exitCode !== 0)
  }

  /** Starts it again after the time it has to wait, as `CrashLoopBackOff` where that is not at once. */
  #again(end: Terminated): void {
    const {container, podName, event} = this.#options
    const waitMs = waitAfterEnd(this.#crashes, end.finishedMs)
    if (waitMs > 0) {
      this.#markTroubled()
      event({type: 'Warning', reason: 'BackOff', message: `Back-off restarting failed container ${container.name} in pod ${podName}`})
      const message = `back-off ${formatWait(waitMs)} restarting failed container=${container.name} pod=${podName}`
      if (this.state.now.type === 'terminated') this.#change({now: {type: 'waiting', reason: 'CrashLoopBackOff', message}, last: end})
    }
    this.#timer = setTimeout(() => this.#restart(end), waitMs)
  }

  #restart(last: Terminated): void {
    this.#crashes = afterRestart(this.#crashes, last.finishedMs, this.#options.clock.now())
    this.state = {...this.state, restarts: this.state.restarts + 1, last, id: newId()}
    void this.start()
  }

  #change(change: Partial<ContainerState>): void {
    this.state = {...this.state, ...change}
    if (!this.#stopping.signal.aborted) this.#options.changed()
  }
}

function newId(): string {
  return randomBytes(32).toString('hex')
}

/** What the system refuses, as a log file on a full disk or without a free descriptor, has nothing to do with the image, and may be had later. */
function reasonOf(error: Error): ContainerErrorReason {
  if (error instanceof ContainerError) return error.reason
  return 'syscall' in error ? 'CreateContainerError' : 'ErrImagePull'
}
