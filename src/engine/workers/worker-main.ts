import process from 'node:process'
import {isDeepStrictEqual} from 'node:util'
import type {AccessRecord, Engine, ListenerState} from '../engine.js'
import {createReceivedPorts, type ReceivedPorts} from '../epoll/received-ports.js'
import {sharedListen} from '../listening/shared-listen.js'
import {createNodeEngine, type NodeEngineOptions} from '../node/node-engine.js'
import {Batch} from './batch.js'
import type {FromWorker, ReportedOutcome, ToWorker, WorkerOptions} from './messages.js'
import {RemoteHealth} from './remote-health.js'
import {RemotePermits} from './remote-permits.js'
import {applyDelta, NO_ROUTING} from './routing-delta.js'
import {createSplitEngine} from './split-engine.js'

// The entry of a data plane worker: an engine that does what the primary process says, and ends with it.

/** What a killed worker may lose of its counts and records. */
const REPORT_MS = 250
const BATCH_MS = 50
const BATCH_SIZE = 256
/** How late others learn of an endpoint that fails. */
const OUTCOMES_MS = 2

function send(message: FromWorker): void {
  if (process.connected) process.send?.(message)
}

/** Says a last thing, and ends (on `disconnect`) once it and all before it are written. */
function sendLast(message: FromWorker): void {
  if (process.connected) process.send?.(message, () => process.disconnect())
}

class Worker {
  readonly #permits = new RemotePermits(send)
  readonly #records = new Batch<AccessRecord>({size: BATCH_SIZE, delayMs: BATCH_MS, flush: (records) => send({type: 'access', records})})
  readonly #outcomes = new Batch<ReportedOutcome>({size: BATCH_SIZE, delayMs: OUTCOMES_MS, flush: (outcomes) => send({type: 'outcomes', outcomes})})
  readonly #health = new RemoteHealth((outcome) => this.#outcomes.add(outcome))
  readonly #engine: Promise<Engine>
  #refused: Readonly<Record<string, string>> = {}
  /** Routings are put in force one after the other. */
  #lastSwitch: Promise<unknown> = Promise.resolve()
  #lastReport = ''
  #routing = NO_ROUTING
  #lastStates: readonly ListenerState[] | undefined

  constructor(
    {wantsAccess, engine, ...options}: WorkerOptions,
    private readonly ports: Promise<ReceivedPorts> | undefined = engine === 'epoll' ? createReceivedPorts() : undefined,
  ) {
    this.#engine = this.#createEngine({
      ...options,
      permits: this.#permits,
      health: this.#health,
      listen: sharedListen((key) => this.#refused[key]),
      ...(wantsAccess ? {onAccess: (record: AccessRecord) => this.#records.add(record)} : {}),
    })
  }

  async start(): Promise<void> {
    await this.#engine
    setInterval(() => void this.#report(), REPORT_MS).unref()
    send({type: 'started'})
  }

  async handle(message: Exclude<ToWorker, {type: 'start'}>): Promise<void> {
    switch (message.type) {
      case 'apply':
        this.#lastSwitch = this.#lastSwitch.then(() => this.#apply(message))
        return void (await this.#lastSwitch)
      case 'stats':
        return send({type: 'stats', request: message.request, stats: await (await this.#engine).stats()})
      case 'permit':
        return this.#permits.answered(message.request, message.granted)
      case 'health':
        return this.#health.update(message)
      case 'close':
        return this.#close()
      default:
        message satisfies never
    }
  }

  async #createEngine(options: NodeEngineOptions): Promise<Engine> {
    const ports = await this.ports
    return ports === undefined ? createNodeEngine(options) : createSplitEngine({...options, openPort: (binding) => ports.open(binding)})
  }

  async #apply({generation, delta, refused}: Extract<ToWorker, {type: 'apply'}>): Promise<void> {
    const engine = await this.#engine
    this.#refused = refused
    this.#routing = applyDelta(this.#routing, delta)
    this.#health.keep(this.#routing.clusters)
    ;(await this.ports)?.follow(generation, refused)
    const states = await engine.apply(this.#routing)
    send({type: 'applied', generation, ...(isDeepStrictEqual(states, this.#lastStates) ? {} : {states})})
    this.#lastStates = states
  }

  async #close(): Promise<void> {
    await (await this.#engine).close()
    this.#records.flush()
    sendLast({type: 'stats', stats: await (await this.#engine).stats()})
  }

  async #report(): Promise<void> {
    const stats = {...(await (await this.#engine).stats()), endpoints: {}} // those of a killed worker's are not worth repeating thousands of endpoints
    const report = JSON.stringify(stats)
    if (report === this.#lastReport) return
    this.#lastReport = report
    send({type: 'stats', stats})
  }
}

let worker: Worker | undefined

// A worker that cannot go on says why and ends: the primary replaces it.
function fail(error: unknown): void {
  process.exitCode = 1
  sendLast({type: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error)})
}

process.on('message', (message: ToWorker) => {
  if (message.type === 'start') worker = new Worker(message.options)
  const done = message.type === 'start' ? worker?.start() : worker?.handle(message)
  done?.catch(fail)
})
process.once('uncaughtException', fail)
process.once('disconnect', () => process.exit()) // no worker outlives its primary
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined) // a terminal signals the whole group; the primary decides
send({type: 'ready'})
