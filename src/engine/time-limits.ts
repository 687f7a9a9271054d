import type {TcpRoute} from '../routing/routing.js'

export type ReachedLimit = 'connect' | 'DT' | 'SI' | 'drain'

/**
 * How long one connection may go on. It is asked now and then rather than having timers, so a limit is enforced late by up to the time between two
 * questions, never early. Times are monotonic milliseconds.
 */
export class TimeLimits {
  /** Set whenever bytes moved (either way, also a completed write); taken back by `check`. */
  isBusy = true
  #idleSinceMs: number
  #idleTimeoutMs = 0
  #connectByMs = Infinity
  #endByMs = Infinity
  #drainByMs = Infinity

  constructor(readonly acceptedMs: number) {
    this.#idleSinceMs = acceptedMs
  }

  follow({idleTimeoutMs, maxConnectionDurationMs}: TcpRoute): void {
    this.#idleTimeoutMs = idleTimeoutMs
    if (maxConnectionDurationMs > 0) this.#endByMs = this.acceptedMs + maxConnectionDurationMs
  }

  connecting(connectByMs: number): void {
    this.#connectByMs = connectByMs
  }

  /** Or failed to: there is no connect timeout any more. */
  connected(): void {
    this.#connectByMs = Infinity
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
    if (nowMs >= this.#connectByMs) return 'connect'
    if (nowMs >= this.#endByMs) return 'DT'
    if (this.#idleTimeoutMs > 0 && nowMs - this.#idleSinceMs >= this.#idleTimeoutMs) return 'SI'
    return nowMs >= this.#drainByMs ? 'drain' : undefined
  }
}
