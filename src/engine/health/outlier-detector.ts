import type {OutlierDetection} from '../../routing/routing.js'
import type {EjectionStats} from '../engine.js'
import type {ConnectOutcome} from './endpoint-health.js'

/** Envoy's `max_ejection_time`, which Istio leaves alone; a longer base time takes its place. */
const LONGEST_EJECTION_MS = 300_000

type Reason = Exclude<keyof EjectionStats, 'total' | 'overflow'>

export type EjectionCounters = {-readonly [K in keyof EjectionStats]: EjectionStats[K]}

type Threshold = readonly [Reason, number]

/** What is known of one endpoint. */
interface Host {
  /** Failures in a row, for each reason to eject. */
  readonly failures: Record<Reason, number>
  ejectedAtMs: number | undefined
  readmittedAtMs: number | undefined
  /** How many times the base time the next ejection lasts, less one; comes down again while the endpoint does well. */
  backoff: number
}

/**
 * Outlier detection of one cluster with Envoy's arithmetic (outlier_detection_impl.cc, without success rates, which Istio switches off): counts failures
 * in a row, ejects, and lets back in when it is asked to `check`. Knows no clock: whoever drives it says what time it is.
 */
export class OutlierDetector {
  readonly #hosts = new Map<string, Host>()
  readonly #thresholds: readonly Threshold[]

  constructor(
    private readonly settings: OutlierDetection,
    private readonly stats: EjectionCounters,
  ) {
    this.#thresholds = thresholdsOf(settings).filter(([, threshold]) => threshold > 0)
  }

  /** Those that are new begin healthy, those that are gone are forgotten. */
  setEndpoints(endpoints: Iterable<string>): void {
    const present = new Set(endpoints)
    for (const endpoint of this.#hosts.keys()) if (!present.has(endpoint)) this.#hosts.delete(endpoint)
    for (const endpoint of present) if (!this.#hosts.has(endpoint)) this.#hosts.set(endpoint, newHost())
  }

  /** Returns whether `ejected` or `suspects` are others now. */
  report(endpoint: string, outcome: ConnectOutcome, nowMs: number): boolean {
    const host = this.#hosts.get(endpoint)
    if (host === undefined) return false // gone meanwhile
    const [wasSuspect, wasEjected] = [isSuspect(host), host.ejectedAtMs !== undefined]
    if (outcome === 'connected') forgetFailures(host)
    else this.#countFailure(host, nowMs)
    return isSuspect(host) !== wasSuspect || (host.ejectedAtMs !== undefined) !== wasEjected
  }

  /** Lets those back in whose time is over, and forgets old ejections of those that do well. To be called once in each interval. */
  check(nowMs: number): void {
    for (const host of this.#hosts.values()) {
      if (host.ejectedAtMs !== undefined) this.#readmitWhenDue(host, host.ejectedAtMs, nowMs)
      else if (host.backoff > 0 && nowMs - (host.readmittedAtMs ?? nowMs) >= this.settings.intervalMs) host.backoff--
    }
  }

  /** Whether `check` could change anything. */
  get needsCheck(): boolean {
    for (const {ejectedAtMs, backoff} of this.#hosts.values()) if (ejectedAtMs !== undefined || backoff > 0) return true
    return false
  }

  get ejected(): readonly string[] {
    return this.#where(({ejectedAtMs}) => ejectedAtMs !== undefined)
  }

  /** Those whose next success would change something. */
  get suspects(): readonly string[] {
    return this.#where(isSuspect)
  }

  #countFailure(host: Host, nowMs: number): void {
    for (const [reason, threshold] of this.#thresholds) {
      host.failures[reason]++
      if (host.failures[reason] !== threshold || host.ejectedAtMs !== undefined) continue
      this.#eject(host, reason, nowMs)
      host.failures[reason] = 0 // also where it was not ejected: as many failures again must pass until it is tried again
    }
  }

  #where(holds: (host: Host) => boolean): readonly string[] {
    return [...this.#hosts].flatMap(([endpoint, host]) => (holds(host) ? [endpoint] : []))
  }

  #eject(host: Host, reason: Reason, nowMs: number): void {
    const share = (100 * (this.ejected.length + 1)) / this.#hosts.size
    if (share > Math.min(100, this.settings.maxEjectionPercent)) {
      this.stats.overflow++
      return
    }
    this.stats.total++
    this.stats[reason]++
    host.ejectedAtMs = nowMs
    const {baseEjectionMs} = this.settings
    if (host.backoff * baseEjectionMs < longestMs(this.settings) + baseEjectionMs) host.backoff++
  }

  #readmitWhenDue(host: Host, ejectedAtMs: number, nowMs: number): void {
    const lastsMs = Math.min(this.settings.baseEjectionMs * host.backoff, longestMs(this.settings))
    if (nowMs - ejectedAtMs < lastsMs) return
    host.ejectedAtMs = undefined
    host.readmittedAtMs = nowMs
    forgetFailures(host)
  }
}

/** A connection that fails is a gateway error and a 5xx, unless errors of local origin are counted apart. Gateway errors come first, as in Envoy. */
function thresholdsOf({consecutive5xx = 0, consecutiveGatewayErrors = 0, consecutiveLocalOriginFailures}: OutlierDetection): readonly Threshold[] {
  if (consecutiveLocalOriginFailures !== undefined) return [['consecutiveLocalOriginFailure', consecutiveLocalOriginFailures]]
  return [
    ['consecutiveGatewayFailure', consecutiveGatewayErrors],
    ['consecutive5xx', consecutive5xx],
  ]
}

function longestMs({baseEjectionMs}: OutlierDetection): number {
  return Math.max(LONGEST_EJECTION_MS, baseEjectionMs)
}

function newHost(): Host {
  const failures = {consecutive5xx: 0, consecutiveGatewayFailure: 0, consecutiveLocalOriginFailure: 0}
  return {failures, ejectedAtMs: undefined, readmittedAtMs: undefined, backoff: 0}
}

function isSuspect({failures}: Host): boolean {
  return failures.consecutive5xx > 0 || failures.consecutiveGatewayFailure > 0 || failures.consecutiveLocalOriginFailure > 0
}

function forgetFailures({failures}: Host): void {
  failures.consecutive5xx = 0
  failures.consecutiveGatewayFailure = 0
  failures.consecutiveLocalOriginFailure = 0
}
