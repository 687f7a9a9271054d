import {performance} from 'node:perf_hooks'
import {endpointName} from '../../routing/balance/candidate.js'
import type {Cluster, OutlierDetection, Routing} from '../../routing/routing.js'
import type {EngineStats} from '../engine.js'
import {type ConnectOutcome, type EndpointHealth, NONE_EJECTED, updatedSet} from './endpoint-health.js'
import {type EjectionCounters, OutlierDetector} from './outlier-detector.js'

interface Watched {
  readonly detector: OutlierDetector
  readonly settings: OutlierDetection
  readonly stats: EjectionCounters
  ejected: ReadonlySet<string>
  /** Checks are due a whole number of intervals after this. */
  readonly startedMs: number
  timer: NodeJS.Timeout | undefined
}

export interface OutlierMonitorOptions {
  /** Called when the ejected endpoints or the suspects of a cluster are others. */
  readonly onChange?: (clusterKey: string) => void
  /** Milliseconds that cannot jump. */
  readonly nowMs?: () => number
}

/**
 * Outlier detection of all clusters that ask for it, in the process that decides. A cluster has a timer only while something can come of it, so that
 * thousands of healthy ones cost nothing.
 */
export class OutlierMonitor implements EndpointHealth {
  readonly #watched = new Map<string, Watched>()
  readonly #onChange: (clusterKey: string) => void
  readonly #nowMs: () => number
  #clusters: Routing['clusters'] | undefined

  constructor({onChange = () => undefined, nowMs = () => performance.now()}: OutlierMonitorOptions = {}) {
    this.#onChange = onChange
    this.#nowMs = nowMs
  }

  /** Clusters and endpoints that are gone are forgotten, others keep what is known of them; new settings begin anew, as a new cluster in Envoy does. */
  apply({clusters}: Routing): void {
    if (clusters === this.#clusters) return // most changes are about routes
    this.#clusters = clusters
    for (const key of [...this.#watched.keys()]) if (clusters[key]?.outlierDetection === undefined) this.#forget(key)
    for (const [key, cluster] of Object.entries(clusters)) if (cluster.outlierDetection !== undefined) this.#watch(key, cluster, cluster.outlierDetection)
  }

  ejected(clusterKey: string): ReadonlySet<string> {
    return this.#watched.get(clusterKey)?.ejected ?? NONE_EJECTED
  }

  suspects(clusterKey: string): readonly string[] {
    return this.#watched.get(clusterKey)?.detector.suspects ?? []
  }

  report(clusterKey: string, endpoint: string, outcome: ConnectOutcome): void {
    const watched = this.#watched.get(clusterKey)
    if (watched?.detector.report(endpoint, outcome, this.#nowMs()) === true) this.#changed(clusterKey, watched)
  }

  /** Clusters where something is or was ejected. */
  stats(): Pick<EngineStats, 'ejected' | 'ejections'> {
    const ejected = [...this.#watched].flatMap(([key, watched]) => (watched.ejected.size > 0 ? [[key, [...watched.ejected]]] : []))
    const ejections = [...this.#watched].flatMap(([key, {stats}]) => (stats.total + stats.overflow > 0 ? [[key, {...stats}]] : []))
    return {
      ...(ejected.length > 0 ? {ejected: Object.fromEntries(ejected)} : {}),
      ...(ejections.length > 0 ? {ejections: Object.fromEntries(ejections)} : {}),
    }
  }

  /** Keys of the clusters that others must be told about when they are new. */
  get troubled(): readonly string[] {
    return [...this.#watched].flatMap(([key, {ejected, detector}]) => (ejected.size > 0 || detector.suspects.length > 0 ? [key] : []))
  }

  close(): void {
    for (const {timer} of this.#watched.values()) clearTimeout(timer)
    this.#watched.clear()
  }

  #watch(key: string, cluster: Cluster, settings: OutlierDetection): void {
    const before = this.#watched.get(key)
    const isSame = before !== undefined && JSON.stringify(before.settings) === JSON.stringify(settings)
    const watched = isSame ? before : newWatched(settings, before?.stats ?? newStats(), this.#nowMs())
    if (!isSame) clearTimeout(before?.timer)
    this.#watched.set(key, watched)
    watched.detector.setEndpoints(cluster.endpoints.map(endpointName))
    if (watched.ejected.size > 0 || (before?.ejected.size ?? 0) > 0) this.#changed(key, watched)
  }

  #forget(key: string): void {
    clearTimeout(this.#watched.get(key)?.timer)
    this.#watched.delete(key)
    this.#onChange(key)
  }

  #changed(key: string, watched: Watched): void {
    watched.ejected = updatedSet(watched.ejected, watched.detector.ejected)
    this.#onChange(key)
    if (watched.timer === undefined && watched.detector.needsCheck) this.#checkLater(key, watched)
  }

  #checkLater(key: string, watched: Watched): void {
    const {intervalMs} = watched.settings
    const pastMs = this.#nowMs() - watched.startedMs
    watched.timer = setTimeout(() => this.#check(key, watched), intervalMs - (pastMs % intervalMs)).unref()
  }

  #check(key: string, watched: Watched): void {
    watched.timer = undefined
    watched.detector.check(this.#nowMs())
    if (watched.detector.ejected.length !== watched.ejected.size) this.#changed(key, watched)
    else if (watched.detector.needsCheck) this.#checkLater(key, watched)
  }
}

function newWatched(settings: OutlierDetection, stats: EjectionCounters, startedMs: number): Watched {
  return {detector: new OutlierDetector(settings, stats), settings, stats, ejected: NONE_EJECTED, startedMs, timer: undefined}
}

function newStats(): EjectionCounters {
  return {total: 0, overflow: 0, consecutive5xx: 0, consecutiveGatewayFailure: 0, consecutiveLocalOriginFailure: 0}
}
