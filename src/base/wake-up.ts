/**
 * A call that is not lost when nobody is listening at the moment: it is remembered until the next `called()`.
 * Have it called before looking at the state, then wait; what happens while looking ends the wait at once.
 */
export class WakeUp {
  #isCalled = false
  #wake: (() => void) | undefined

  readonly call = (): void => {
    this.#isCalled = true
    this.#wake?.()
  }

  /** Resolves with the next call, or at once where one came since the last wait. One waiter at a time. */
  async called(): Promise<void> {
    if (!this.#isCalled) await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#wake = undefined
    this.#isCalled = false
  }
}
