const NEWLINE = 0x0a

export interface TurnsOptions {
  /** How many messages are sent, each after the reply line to the one before. */
  readonly messages: number
  /** Whether the server speaks first. */
  readonly readFirst: boolean
  /** Sends the message with this number, from 0. */
  readonly send: (nth: number) => void
  /** Milliseconds, from any origin. */
  readonly now: () => number
}

/** How far a conversation has come. */
export interface Progress {
  readonly isGreeted: boolean
  readonly replies: number
  readonly messages: number
}

/**
 * Whose turn it is on a connection that talks in lines: the server's greeting where it speaks first, then message and reply line by turns.
 * A reply is over with the first line that ends after its message was sent; what else arrives with it belongs to it.
 */
export class Turns {
  readonly #options: TurnsOptions
  readonly #latenciesMs: number[] = []
  #isGreeted: boolean
  #sent = 0
  #sentMs = 0

  constructor(options: TurnsOptions) {
    this.#options = options
    this.#isGreeted = !options.readFirst
  }

  /** From the sending of each message to the end of its reply line. */
  get latenciesMs(): readonly number[] {
    return this.#latenciesMs
  }

  get progress(): Progress {
    return {isGreeted: this.#isGreeted, replies: this.#latenciesMs.length, messages: this.#options.messages}
  }

  get isOver(): boolean {
    return this.#latenciesMs.length === this.#options.messages
  }

  /** To be called when bytes can flow. */
  begin(): void {
    if (this.#isGreeted) this.#send()
  }

  received(chunk: Buffer): void {
    if (chunk.includes(NEWLINE)) this.#lineEnded()
  }

  /** The server says no more. What it said since the last message counts as its reply, though no newline ends it. */
  ended(hasUnfinishedLine: boolean): void {
    if (hasUnfinishedLine && this.#sent === this.#options.messages && !this.isOver) this.#lineEnded()
  }

  #lineEnded(): void {
    if (this.isOver) return
    if (this.#isGreeted) this.#latenciesMs.push(this.#options.now() - this.#sentMs)
    this.#isGreeted = true
    if (!this.isOver) this.#send()
  }

  #send(): void {
    this.#sentMs = this.#options.now()
    this.#options.send(this.#sent++)
  }
}
