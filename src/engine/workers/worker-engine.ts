import cluster from 'node:cluster'
import {fileURLToPath} from 'node:url'
import {Backoff} from '../../base/backoff.js'
import type {Routing} from '../../routing/routing.js'
import {splitRouting, type SplitRouting} from '../choose-engine.js'
import {combineStates} from '../combine-states.js'
import type {Engine, EngineOptions, EngineStats, ListenerState} from '../engine.js'
import {createSharedPorts, type SharedPorts} from '../epoll/shared-ports.js'
import {bindingKey, portBindings} from '../listening/port-binding.js'
import {probeBinding} from '../listening/probe-binding.js'
import {mergeStats, NO_STATS, withoutActive} from '../merge-stats.js'
import type {FromWorker, ToWorker} from './messages.js'
import {deltaBetween, NO_ROUTING} from './routing-delta.js'
import {WorkerHealth} from './worker-health.js'
import {WorkerPermits} from './worker-permits.js'
import {WorkerProcess, type WorkerEvents} from './worker-process.js'

export interface WorkerEngineOptions extends EngineOptions {
  /** How many processes share the ports. With a seed there is one, since the order of the draws must not depend on which process accepts. */
  readonly workers: number
  /** With `epoll` what that engine cannot serve stays on the node engine, in the same processes. Absent is `node`. */
  readonly engine?: 'node' | 'epoll'
  readonly log: (line: string) => void
  /** Called when a worker ended unasked; its replacement is started by then. `how` is its signal or exit code. */
  readonly onWorkerExit?: (how: string) => void
}

/**
 * The data plane in processes of its own, which share the listening sockets (the node engine's by cluster, SCHED_NONE): the kernel hands out the connections.
 * A worker that ends is replaced at once and gets the routing in force; with two or more, no connection attempt is refused meanwhile.
 * Resolves when all workers are ready; rejects where they cannot start.
 */
export async function startWorkerEngine(options: WorkerEngineOptions): Promise<Engine> {
  cluster.schedulingPolicy = cluster.SCHED_NONE // handing every connection over from the primary would cost more than it brings
  cluster.setupPrimary({exec: fileURLToPath(new URL('./worker-main.js', import.meta.url)), args: [], execArgv: [], silent: true})
  const engine = new WorkerEngine(options, options.engine === 'epoll' ? await createSharedPorts() : undefined)
  await engine.started()
  return engine
}

type Apply = Extract<ToWorker, {type: 'apply'}>

/** What every worker has, or is about to have: the next change is told as a difference to it. */
interface InForce {
  readonly generation: number
  readonly routing: Routing
  readonly refused: Apply['refused']
}

class WorkerEngine implements Engine {
  readonly #workers = new Set<WorkerProcess>()
  readonly #permits = new WorkerPermits<WorkerProcess>()
  readonly #health = new WorkerHealth((message) => this.#workers.forEach((worker) => worker.send(message)))
  readonly #backoff = new Backoff({firstMs: 50, maxMs: 5000})
  readonly #events: WorkerEvents
  readonly #firstAnswers: Promise<readonly boolean[]>
  #retired: EngineStats = NO_STATS
  #inForce: InForce = {generation: 0, routing: NO_ROUTING, refused: {}}
  /** Keys of what the workers listen on. */
  #bound: ReadonlySet<string> = new Set()
  #lastSwitch: Promise<unknown> = Promise.resolve()
  #closed: Promise<void> | undefined

  constructor(
    private readonly options: WorkerEngineOptions,
    /** The epoll engine's listening sockets, where it takes part. */
    private readonly shared: SharedPorts | undefined,
  ) {
    this.#events = {
      log: options.log,
      onMessage: (worker, message) => this.#receive(worker, message),
      onExit: (worker, how) => this.#replace(worker, how),
    }
    const count = options.seed === undefined ? Math.max(1, options.workers) : 1
    this.#firstAnswers = Promise.all(Array.from({length: count}, () => this.#startWorker()))
  }

  async started(): Promise<void> {
    const answers = await this.#firstAnswers
    if (answers.every(Boolean)) return
    await this.close()
    throw new Error('a data plane worker ended while it was starting: the log says why')
  }

  apply(routing: Routing): Promise<readonly ListenerState[]> {
    const done = this.#lastSwitch.then(() => this.#switchTo(routing))
    this.#lastSwitch = done.catch(() => undefined) // the caller hears of it; the next switch does not depend on it
    return done
  }

  async stats(): Promise<EngineStats> {
    const live = await Promise.all([...this.#workers].map(async (worker) => ({worker, stats: await worker.askStats()})))
    // one that died meanwhile has been retired: it must not count twice
    const counted = mergeStats([this.#retired, ...live.filter(({worker}) => this.#workers.has(worker)).map(({stats}) => stats)])
    return {...counted, ...this.#health.stats()}
  }

  close(): Promise<void> {
    this.#closed ??= this.#lastSwitch.then(async () => {
      this.#health.close()
      this.shared?.close()
      await Promise.all([...this.#workers].map((worker) => worker.close()))
    })
    return this.#closed
  }

  async #switchTo(routing: Routing): Promise<readonly ListenerState[]> {
    if (this.#closed !== undefined) throw new Error('the engine is closed')
    const moving = this.#moving(routing)
    if (moving.size > 0) await this.#putInForce(without(routing, moving)) // one engine must have given a port up before the other can have it
    return this.#putInForce(routing)
  }

  async #putInForce(routing: Routing): Promise<readonly ListenerState[]> {
    const {node, epoll} = this.#split(routing)
    const generation = this.#inForce.generation + 1
    const refused = {...(await this.#probe(node)), ...this.shared?.switchTo(portBindings(epoll, this.options.address), generation)}
    const message: Apply = {type: 'apply', generation, delta: deltaBetween(this.#inForce.routing, routing), refused}
    this.#inForce = {generation, routing, refused}
    this.#health.apply(routing)
    const answers = await Promise.all([...this.#workers].map((worker) => worker.apply(message)))
    const states = answers.some((answer) => answer !== undefined) ? combineStates(answers.map((answer) => answer ?? [])) : this.#nobodyListens(routing)
    this.#bound = new Set(states.filter(({bound}) => bound).map(bindingKey))
    return states
  }

  #split(routing: Routing): SplitRouting {
    return this.shared === undefined ? {node: routing, epoll: {...routing, listeners: []}} : splitRouting(routing)
  }

  /** Names of the listeners with an address that the other engine has now. */
  #moving(routing: Routing): ReadonlySet<string> {
    const {node, epoll} = this.#split(routing)
    const keyed = (part: Routing) => portBindings(part, this.options.address).map((binding) => ({name: binding.name, key: bindingKey(binding)}))
    const toNode = keyed(node).filter(({key}) => this.shared?.has(key) === true)
    const toEpoll = keyed(epoll).filter(({key}) => this.#bound.has(key) && this.shared?.has(key) === false)
    return new Set([...toNode, ...toEpoll].map(({name}) => name))
  }

  /** No worker lived to answer: its replacement may well listen soon, but nobody can say so yet. */
  #nobodyListens(routing: Routing): readonly ListenerState[] {
    return portBindings(routing, this.options.address).map((binding) => ({...binding, bound: false, error: 'ECHILD'}))
  }

  /** Finds out here what cannot be bound: in the workers a failed attempt costs them their common handle (see `sharedListen`). */
  async #probe(routing: Routing): Promise<Readonly<Record<string, string>>> {
    const fresh = new Map(portBindings(routing, this.options.address).map((binding) => [bindingKey(binding), binding]))
    const probed = [...fresh].filter(([key]) => !this.#bound.has(key)).map(async ([key, binding]) => [key, await probeBinding(binding)] as const)
    return Object.fromEntries((await Promise.all(probed)).flatMap(([key, error]) => (error === undefined ? [] : [[key, error]])))
  }

  async #startWorker(): Promise<boolean> {
    const {address, onChange, drainMs, seed, onAccess} = this.options
    const channel = this.shared?.openChannel(this.#inForce.generation)
    const worker = new WorkerProcess(this.#events, channel === undefined ? [] : [channel.theirs])
    channel?.handedOver()
    void worker.exited.then(() => channel?.close())
    this.#workers.add(worker)
    const engine = this.options.engine ?? 'node'
    const options = {engine, address, onChange, drainMs, wantsAccess: onAccess !== undefined, ...(seed === undefined ? {} : {seed})}
    const started = worker.start({type: 'start', options})
    if (this.#inForce.generation > 0) void this.#catchUp(worker, this.#inForce)
    for (const message of this.#health.messages()) worker.send(message)
    const hasStarted = await started
    if (hasStarted) this.#backoff.reset()
    return hasStarted
  }

  /** Gives a replacement what the others have. */
  async #catchUp(worker: WorkerProcess, {generation, routing, refused}: InForce): Promise<void> {
    const message: Apply = {type: 'apply', generation, delta: deltaBetween(NO_ROUTING, routing), refused}
    for (const {address, port, bound, error} of (await worker.apply(message)) ?? []) {
      const isNews = !bound && this.#bound.has(bindingKey({address, port}))
      if (isNews) this.options.log(`worker ${worker.pid} cannot listen at ${address}:${port}: ${error ?? 'unknown reason'}`)
    }
  }

  #replace(worker: WorkerProcess, how: string): void {
    this.#workers.delete(worker)
    this.#retired = mergeStats([this.#retired, withoutActive(worker.stats)])
    this.#permits.releaseAll(worker)
    if (this.#closed !== undefined) return
    this.options.log(`worker ${worker.pid} ended (${how})`)
    // a worker that cannot even start would otherwise be restarted without a pause
    if (worker.hasStarted) void this.#startWorker()
    else setTimeout(() => this.#restart(), this.#backoff.next()).unref()
    this.options.onWorkerExit?.(how)
  }

  #restart(): void {
    if (this.#closed === undefined) void this.#startWorker()
  }

  #receive(worker: WorkerProcess, message: FromWorker): void {
    switch (message.type) {
      case 'access':
        return message.records.forEach((record) => this.options.onAccess?.(record))
      case 'acquire':
        return worker.send({type: 'permit', request: message.request, granted: this.#permits.acquire(worker, message.cluster, message.limit)})
      case 'release':
        return this.#permits.release(worker, message.cluster)
      case 'outcomes':
        return this.#health.report(message.outcomes)
      case 'failed':
        return this.options.log(`worker ${worker.pid}: ${message.reason}`)
      case 'ready':
      case 'started':
      case 'applied':
      case 'stats':
        return // late: nobody waits for it any more, and the counts are noted already
      default:
        message satisfies never
    }
  }
}

function without(routing: Routing, names: ReadonlySet<string>): Routing {
  return {...routing, listeners: routing.listeners.filter(({name}) => !names.has(name))}
}
