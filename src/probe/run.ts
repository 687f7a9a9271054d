import {performance} from 'node:perf_hooks'
import {isIP} from 'node:net'
import {cachedLookup} from './cached-lookup.js'
import {Dial, type DialOptions} from './dial.js'
import type {Observation} from './observation.js'

export interface ProbeOptions {
  readonly host: string
  readonly port: number
  /** How many connections; Infinity until the consumer stops. */
  readonly count: number
  /** Never more than so many are open at once. */
  readonly concurrency: number
  /** What the connection with this index sends. */
  readonly message: (index: number) => string | Buffer
  /** For a whole connection. */
  readonly timeoutMs: number
  readonly connectTimeoutMs: number
  /** Ends the probe: open connections are dropped and not reported, finished ones are. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds, from any origin. Date.now is too coarse for latencies. */
  readonly now?: () => number
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
  readonly #dial: Omit<DialOptions, 'message'>
  readonly #startMs: number
  readonly #open = new Set<Dial>()
  #waiting: Observation[] = []
  #taken = 0
  #started = 0
  #isStopped = false
  #wake: (() => void) | undefined

  constructor(options: ProbeOptions) {
    const {host, port, timeoutMs, connectTimeoutMs, now = () => performance.now()} = options
    this.#options = options
    this.#dial = {host, port, timeoutMs, connectTimeoutMs, now, lookup: isIP(host) === 0 ? cachedLookup() : undefined}
    this.#startMs = now()
  }

  /** The next observation, where one is there already. */
  take(): Observation | undefined {
    const observation = this.#waiting[this.#taken]
    if (observation === undefined) return undefined
    this.#taken += 1
    if (this.#taken === this.#waiting.length) {
      this.#waiting = []
      this.#taken = 0
    }
    return observation
  }

  /** Waits for the next observation; undefined when there will be none. */
  async next(): Promise<Observation | undefined> {
    this.#fill()
    if (this.#open.size > 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.take()
  }

  /** Drops the open connections and makes no more. */
  stop(): void {
    this.#isStopped = true
    for (const dial of this.#open) dial.cancel()
    this.#open.clear()
    this.#wake?.()
  }

  #fill(): void {
    const {count, concurrency} = this.#options
    while (!this.#isStopped && this.#started < count && this.#open.size < concurrency && this.#waiting.length < MAX_WAITING) this.#begin()
  }

  #begin(): void {
    const index = this.#started
    this.#started += 1
    const startMs = this.#dial.now() - this.#startMs
    const dial = new Dial({...this.#dial, message: this.#options.message(index)}, (result) => this.#end(dial, {index, startMs, ...result}))
    this.#open.add(dial)
  }

  #end(dial: Dial, observation: Observation): void {
    this.#open.delete(dial)
    this.#waiting.push(observation)
    this.#fill()
    this.#wake?.()
  }
}
