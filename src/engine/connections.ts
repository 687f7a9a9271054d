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

  all(): Iterable<Connection> {
    return this.#open
  }

  #sweep(): void {
    const nowMs = performance.now()
    for (const connection of this.#open) connection.sweep(nowMs)
  }
}
