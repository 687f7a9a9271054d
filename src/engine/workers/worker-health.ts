import type {Routing} from '../../routing/routing.js'
import type {EngineStats} from '../engine.js'
import {OutlierMonitor} from '../health/outlier-monitor.js'
import {Batch} from './batch.js'
import type {ReportedOutcome, ToWorker} from './messages.js'

type HealthMessage = Extract<ToWorker, {type: 'health'}>

/** Outlier detection for all workers, in the primary: hears what became of their connections, and tells them whom to leave out. */
export class WorkerHealth {
  readonly #monitor = new OutlierMonitor({onChange: (cluster) => this.#changed.add(cluster)})
  /** However much changes at a time, each cluster is told of once. */
  readonly #changed = new Batch<string>({size: Infinity, delayMs: 1, flush: (clusters) => this.#tellAll(clusters)})

  constructor(private readonly tell: (message: HealthMessage) => void) {}

  apply(routing: Routing): void {
    this.#monitor.apply(routing)
  }

  report(outcomes: readonly ReportedOutcome[]): void {
    for (const outcome of outcomes) this.#monitor.report(...outcome)
  }

  /** What a worker that is new must know. */
  messages(): readonly HealthMessage[] {
    return this.#monitor.troubled.map((cluster) => this.#messageOf(cluster))
  }

  stats(): Pick<EngineStats, 'ejected' | 'ejections'> {
    return this.#monitor.stats()
  }

  close(): void {
    this.#monitor.close()
  }

  #tellAll(clusters: readonly string[]): void {
    for (const cluster of new Set(clusters)) this.tell(this.#messageOf(cluster))
  }

  #messageOf(cluster: string): HealthMessage {
    return {type: 'health', cluster, ejected: [...this.#monitor.ejected(cluster)], suspects: this.#monitor.suspects(cluster)}
  }
}
