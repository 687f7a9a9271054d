import type {Socket} from 'node:net'
import {performance} from 'node:perf_hooks'
import {systemClock, type Clock} from '../../base/clock.js'
import {seededRandom, systemRandom, type Random} from '../../base/random.js'
import type {Routing} from '../../routing/routing.js'
import {ClusterLoads} from '../cluster-loads.js'
import {Connections} from '../connections.js'
import {Counters} from '../counters.js'
import type {Engine, EngineOptions, EngineStats, ListenerState} from '../engine.js'
import type {EndpointHealth} from '../health/endpoint-health.js'
import {OutlierMonitor} from '../health/outlier-monitor.js'
import {listen, type Listen} from '../listening/listen.js'
import {portBindings} from '../listening/port-binding.js'
import {Ports} from '../listening/ports.js'
import {LocalPermits, type Permits} from '../permits.js'
import {prepareServing, type Serving} from '../serving.js'
import {TlsClients} from '../tls/tls-clients.js'
import {Connection} from './connection.js'
import type {ConnectionContext} from './connection-context.js'

export interface NodeEngineOptions extends EngineOptions {
  readonly random?: Random
  /** Dates the access records; durations are measured on a clock that cannot jump. */
  readonly clock?: Clock
  readonly permits?: Permits
  /** Who ejects endpoints; by default this engine does. */
  readonly health?: EndpointHealth
  readonly listen?: Listen
}

/** The data plane on Node's own sockets, in this process: portable, no native parts. Time limits are enforced up to `SWEEP_MS` late. */
export function createNodeEngine(options: NodeEngineOptions): Engine {
  return new NodeEngine(options)
}

class NodeEngine implements Engine {
  readonly #counters = new Counters()
  readonly #connections = new Connections<Connection>()
  readonly #outliers = new OutlierMonitor()
  readonly #loads: ClusterLoads
  readonly #context: ConnectionContext
  readonly #ports: Ports
  #serving: Serving = new Map()
  /** Switches happen one after the other. */
  #lastSwitch: Promise<unknown> = Promise.resolve()
  #closed: Promise<void> | undefined

  constructor(private readonly options: NodeEngineOptions) {
    this.#loads = new ClusterLoads(options.health ?? this.#outliers)
    this.#context = {
      random: options.random ?? (options.seed === undefined ? systemRandom : seededRandom(options.seed)),
      clock: options.clock ?? systemClock,
      counters: this.#counters,
      permits: options.permits ?? new LocalPermits(),
      loadOf: (clusterKey) => this.#loads.of(clusterKey),
      tlsClients: new TlsClients(),
      servingOf: (listener) => this.#serving.get(listener),
      onEnd: (connection) => this.#connections.delete(connection),
      onAccess: options.onAccess,
    }
    this.#ports = new Ports(options.listen ?? listen, (socket, listener) => this.#accept(socket, listener))
  }

  apply(routing: Routing): Promise<readonly ListenerState[]> {
    const done = this.#lastSwitch.then(() => this.#switchTo(routing))
    this.#lastSwitch = done.catch(() => undefined) // the caller hears of it; the next switch does not depend on it
    return done
  }

  async stats(): Promise<EngineStats> {
    return {...this.#counters.snapshot(), endpoints: this.#loads.endpointStats(), ...this.#outliers.stats()}
  }

  close(): Promise<void> {
    this.#closed ??= this.#lastSwitch.then(() => {
      const released = this.#ports.close()
      this.#outliers.close()
      for (const connection of this.#connections.all()) connection.abort('-')
      return released
    })
    return this.#closed
  }

  async #switchTo(routing: Routing): Promise<readonly ListenerState[]> {
    if (this.#closed !== undefined) throw new Error('the engine is closed')
    if (this.options.health === undefined) this.#outliers.apply(routing)
    this.#loads.apply(routing)
    this.#counters.apply(routing)
    this.#serving = prepareServing(routing, this.#serving)
    this.#leave()
    const states = await this.#ports.switchTo(portBindings(routing, this.options.address))
    return states.map((state) => withProblem(state, this.#serving.get(state.name)?.problem))
  }

  #leave(): void {
    const {onChange, drainMs} = this.options
    for (const connection of this.#connections.all()) {
      if (connection.mayStay(this.#serving.get(connection.listener))) continue
      if (onChange === 'drain') connection.limits.drainBy(performance.now() + drainMs)
      else if (onChange === 'close') connection.abort('-')
    }
  }

  #accept(socket: Socket, listener: string): void {
    const serving = this.#serving.get(listener)
    if (serving === undefined) return void socket.destroy() // accepted just before its listener was closed
    const connection = new Connection(socket, serving, this.#context)
    this.#connections.add(connection)
    connection.start()
  }
}

function withProblem(state: ListenerState, problem: string | undefined): ListenerState {
  return problem === undefined ? state : {...state, problem}
}
