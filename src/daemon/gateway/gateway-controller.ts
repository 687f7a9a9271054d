import {isDeepStrictEqual} from 'node:util'
import {objectKey} from '../../api/object.js'
import {Breather} from '../../base/breather.js'
import type {Engine} from '../../engine/engine.js'
import {groupBy} from '../../routing/group-by.js'
import type {Routing} from '../../routing/routing.js'
import {shareRouting} from '../../routing/share.js'
import type {EventRecorder} from '../event-recorder.js'
import type {World} from '../world.js'
import {compileWorld, type WorldFacts} from './compile-world.js'
import type {ListenerReport} from './gateway-status.js'
import {reportAll} from './listener-report.js'
import {unboundPorts, type UnboundPort} from './unbound-ports.js'

const RETRY_MS = 2000
/** A change that comes alone is in force at once; of many at a time, each within this and the time it takes. */
const MOST_REST_MS = 25
const EMPTY: Routing = {listeners: [], clusters: {}, findings: []}

export interface GatewayControllerOptions {
  readonly engine: Engine
  readonly events: EventRecorder
  /** What routing has to know and the world does not say; never rejects. */
  readonly gather: (world: World) => Promise<WorldFacts>
  /** The ports that Gateways of the Gateway API do not have are others than before. */
  readonly unboundChanged?: () => void
  readonly log: (line: string) => void
  /** Problems that are nobody's to handle. */
  readonly report: (error: unknown) => void
}

/** Keeps the engine's routing what the store says: compile, and apply when the result differs. The newest world wins. */
export class GatewayController {
  readonly #options: GatewayControllerOptions
  readonly #breather = new Breather(MOST_REST_MS)
  #next: World | undefined
  #world: World | undefined
  #routing: Routing = EMPTY
  #reports: readonly ListenerReport[] = []
  #unbound: readonly UnboundPort[] = []
  #meshNames: ReadonlySet<string> = new Set()
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

  /** The gateways' own. */
  get listeners(): readonly ListenerReport[] {
    return this.#reports.filter(({name}) => !this.#meshNames.has(name))
  }

  /** Ports that Gateways of the Gateway API ask for and another process has. */
  get unbound(): readonly UnboundPort[] {
    return this.#unbound
  }

  /** The Services' addresses. */
  get services(): readonly ListenerReport[] {
    return this.#reports.filter(({name}) => this.#meshNames.has(name))
  }

  /** The facts beside the world have changed. */
  async refresh(): Promise<void> {
    const world = this.#next ?? this.#world
    if (world !== undefined && !this.#isClosed) await this.offer(world)
  }

  /** Takes note of a new world; resolves when the routing of it, or of a newer one, is in force. */
  async offer(world: World): Promise<void> {
    this.#next = world
    do {
      this.#running ??= this.#drain().finally(() => {
        this.#running = undefined
      })
      await this.#running
    } while (this.#next !== undefined) // offered when the drain under way had just looked for the last time
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#retry)
    this.#next = undefined
  }

  async #drain(): Promise<void> {
    while (this.#next !== undefined) {
      this.#breather.start()
      const world = this.#next
      this.#next = undefined
      this.#world = world
      const routing = shareRouting(this.#routing, compileWorld(world, await this.#options.gather(world)))
      if (routing !== this.#routing) await this.#enforce(routing)
      if (this.#next !== undefined) await this.#breather.rest()
    }
  }

  async #enforce(routing: Routing): Promise<void> {
    clearTimeout(this.#retry)
    this.#routing = routing
    this.#meshNames = new Set(routing.listeners.flatMap(({name, scope}) => (scope === 'mesh' ? [name] : [])))
    const states = await this.#options.engine.apply(this.routing)
    const before = this.#reports
    this.#reports = await reportAll(states, routing, before)
    this.#tellNews(before)
    this.#tellUnbound()
    // a port that another process holds may become free: there is nothing to be told by, so look again
    const isIncomplete = this.listeners.some(({bound, alias}) => !bound && !alias)
    if (isIncomplete && !this.#isClosed) this.#retry = setTimeout(() => void this.#enforce(this.#routing).catch(this.#options.report), RETRY_MS)
  }

  #tellUnbound(): void {
    const before = this.#unbound
    this.#unbound = unboundPorts(this.listeners, this.#routing)
    if (!isDeepStrictEqual(before, this.#unbound)) this.#options.unboundChanged?.()
  }

  /** A listener is tried again every two seconds, and what there is to say of it is said once. */
  #tellNews(before: readonly ListenerReport[]): void {
    const known = new Set(before)
    const fresh = this.#reports.filter((report) => !known.has(report))
    if (fresh.length === 0) return
    const told = groupBy(before, ({name}) => name)
    for (const report of fresh) {
      const isMesh = this.#meshNames.has(report.name)
      const news = isMesh ? serviceNews : announcement
      if (told.get(report.name)?.some((old) => news(old) === news(report)) === true) continue
      if (isMesh) this.#announceService(report)
      else this.#announce(report)
    }
  }

  #announce(listener: ListenerReport): void {
    const {alias, bound, problem = '', gateway} = listener
    this.#options.log(announcement(listener))
    if (alias || problem === '') return
    const about = [...(this.#world?.gateways ?? []), ...(this.#world?.k8sGateways ?? [])].find((candidate) => objectKey(candidate) === gateway)
    if (about === undefined) return
    const reason = bound ? 'CertificateRefused' : 'ListenerNotBound'
    void this.#options.events.record(about, {type: 'Warning', reason, message: problem, source: 'gateway'}).catch(this.#options.report)
  }

  /** Of the Services only problems: there may be many of them. */
  #announceService({gateway, problem}: ListenerReport): void {
    if (problem !== undefined) this.#options.log(`service ${gateway} is not reached at its address: ${problem}`)
  }
}

function serviceNews({problem = ''}: ListenerReport): string {
  return problem
}

function announcement({name, address, port, bound, gateway, virtualService, problem = ''}: ListenerReport): string {
  if (!bound) return `listener ${name}: ${problem}`
  return `listener ${name} at ${address}:${port}: ${gateway}${virtualService === '' ? '' : ` -> ${virtualService}`}${problem === '' ? '' : `: ${problem}`}`
}
