/** Doubling delays: `first`, 2·`first`, … up to `max` (ms); back to the start after `reset`. */
export class Backoff {
  #failures = 0

  constructor(private readonly options: {readonly firstMs: number; readonly maxMs: number}) {}

  /** The delay before the next attempt, longer every time it is asked for. */
  next(): number {
    return Math.min(this.options.maxMs, this.options.firstMs * 2 ** this.#failures++)
  }

  reset(): void {
    this.#failures = 0
  }
}
