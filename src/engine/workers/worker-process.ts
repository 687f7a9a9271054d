import cluster, {type Worker} from 'node:cluster'
import {createInterface} from 'node:readline'
import type {EngineStats, ListenerState} from '../engine.js'
import {NO_STATS} from '../merge-stats.js'
import type {FromWorker, ToWorker} from './messages.js'

/** A worker that does not answer is as good as dead. */
const ANSWER_MS = 5000
/** More, until it has started: on a busy machine Node takes its time to load the program. */
const START_MS = 15_000
/** More, for each listener that it is to open. */
const PER_LISTENER_MS = 10
/** Time in which this process itself was too busy to hear an answer counts as one step. */
const STEPS = 10

export interface WorkerEvents {
  /** What the worker says on its own account; answers to requests do not come here. */
  readonly onMessage: (worker: WorkerProcess, message: FromWorker) => void
  readonly onExit: (worker: WorkerProcess, how: string) => void
  readonly log: (line: string) => void
}

/** One worker process as its primary sees it. Every request ends: with the answer, or with undefined because the worker is gone. */
export class WorkerProcess {
  readonly #worker: Worker
  readonly #waiting = new Map<string, (answer: FromWorker | undefined) => void>()
  readonly exited: Promise<void>
  #lastRequest = 0
  /** What waits until the worker can hear it; undefined once it can. */
  #outbox: ToWorker[] | undefined = []
  /** As last heard. */
  stats: EngineStats = NO_STATS
  hasStarted = false
  #states: readonly ListenerState[] = []

  /** `inherits` are descriptors the worker gets as 4 and so on. */
  constructor(
    private readonly events: WorkerEvents,
    inherits: readonly number[] = [],
  ) {
    cluster.setupPrimary({stdio: ['pipe', 'pipe', 'pipe', 'ipc', ...inherits]})
    this.#worker = cluster.fork()
    this.#worker.on('message', (message: FromWorker) => this.#receive(message))
    for (const stream of [this.#worker.process.stdout, this.#worker.process.stderr]) {
      if (stream !== null) createInterface(stream).on('line', (line) => events.log(`worker ${this.pid}: ${line}`))
    }
    this.exited = this.#whenGone().then((how) => {
      for (const answer of this.#waiting.values()) answer(undefined)
      this.#waiting.clear()
      events.onExit(this, how)
    })
  }

  get pid(): number {
    return this.#worker.process.pid ?? 0
  }

  send(message: ToWorker): void {
    if (this.#outbox !== undefined) this.#outbox.push(message)
    else if (this.#worker.isConnected()) this.#worker.send(message)
  }

  /** Resolves when the worker has taken its options. False where it died of them. */
  async start(message: Extract<ToWorker, {type: 'start'}>): Promise<boolean> {
    this.hasStarted = (await this.#ask('started', message)) !== undefined
    return this.hasStarted
  }

  async apply(message: Extract<ToWorker, {type: 'apply'}>): Promise<readonly ListenerState[] | undefined> {
    const answer = await this.#ask(`applied ${message.generation}`, message, ANSWER_MS + PER_LISTENER_MS * message.delta.listeners.length)
    if (answer?.type !== 'applied') return undefined
    this.#states = answer.states ?? this.#states
    return this.#states
  }

  /** The answer itself: a report that comes right after it replaces `stats`, and leaves out the endpoints. */
  async askStats(): Promise<EngineStats> {
    const request = ++this.#lastRequest
    const answer = await this.#ask(`stats ${request}`, {type: 'stats', request})
    return answer?.type === 'stats' ? answer.stats : this.stats
  }

  /** Asks the worker to end by itself, then sees to it. */
  async close(): Promise<void> {
    this.send({type: 'close'})
    const timer = setTimeout(() => this.kill(), ANSWER_MS)
    await this.exited
    clearTimeout(timer)
  }

  kill(): void {
    this.#worker.process.kill('SIGKILL')
  }

  /** Resolves with the signal or exit code, when everything the worker said has arrived: its exit may be known before its last words. */
  async #whenGone(): Promise<string> {
    const said = new Promise<void>((resolve) => this.#worker.once('disconnect', resolve))
    const how = await new Promise<string>((resolve) => {
      this.#worker.once('exit', (code: number | null, signal: string | null) => resolve(signal ?? `exit code ${code}`))
      this.#worker.on('error', (error) => {
        if (this.#worker.process.pid === undefined) resolve(error.message) // never born; other errors are unsent messages to one that is dying
      })
    })
    if (this.#worker.process.pid !== undefined) await said
    return how
  }

  #ask(key: string, message: ToWorker, patienceMs = ANSWER_MS): Promise<FromWorker | undefined> {
    if (!this.#worker.isConnected()) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      let stepsLeft = STEPS
      const timer = setInterval(() => {
        if (--stepsLeft > 0) return
        clearInterval(timer)
        this.events.log(`worker ${this.pid} does not answer: replacing it`)
        this.kill()
      }, (patienceMs + (this.hasStarted ? 0 : START_MS)) / STEPS)
      this.#waiting.set(key, (answer) => {
        clearInterval(timer)
        resolve(answer)
      })
      this.send(message)
    })
  }

  #sendOutbox(): void {
    const messages = this.#outbox ?? []
    this.#outbox = undefined
    for (const message of messages) this.send(message)
  }

  #receive(message: FromWorker): void {
    if (message.type === 'ready') return this.#sendOutbox()
    if (message.type === 'stats') this.stats = message.stats
    const key = answerKey(message)
    const waiting = key === undefined ? undefined : this.#waiting.get(key)
    if (key === undefined || waiting === undefined) return this.events.onMessage(this, message)
    this.#waiting.delete(key)
    waiting(message)
  }
}

function answerKey(message: FromWorker): string | undefined {
  switch (message.type) {
    case 'started':
      return 'started'
    case 'applied':
      return `applied ${message.generation}`
    case 'stats':
      return message.request === undefined ? undefined : `stats ${message.request}`
    default:
      return undefined
  }
}
