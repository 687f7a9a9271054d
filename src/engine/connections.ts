import {performance} from 'node:perf_hooks'
import type {Connection} from './connection.js'

/** How late a time limit may be enforced, ms. Never early. */
export const SWEEP_MS = 100

/** Every open connection of an engine, and the one timer that looks after all their time limits. The timer runs only while there are any. */
export class Connections {
  readonly #open = new Set<Connection>()
  #timer: NodeJS.Timeout | undefined

  add(connection: Connection): void {
    this.#open.add(connection)
    this.#timer ??= setInterval(() => this.#sweep(), SWEEP_MS)
  }

  delete(connection: Connection): void {
    this.#open.delete(connection)
    if (this.#open.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** Those that came in at one of these listeners, or all. */
  *from(listeners?: ReadonlySet<string>): Iterable<Connection> {
    for (const connection of this.#open) if (listeners === undefined || listeners.has(connection.listener)) yield connection
  }

  #sweep(): void {
    const nowMs = performance.now()
    for (const connection of this.#open) connection.sweep(nowMs)
  }
}
