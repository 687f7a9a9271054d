import {performance} from 'node:perf_hooks'

/** How late a time limit may be enforced, ms. Never early. */
const SWEEP_MS = 100

/** As much of a connection as is looked after here. */
interface Limited {
  sweep(nowMs: number): void
}

/** Every open connection of an engine, and the one timer that looks after all their time limits. The timer runs only while there are any. */
export class Connections<C extends Limited> {
  readonly #open = new Set<C>()
  #timer: NodeJS.Timeout | undefined

  add(connection: C): void {
    this.#open.add(connection)
    this.#timer ??= setInterval(() => this.#sweep(), SWEEP_MS).unref()
  }

  delete(connection: C): void {
    this.#open.delete(connection)
  }

  all(): Iterable<C> {
    return this.#open
  }

  #sweep(): void {
    if (this.#open.size === 0) return this.#rest()
    const nowMs = performance.now()
    for (const connection of this.#open) connection.sweep(nowMs)
  }

  /** Not before a sweep finds nobody: where connections come one after the other, a timer for each of them would cost more than looking after it. */
  #rest(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
