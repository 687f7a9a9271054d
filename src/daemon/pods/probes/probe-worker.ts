import type {Probe} from '../../../api/kinds/pod-spec.js'
import type {CheckResult} from './check.js'
import {countAnswer, NO_ANSWER, type ProbeCount} from './probe-count.js'

export interface ProbeWorkerOptions {
  readonly probe: Probe
  /** Does the check once, within the probe's timeout. */
  readonly check: (timeoutMs: number, signal: AbortSignal) => Promise<CheckResult>
  /** Every check that did not succeed. */
  readonly missed: (result: CheckResult) => void
  /** Each time a threshold is reached. */
  readonly verdict: (verdict: 'success' | 'failure') => void
}

/** An error says nothing about the container: it is asked again at once, so often in all. */
const TRIES_ON_ERROR = 3

/** Asks one probe of one run of a container again and again until it is stopped. */
export class ProbeWorker {
  readonly #options: ProbeWorkerOptions
  readonly #stopping = new AbortController()
  #count: ProbeCount = NO_ANSWER
  #timer: NodeJS.Timeout | undefined

  constructor(options: ProbeWorkerOptions) {
    this.#options = options
  }

  /** Begins; `ageMs` is how long the container has run already, which counts towards the initial delay. */
  start(ageMs: number): void {
    const initialMs = (this.#options.probe.initialDelaySeconds ?? 0) * 1000
    this.#next(Math.max(0, initialMs - ageMs))
  }

  stop(): void {
    this.#stopping.abort()
    clearTimeout(this.#timer)
  }

  #next(delayMs: number): void {
    if (this.#stopping.signal.aborted) return
    this.#timer = setTimeout(() => void this.#round(), delayMs)
  }

  async #round(): Promise<void> {
    const {probe, verdict, missed} = this.#options
    const startedMs = performance.now()
    const result = await this.#ask()
    if (this.#stopping.signal.aborted) return
    if (result.type !== 'success') missed(result)
    if (result.type !== 'error') {
      const {count, verdict: reached} = countAnswer(this.#count, result.type, probe)
      this.#count = count
      if (reached !== undefined) verdict(reached)
    }
    this.#next(Math.max(0, (probe.periodSeconds ?? 10) * 1000 - (performance.now() - startedMs)))
  }

  async #ask(): Promise<CheckResult> {
    const {probe, check} = this.#options
    for (let tries = 1; ; tries++) {
      const result = await check((probe.timeoutSeconds ?? 1) * 1000, this.#stopping.signal)
      if (result.type !== 'error' || tries === TRIES_ON_ERROR) return result
    }
  }
}
