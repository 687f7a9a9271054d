import {isDeepStrictEqual} from 'node:util'
import {objectKey} from '../api/object.js'
import type {Engine, ListenerState} from '../engine/engine.js'
import {compile} from '../routing/compile.js'
import type {Listener, Routing} from '../routing/routing.js'
import {INGRESS} from '../resources/cluster.js'
import type {EventRecorder} from './event-recorder.js'
import type {ListenerReport} from './gateway-status.js'
import {portOwner} from './port-owner.js'
import type {World} from './world.js'

const RETRY_MS = 2000
const EMPTY: Routing = {listeners: [], clusters: {}, findings: []}

export interface GatewayControllerOptions {
  readonly engine: Engine
  readonly events: EventRecorder
  readonly log: (line: string) => void
  /** Problems that are nobody's to handle. */
  readonly report: (error: unknown) => void
}

/** Keeps the engine's routing what the store says: compile, and apply when the result differs. The newest world wins. */
export class GatewayController {
  readonly #options: GatewayControllerOptions
  #next: World | undefined
  #world: World | undefined
  #routing: Routing = EMPTY
  #reports: readonly ListenerReport[] = []
  #running: Promise<void> | undefined
  #retry: NodeJS.Timeout | undefined
  #isClosed = false
  #isDrained = false

  constructor(options: GatewayControllerOptions) {
    this.#options = options
  }

  /** What is in force. */
  get routing(): Routing {
    return this.#isDrained ? {...this.#routing, listeners: []} : this.#routing
  }

  get isDrained(): boolean {
    return this.#isDrained
  }

  /** The newest world that was looked at. */
  get world(): World | undefined {
    return this.#world
  }

  /** Takes the listeners away, whatever the store says from now on (Envoy's /drain_listeners). */
  async drain(): Promise<void> {
    this.#isDrained = true
    await this.#enforce(this.#routing)
  }

  get listeners(): readonly ListenerReport[] {
    return this.#reports
  }

  /** Takes note of a new world; resolves when the routing of it, or of a newer one, is in force. */
  async offer(world: World): Promise<void> {
    this.#next = world
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined
    })
    await this.#running
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#retry)
    this.#next = undefined
  }

  async #drain(): Promise<void> {
    while (this.#next !== undefined) {
      const world = this.#next
      this.#next = undefined
      this.#world = world
      const routing = compileWorld(world)
      if (!isDeepStrictEqual(routing, this.#routing)) await this.#enforce(routing)
    }
  }

  async #enforce(routing: Routing): Promise<void> {
    clearTimeout(this.#retry)
    this.#routing = routing
    const states = await this.#options.engine.apply(this.routing)
    this.#reports = await Promise.all(states.map((state) => reportOf(state, routing)))
    for (const report of this.#reports) this.#announce(report)
    // a port that another process holds may become free: there is nothing to be told by, so look again
    const isIncomplete = this.#reports.some(({bound, alias}) => !bound && !alias)
    if (isIncomplete && !this.#isClosed) this.#retry = setTimeout(() => void this.#enforce(this.#routing).catch(this.#options.report), RETRY_MS)
  }

  #announce({name, address, port, alias, bound, problem = '', gateway, virtualService}: ListenerReport): void {
    if (bound) return this.#options.log(`listener ${name} at ${address}:${port}: ${gateway} -> ${virtualService}`)
    this.#options.log(`listener ${name}: ${problem}`)
    if (alias) return
    const about = this.#world?.gateways.find((candidate) => objectKey(candidate) === gateway)
    if (about === undefined) return
    void this.#options.events.record(about, {type: 'Warning', reason: 'ListenerNotBound', message: problem, source: 'gateway'}).catch(this.#options.report)
  }
}

function compileWorld(world: World): Routing {
  const ingress = world.pods.find(({metadata}) => metadata.namespace === INGRESS.namespace && metadata.labels?.['istio'] === 'ingressgateway')
  return compile(world, {namespace: INGRESS.namespace, labels: ingress?.metadata.labels ?? {app: 'istio-ingressgateway', istio: 'ingressgateway'}, domain: 'cluster.local'})
}

async function reportOf(state: ListenerState, routing: Routing): Promise<ListenerReport> {
  const listener = routing.listeners.find(({name}) => name === state.name)
  const chain = listener?.chains[0]
  const problem = state.bound ? undefined : await problemOf(state)
  return {
    name: state.name,
    address: state.address,
    port: state.port,
    alias: listener !== undefined && listener.port !== state.port,
    bound: state.bound,
    ...(problem === undefined ? {} : {problem}),
    gateway: chain === undefined ? '' : objectKey({metadata: chain.gateway}),
    virtualService: chain?.source === undefined ? '' : objectKey({metadata: chain.source}),
    destinations: destinationsOf(listener, routing),
  }
}

function destinationsOf(listener: Listener | undefined, routing: Routing): ListenerReport['destinations'] {
  const destinations = listener?.chains.flatMap(({route}) => route.destinations) ?? []
  return destinations.map(({cluster, subset, weight}) => ({cluster, subset, weight, endpoints: routing.clusters[cluster]?.endpoints.length ?? 0}))
}

async function problemOf({address, port, error}: ListenerState): Promise<string> {
  switch (error) {
    case 'EADDRINUSE': {
      const owner = await portOwner(address, port)
      return `port ${port} at ${address} is in use${owner === undefined ? '' : ` by ${owner.command} (pid ${owner.pid})`}`
    }
    case 'EACCES':
      return `port ${port} at ${address} needs more rights than this process has`
    default:
      return `port ${port} at ${address} cannot be bound: ${error ?? 'unknown reason'}`
  }
}
