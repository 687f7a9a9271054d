/**
 * Weighted round robin by earliest deadline first: whoever is picked is due again after 1 / its weight, and weights may change from pick to pick
 * (Envoy edf_scheduler.h). A binary heap in flat arrays: a pick is O(log n) and allocates nothing.
 */
export class EdfSchedule<T> {
  readonly #items: T[] = []
  readonly #deadlines: Float64Array
  /** Of those due at the same time, the one that waits longest is first. */
  readonly #orders: Float64Array
  #now = 0
  #lastOrder = 0

  /** Weights are > 0. */
  constructor(
    items: readonly T[],
    private readonly weigh: (item: T, nowMs: number) => number,
    nowMs: number,
  ) {
    this.#deadlines = new Float64Array(items.length)
    this.#orders = new Float64Array(items.length)
    for (const item of items) this.#add(item, nowMs)
  }

  /** The next one, undefined where there is none. `nowMs` is for the weights. */
  next(nowMs: number): T | undefined {
    const item = this.#items[0]
    if (item === undefined) return undefined
    this.#now = this.#at(0)
    this.#deadlines[0] = this.#now + 1 / this.weigh(item, nowMs)
    this.#orders[0] = ++this.#lastOrder
    this.#sink()
    return item
  }

  #add(item: T, nowMs: number): void {
    let index = this.#items.push(item) - 1
    this.#deadlines[index] = this.#now + 1 / this.weigh(item, nowMs)
    this.#orders[index] = ++this.#lastOrder
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#isBefore(index, parent)) return
      this.#swap(index, parent)
      index = parent
    }
  }

  #sink(): void {
    let index = 0
    for (;;) {
      let first = 2 * index + 1
      if (first >= this.#items.length) return
      if (first + 1 < this.#items.length && this.#isBefore(first + 1, first)) first++
      if (!this.#isBefore(first, index)) return
      this.#swap(index, first)
      index = first
    }
  }

  #at(index: number): number {
    return this.#deadlines[index] ?? Infinity
  }

  #isBefore(a: number, b: number): boolean {
    const [left, right] = [this.#at(a), this.#at(b)]
    return left === right ? (this.#orders[a] ?? 0) < (this.#orders[b] ?? 0) : left < right
  }

  #swap(a: number, b: number): void {
    swap(this.#items, a, b)
    swap(this.#deadlines, a, b)
    swap(this.#orders, a, b)
  }
}

function swap<T>(list: {[index: number]: T}, a: number, b: number): void {
  const item = list[a] as T
  list[a] = list[b] as T
  list[b] = item
}
