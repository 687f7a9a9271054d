import type {TcpRoute} from '../routing/routing.js'

export type ReachedLimit = 'preamble' | 'connect' | 'DT' | 'SI' | 'drain'

/**
 * How long one connection may go on. It is asked now and then rather than having timers, so a limit is enforced late by up to the time between two
 * questions, never early. Times are monotonic milliseconds.
 */
export class TimeLimits {
  /** Set whenever bytes moved (either way, also a completed write); taken back by `check`. */
  isBusy = true
  #idleSinceMs: number
  #idleTimeoutMs = 0
  #awaited: 'preamble' | 'connect' = 'connect'
  #awaitedByMs = Infinity
  #endByMs = Infinity
  #drainByMs = Infinity

  constructor(readonly acceptedMs: number) {
    this.#idleSinceMs = acceptedMs
  }

  follow({idleTimeoutMs, maxConnectionDurationMs}: TcpRoute): void {
    this.#idleTimeoutMs = idleTimeoutMs
    if (maxConnectionDurationMs > 0) this.#endByMs = this.acceptedMs + maxConnectionDurationMs
  }

  /** The next step must be done by then. */
  awaiting(step: 'preamble' | 'connect', byMs: number): void {
    this.#awaited = step
    this.#awaitedByMs = byMs
  }

  /** Or it failed: nothing is waited for any more. */
  arrived(): void {
    this.#awaitedByMs = Infinity
    this.isBusy = true
  }

  /** An earlier time that was set already stays. */
  drainBy(ms: number): void {
    this.#drainByMs = Math.min(this.#drainByMs, ms)
  }

  check(nowMs: number): ReachedLimit | undefined {
    if (this.isBusy) {
      this.isBusy = false
      this.#idleSinceMs = nowMs
    }
    if (nowMs >= this.#awaitedByMs) return this.#awaited
    if (nowMs >= this.#endByMs) return 'DT'
    if (this.#idleTimeoutMs > 0 && nowMs - this.#idleSinceMs >= this.#idleTimeoutMs) return 'SI'
    return nowMs >= this.#drainByMs ? 'drain' : undefined
  }
}
