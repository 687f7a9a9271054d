/** What has happened and was not yet asked for; one producer side, one consumer. */
export class Outbox<Item> {
  #items: Item[] = []
  #taken = 0
  #wake: (() => void) | undefined

  /** Items since the box was last empty, the taken ones included. */
  get size(): number {
    return this.#items.length
  }

  put(item: Item): void {
    this.#items.push(item)
  }

  /** The next item, where one is there already. */
  take(): Item | undefined {
    const item = this.#items[this.#taken]
    if (item === undefined) return undefined
    this.#taken += 1
    if (this.#taken === this.#items.length) {
      this.#items = []
      this.#taken = 0
    }
    return item
  }

  /** Ends the wait of the consumer, if it waits. */
  wake(): void {
    this.#wake?.()
  }

  /** Resolves with the next `wake`. */
  woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
