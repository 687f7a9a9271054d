import {performance} from 'node:perf_hooks'
import {systemClock} from '../../base/clock.js'
import {seededRandom, systemRandom} from '../../base/random.js'
import type {Routing} from '../../routing/routing.js'
import {ClusterLoads} from '../cluster-loads.js'
import {Connections} from '../connections.js'
import {Counters} from '../counters.js'
import type {Engine, EngineStats, ListenerState} from '../engine.js'
import {OutlierMonitor} from '../health/outlier-monitor.js'
import {portBindings} from '../listening/port-binding.js'
import type {NodeEngineOptions} from '../node/node-engine.js'
import {LocalPermits} from '../permits.js'
import {prepareServing, type Serving} from '../serving.js'
import {BUFFER_BYTES} from './end.js'
import {EpollConnection} from './epoll-connection.js'
import type {EpollContext} from './epoll-context.js'
import {EventLoop} from './event-loop.js'
import {loadLibc} from './libc.js'
import {ListeningPorts, type OpenPort} from './listening-ports.js'
import {Pipes} from './pipes.js'
import {Sockets} from './sockets.js'

export interface EpollEngineOptions extends Omit<NodeEngineOptions, 'listen'> {
  /** By default the engine binds its ports itself. */
  readonly openPort?: OpenPort
}

/** What all epoll engines of a process share: memory that is never freed, and the one set that Node's loop watches. */
interface Native {
  readonly loop: EventLoop
  readonly sockets: Sockets
  readonly buffer: EpollContext['buffer']
  readonly pipes: Pipes
}

let native: Promise<Native> | undefined

async function startNative(): Promise<Native> {
  const libc = await loadLibc()
  return {loop: new EventLoop(libc), sockets: new Sockets(libc), buffer: libc.allocate(BUFFER_BYTES), pipes: new Pipes(libc)}
}

/**
 * The data plane for Linux, in this process: sockets, epoll and copying through libc itself, in Node's own event loop. It serves those listeners that
 * `isServedByEpoll` says; what else is in a routing is not for it. Rejects where libc cannot be called.
 */
export async function createEpollEngine(options: EpollEngineOptions): Promise<Engine> {
  native ??= startNative()
  return new EpollEngine(options, await native)
}

class EpollEngine implements Engine {
  readonly #counters = new Counters()
  readonly #connections = new Connections<EpollConnection>()
  readonly #outliers = new OutlierMonitor()
  readonly #loads: ClusterLoads
  readonly #context: EpollContext
  readonly #ports: ListeningPorts
  #serving: Serving = new Map()
  #isClosed = false

  constructor(
    private readonly options: EpollEngineOptions,
    native: Native,
  ) {
    this.#loads = new ClusterLoads(options.health ?? this.#outliers)
    this.#context = {
      ...native,
      random: options.random ?? (options.seed === undefined ? systemRandom : seededRandom(options.seed)),
      clock: options.clock ?? systemClock,
      counters: this.#counters,
      permits: options.permits ?? new LocalPermits(),
      loadOf: (clusterKey) => this.#loads.of(clusterKey),
      servingOf: (listener) => this.#serving.get(listener),
      onEnd: (connection) => this.#connections.delete(connection),
      onAccess: options.onAccess,
    }
    const openPort = options.openPort ?? ((binding) => native.sockets.listen(binding))
    this.#ports = new ListeningPorts(native.loop, openPort, (fd, listener) => this.#accept(fd, listener))
    native.loop.open()
  }

  async apply(routing: Routing): Promise<readonly ListenerState[]> {
    if (this.#isClosed) throw new Error('the engine is closed')
    if (this.options.health === undefined) this.#outliers.apply(routing)
    this.#loads.apply(routing)
    this.#counters.apply(routing)
    this.#serving = prepareServing(routing, this.#serving)
    this.#leave()
    return this.#ports.switchTo(portBindings(routing, this.options.address))
  }

  async stats(): Promise<EngineStats> {
    return {...this.#counters.snapshot(), endpoints: this.#loads.endpointStats(), ...this.#outliers.stats()}
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#ports.close()
    this.#outliers.close()
    for (const connection of this.#connections.all()) connection.abort('-')
    this.#context.loop.close()
  }

  #leave(): void {
    const {onChange, drainMs} = this.options
    for (const connection of this.#connections.all()) {
      if (connection.mayStay(this.#serving.get(connection.listener))) continue
      if (onChange === 'drain') connection.limits.drainBy(performance.now() + drainMs)
      else if (onChange === 'close') connection.abort('-')
    }
  }

  #accept(fd: number, listener: string): void {
    const serving = this.#serving.get(listener)
    if (serving === undefined) return void this.#context.sockets.libc.close(fd) // accepted just before its listener was closed
    const connection = new EpollConnection(fd, serving, this.#context)
    this.#connections.add(connection)
    connection.start()
  }
}
