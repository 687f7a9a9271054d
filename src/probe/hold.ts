import {prepareConnections, sourceFor, type ConnectionOptions} from './connection-options.js'
import {HeldConnection, type HeldOptions} from './held-connection.js'
import type {HeldEvent} from './held-event.js'
import {Outbox} from './outbox.js'

/** The signal ends holding at once: what is held then counts as kept, what is not yet open is dropped without an event. */
export interface HoldOptions extends ConnectionOptions {
  readonly connections: number
  /** Never more than so many are being opened at once; there is no limit to how many are held. */
  readonly concurrency: number
  /** How long to hold, from when the last one has been opened or has failed. */
  readonly holdMs: number
}

/**
 * Opens connections, has one message answered on each, holds them all at once, and tells of each whether and when it was cut. Ends early when none is left.
 * Every connection gets one of `failed`, `cut` and `kept` as its last event. A consumer that stops iterating closes them all.
 */
export async function* holdConnections(options: HoldOptions): AsyncGenerator<HeldEvent> {
  if (options.signal?.aborted === true) return
  const hold = new Hold(options)
  const finish = () => hold.finish()
  options.signal?.addEventListener('abort', finish, {once: true})
  try {
    for (;;) {
      const event = hold.take() ?? (await hold.next())
      if (event === undefined) return
      yield event
    }
  } finally {
    options.signal?.removeEventListener('abort', finish)
    hold.finish()
  }
}

/** The connections held together. */
class Hold {
  readonly #options: HoldOptions
  readonly #connection: Omit<HeldOptions, 'message'>
  readonly #startMs: number
  readonly #connections = new Map<number, HeldConnection>()
  readonly #openedMs = new Map<number, number>()
  readonly #events = new Outbox<HeldEvent>()
  #started = 0
  #opening = 0
  #isFinished = false
  #timer: NodeJS.Timeout | undefined

  constructor(options: HoldOptions) {
    const {timeoutMs, connectTimeoutMs, readFirst = false} = options
    this.#options = options
    this.#connection = {...prepareConnections(options), timeoutMs, connectTimeoutMs, readFirst}
    this.#startMs = this.#connection.now()
    this.#fill()
  }

  take(): HeldEvent | undefined {
    return this.#events.take()
  }

  /** Waits for the next event; undefined when there will be none. */
  async next(): Promise<HeldEvent | undefined> {
    if (!this.#isFinished) await this.#events.woken()
    return this.take()
  }

  /** Ends the hold: what is held was kept. */
  finish(): void {
    if (this.#isFinished) return
    this.#isFinished = true
    clearTimeout(this.#timer)
    for (const [index, connection] of this.#connections) {
      if (connection.isHeld) this.#events.put({type: 'kept', index, ...this.#heldTimes(index), ...connection.answer})
      connection.close()
    }
    this.#connections.clear()
    this.#events.wake()
  }

  #fill(): void {
    const {connections, concurrency, holdMs} = this.#options
    while (this.#started < connections && this.#opening < concurrency) this.#open(this.#started++)
    if (this.#opening > 0) return
    if (this.#connections.size === 0) this.finish()
    else this.#timer ??= setTimeout(() => this.finish(), holdMs)
  }

  #open(index: number): void {
    this.#opening += 1
    const beganMs = this.#elapsed()
    const connection = new HeldConnection(
      {...this.#connection, localAddress: sourceFor(this.#options, index), message: (nth) => this.#options.message(index, nth)},
      {
        opened: () => {
          const atMs = this.#elapsed()
          this.#openedMs.set(index, atMs)
          this.#opening -= 1
          this.#tell({type: 'opened', index, atMs, openMs: atMs - beganMs, ...connection.answer})
        },
        failed: (error) => {
          this.#connections.delete(index)
          this.#opening -= 1
          this.#tell({type: 'failed', index, atMs: this.#elapsed(), error})
        },
        cut: (by, message) => {
          this.#connections.delete(index)
          this.#tell({type: 'cut', index, ...this.#heldTimes(index), by, message, ...connection.answer})
        },
      },
    )
    this.#connections.set(index, connection)
  }

  #tell(event: HeldEvent): void {
    this.#events.put(event)
    this.#fill()
    this.#events.wake()
  }

  #heldTimes(index: number): {readonly atMs: number; readonly heldMs: number} {
    const atMs = this.#elapsed()
    return {atMs, heldMs: atMs - (this.#openedMs.get(index) ?? atMs)}
  }

  #elapsed(): number {
    return this.#connection.now() - this.#startMs
  }
}
