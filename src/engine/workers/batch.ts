/** Collects items and hands them on in groups: when there are `size`, or `delayMs` after the first. */
export class Batch<T> {
  #items: T[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(private readonly options: {readonly size: number; readonly delayMs: number; readonly flush: (items: readonly T[]) => void}) {}

  add(item: T): void {
    this.#items.push(item)
    if (this.#items.length >= this.options.size) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), this.options.delayMs)
  }

  /** Hands on what there is now. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const items = this.#items
    if (items.length === 0) return
    this.#items = []
    this.options.flush(items)
  }
}
