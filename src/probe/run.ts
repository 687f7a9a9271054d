import {prepareConnections, sourceFor, type ConnectionOptions} from './connection-options.js'
import {Dial, type DialOptions, type DialResult} from './dial.js'
import type {Observation} from './observation.js'
import {Outbox} from './outbox.js'
import type {Pacer} from './pacer.js'
import {wakeAfter} from './wake-after.js'

/** The signal drops open connections without reporting them; finished ones are reported. */
export interface ProbeOptions extends ConnectionOptions {
  /** How many connections; Infinity until the consumer stops. */
  readonly count: number
  /** Connections to make before those, marked `warmup`. By default none. */
  readonly warmup?: number | undefined
  /** Never more than so many are open at once. */
  readonly concurrency: number
  /** When to start each connection; where too many are open it waits, and its wait is part of its latencies. By default as soon as one has ended. */
  readonly pacer?: Pacer | undefined
  /** No connection starts later than this, warm-up included; those that are open are waited for. */
  readonly durationMs?: number | undefined
  /**
   * To send so many messages on each connection, each after the reply line to the one before, and half-close with the last.
   * By default one is sent, and its reply need not be a line.
   */
  readonly messages?: number | undefined
  /** Binary replies are best kept as hex; by default they are read as UTF-8. */
  readonly replyEncoding?: 'utf8' | 'hex' | undefined
}

/** Finished observations that wait for a slow consumer; no new connection is made while there are so many. */
const MAX_WAITING = 1024

/**
 * Makes `count` connections, `concurrency` at a time, and yields what each one saw, in the order in which they end. Memory does not grow with `count`.
 * A consumer that stops iterating ends the probe.
 */
export async function* runProbe(options: ProbeOptions): AsyncGenerator<Observation> {
  const run = new Run(options)
  const stop = () => run.stop()
  options.signal?.addEventListener('abort', stop, {once: true})
  try {
    if (options.signal?.aborted === true) return
    for (;;) {
      const observation = run.take() ?? (await run.next())
      if (observation === undefined) return
      yield observation
    }
  } finally {
    options.signal?.removeEventListener('abort', stop)
    run.stop()
  }
}

/** The connections of one probe. */
class Run {
  readonly #options: ProbeOptions
  readonly #dial: DialOptions
  readonly #total: number
  readonly #startMs: number
  readonly #open = new Set<Dial>()
  readonly #ended = new Outbox<Observation>()
  #started = 0
  #isStopped = false
  #cancelWait: (() => void) | undefined

  constructor(options: ProbeOptions) {
    const {timeoutMs, connectTimeoutMs, replyEncoding, messages, readFirst = false} = options
    const isConversation = readFirst || messages !== undefined
    const conversation = isConversation ? {messages: messages ?? 1, readFirst} : undefined
    this.#options = options
    this.#total = (options.warmup ?? 0) + options.count
    this.#dial = {...prepareConnections(options), timeoutMs, connectTimeoutMs, replyEncoding, conversation}
    this.#startMs = this.#dial.now()
  }

  /** The next observation, where one is there already. */
  take(): Observation | undefined {
    return this.#ended.take()
  }

  /** Waits for the next observation; undefined when there will be none. */
  async next(): Promise<Observation | undefined> {
    this.#fill()
    // with a pacer there are times when nothing is open, and what waits for its time may find that there is no time left
    while (this.#ended.size === 0 && (this.#open.size > 0 || this.#cancelWait !== undefined)) await this.#ended.woken()
    return this.take()
  }

  /** Drops the open connections and makes no more. */
  stop(): void {
    this.#isStopped = true
    this.#cancelWait?.()
    this.#cancelWait = undefined
    for (const dial of this.#open) dial.cancel()
    this.#open.clear()
    this.#ended.wake()
  }

  #fill(): void {
    while (this.#hasMore() && this.#open.size < this.#options.concurrency && this.#ended.size < MAX_WAITING) {
      if (this.#isEarly()) return
      this.#begin()
    }
  }

  #hasMore(): boolean {
    const {durationMs, pacer} = this.#options
    if (this.#isStopped || this.#started >= this.#total) return false
    return durationMs === undefined || Math.max(this.#elapsed(), pacer?.(this.#started) ?? 0) < durationMs
  }

  /** Whether the next connection's time has not come; it will be made when it has. */
  #isEarly(): boolean {
    const {pacer} = this.#options
    if (pacer === undefined) return false
    const earlyMs = pacer(this.#started) - this.#elapsed()
    if (earlyMs > 0) this.#cancelWait ??= wakeAfter(earlyMs, () => this.#timeHasCome())
    return earlyMs > 0
  }

  #timeHasCome(): void {
    this.#cancelWait = undefined
    this.#fill()
    this.#ended.wake()
  }

  #begin(): void {
    const {message, warmup = 0, pacer} = this.#options
    const index = this.#started++
    const startMs = this.#elapsed()
    const waitedMs = pacer === undefined ? undefined : startMs - pacer(index)
    const call = {
      message: this.#dial.conversation === undefined ? message(index, 0) : (nth: number) => message(index, nth),
      localAddress: sourceFor(this.#options, index),
    }
    const dial = new Dial(this.#dial, call, (result) => {
      this.#open.delete(dial)
      this.#end({index, startMs, ...(waitedMs === undefined ? result : sinceItsTime(result, waitedMs)), ...(index < warmup ? {warmup: true} : {})})
    })
    this.#open.add(dial)
  }

  #end(observation: Observation): void {
    this.#ended.put(observation)
    this.#fill()
    this.#ended.wake()
  }

  #elapsed(): number {
    return this.#dial.now() - this.#startMs
  }
}

/** Latencies from the time at which the connection was meant to start. */
function sinceItsTime(result: DialResult, waitedMs: number): DialResult & {readonly waitedMs: number} {
  const {connectMs, tlsMs, firstByteMs} = result
  return {
    ...result,
    waitedMs,
    totalMs: result.totalMs + waitedMs,
    ...(connectMs === undefined ? {} : {connectMs: connectMs + waitedMs}),
    ...(tlsMs === undefined ? {} : {tlsMs: tlsMs + waitedMs}),
    ...(firstByteMs === undefined ? {} : {firstByteMs: firstByteMs + waitedMs}),
  }
}
