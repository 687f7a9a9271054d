import {askGateway} from '../../daemon/control/control-client.js'
import type {GatewayStatus} from '../../daemon/gateway/gateway-status.js'
import type {ClusterStats} from '../../engine/engine.js'
import {latencyHistogram, type LatencyHistogram} from '../../probe/latency.js'
import type {Observation} from '../../probe/observation.js'
import {runProbe} from '../../probe/run.js'
import {tutorialDate} from '../../probe/tutorial-date.js'
import {attributeFailures, type Attribution, type ClusterDelta} from '../../shift/attribute-failures.js'
import {createCounter, type Counts} from '../../tally/count.js'
import type {Ground} from './ground.js'

const CONCURRENCY = 16
const CONNECT_TIMEOUT_MS = 2000
const TIMEOUT_MS = 5000

export interface Sides {
  readonly canary: string
  readonly stable: string
}

/** Everything counted since the sample was begun. Between rounds no connection of ours is open, so the gateway's counters are complete. */
export class Sample {
  readonly #ground: Ground
  readonly #sides: Sides
  readonly #socket: string
  readonly #counter = createCounter()
  readonly #latencies = {canary: latencyHistogram(), stable: latencyHistogram()}
  #errors: Readonly<Record<string, number>> = {}
  #attribution: Attribution = {canary: {tried: 0, failed: 0}, stable: {tried: 0, failed: 0}, unattributed: 0}
  #picked: Readonly<Record<string, number>> = {}
  #before: GatewayStatus['stats']
  #connections = 0

  private constructor(ground: Ground, options: {sides: Sides; socket: string; before: GatewayStatus['stats']}) {
    this.#ground = ground
    this.#sides = options.sides
    this.#socket = options.socket
    this.#before = options.before
  }

  /** Throws a UserError where the gateway does not run. */
  static async begin(ground: Ground, {sides, socket}: {readonly sides: Sides; readonly socket: string}): Promise<Sample> {
    const {stats} = await askGateway<GatewayStatus>(socket, 'status')
    return new Sample(ground, {sides, socket, before: stats})
  }

  /** Makes `count` connections (0: only looks at the gateway's counters) and adds what became of them. */
  async round(count: number, signal: AbortSignal): Promise<void> {
    const {host, port} = this.#ground
    const answered = {canary: 0, stable: 0}
    let [tried, failed] = [0, 0]
    const message = () => `${tutorialDate(Date.now())}\n`
    const observations: Observation[] = []
    for await (const observation of runProbe({
      host,
      port,
      count,
      concurrency: CONCURRENCY,
      message,
      timeoutMs: TIMEOUT_MS,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      signal,
    })) {
      observations.push(observation)
    }
    // in the order of the connects: that in which they end says which version is faster, and would look sticky
    for (const {error, reply, firstByteMs} of observations.sort((a, b) => a.index - b.index)) {
      tried++
      if (error !== undefined) {
        failed++
        this.#errors = {...this.#errors, [error.kind]: (this.#errors[error.kind] ?? 0) + 1}
        continue
      }
      const side = this.#sideOf(this.#counter.add(reply))
      if (side === undefined) continue
      answered[side]++
      if (firstByteMs !== undefined) this.#latencies[side].record(firstByteMs)
    }
    signal.throwIfAborted()
    this.#connections += tried
    await this.#attribute({tried, failed, answered})
  }

  get connections(): number {
    return this.#connections
  }

  get attribution(): Attribution {
    return this.#attribution
  }

  get errors(): Readonly<Record<string, number>> {
    return this.#errors
  }

  get latencies(): Readonly<Record<keyof Sides, LatencyHistogram>> {
    return this.#latencies
  }

  /** By answer; by destination name as the gateway counted where answers do not tell. */
  counts(): Counts {
    if (this.#ground.expectation !== undefined) return this.#counter.counts()
    const answers = Object.entries(this.#picked).map(([answer, count]) => ({answer, count}))
    return {total: answers.reduce((sum, {count}) => sum + count, 0), answers, other: 0, unmatched: 0, sequence: new Uint16Array(), timesMs: new Float64Array()}
  }

  #sideOf(answer: string | undefined): 'canary' | 'stable' | undefined {
    const share = this.#ground.expectation?.shares.find(({answers}) => answer !== undefined && answers.includes(answer))
    if (share?.name === this.#sides.canary) return 'canary'
    return share?.name === this.#sides.stable ? 'stable' : undefined
  }

  async #attribute(seen: {
    readonly tried: number
    readonly failed: number
    readonly answered: {readonly canary: number; readonly stable: number}
  }): Promise<void> {
    const {stats} = await askGateway<GatewayStatus>(this.#socket, 'status')
    const deltas = Object.entries(this.#ground.clusters).map(([name, cluster]) => ({name, ...delta(this.#before.clusters[cluster], stats.clusters[cluster])}))
    this.#before = stats
    const of = (side: string): ClusterDelta => deltas.find(({name}) => name === side) ?? {picked: 0, unserved: 0}
    const othersPicked = deltas.filter(({name}) => name !== this.#sides.canary && name !== this.#sides.stable).reduce((sum, {picked}) => sum + picked, 0)
    const answered = this.#ground.expectation === undefined ? null : seen.answered
    const found = attributeFailures({...seen, answered, canary: of(this.#sides.canary), stable: of(this.#sides.stable), othersPicked})
    this.#attribution = added(this.#attribution, found)
    this.#picked = Object.fromEntries(deltas.map(({name, picked}) => [name, (this.#picked[name] ?? 0) + picked]))
  }
}

function delta(before: ClusterStats | undefined, after: ClusterStats | undefined): ClusterDelta {
  const unserved = (stats: ClusterStats | undefined) => (stats === undefined ? 0 : stats.connectFailed + stats.noHealthyUpstream + stats.overflow)
  // counters begin anew when a worker is replaced
  return {picked: Math.max(0, (after?.picked ?? 0) - (before?.picked ?? 0)), unserved: Math.max(0, unserved(after) - unserved(before))}
}

function added(a: Attribution, b: Attribution): Attribution {
  const sum = (x: Attribution['canary'], y: Attribution['canary']) => ({tried: x.tried + y.tried, failed: x.failed + y.failed})
  return {canary: sum(a.canary, b.canary), stable: sum(a.stable, b.stable), unattributed: a.unattributed + b.unattributed}
}
