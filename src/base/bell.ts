/** Tells listeners in this process that there is something new to look at, not what it is. */
export class Bell {
  readonly #listeners = new Set<() => void>()

  get isHeard(): boolean {
    return this.#listeners.size > 0
  }

  /** Calls every listener, in the order they came. */
  ring(): void {
    for (const listener of this.#listeners) listener()
  }

  /** Calls `listener` at every ring until the returned function is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
