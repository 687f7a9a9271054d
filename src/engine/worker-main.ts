import process from 'node:process'
import {Batch} from './batch.js'
import type {AccessRecord, Engine} from './engine.js'
import type {FromWorker, ReportedOutcome, ToWorker, WorkerOptions} from './messages.js'
import {createNodeEngine} from './node-engine.js'
import {RemoteHealth} from './remote-health.js'
import {RemotePermits} from './remote-permits.js'
import {sharedListen} from './shared-listen.js'

// The entry of a data plane worker: a node engine that does what the primary process says, and ends with it.

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
  readonly #engine: Engine
  #refused: Readonly<Record<string, string>> = {}
  #lastReport = ''

  constructor({wantsAccess, ...options}: WorkerOptions) {
    this.#engine = createNodeEngine({
      ...options,
      permits: this.#permits,
      health: this.#health,
      listen: sharedListen((key) => this.#refused[key]),
      ...(wantsAccess ? {onAccess: (record: AccessRecord) => this.#records.add(record)} : {}),
    })
    setInterval(() => void this.#report(), REPORT_MS).unref()
    send({type: 'started'})
  }

  async handle(message: Exclude<ToWorker, {type: 'start'}>): Promise<void> {
    switch (message.type) {
      case 'apply':
        this.#refused = message.refused
        this.#health.keep(message.routing.clusters)
        return send({type: 'applied', generation: message.generation, states: await this.#engine.apply(message.routing)})
      case 'stats':
        return send({type: 'stats', request: message.request, stats: await this.#engine.stats()})
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

  async #close(): Promise<void> {
    await this.#engine.close()
    this.#records.flush()
    sendLast({type: 'stats', stats: await this.#engine.stats()})
  }

  async #report(): Promise<void> {
    const stats = {...(await this.#engine.stats()), endpoints: {}} // those of a killed worker's are not worth repeating thousands of endpoints
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
  else worker?.handle(message).catch(fail)
})
process.once('uncaughtException', fail)
process.once('disconnect', () => process.exit()) // no worker outlives its primary
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined) // a terminal signals the whole group; the primary decides
send({type: 'ready'})
