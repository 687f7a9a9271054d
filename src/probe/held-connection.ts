import type {Socket} from 'node:net'
import {MAX_REPLY_BYTES} from './dial.js'
import type {CutBy} from './held-event.js'
import {openSocket, sourceOf, type OpenOptions} from './open-socket.js'
import {probeError, type ProbeFault} from './probe-error.js'
import type {ProbeError} from './observation.js'
import {Turns} from './turns.js'

export interface HeldOptions extends OpenOptions {
  readonly message: (nth: number) => string | Buffer
  /** The address to connect from. */
  readonly localAddress?: string | undefined
  readonly readFirst: boolean
  readonly connectTimeoutMs: number
  /** From connect to the end of the reply line. */
  readonly timeoutMs: number
  readonly now: () => number
}

/** At most one of `opened` and `failed` is called, and `cut` only after `opened`; none of them after `close`. */
export interface HeldEvents {
  opened(): void
  failed(error: ProbeError): void
  cut(by: CutBy, message: string): void
}

/** One connection that asks once, and then stays open and listens until it is cut or closed. Our half stays open as well. */
export class HeldConnection {
  readonly #options: HeldOptions
  readonly #events: HeldEvents
  readonly #turns: Turns
  readonly #chunks: Buffer[] = []
  #socket: Socket
  #timer: NodeJS.Timeout
  #bytes = 0
  #source: string | undefined
  #state: 'opening' | 'asking' | 'held' | 'over' = 'opening'

  constructor(options: HeldOptions, events: HeldEvents) {
    const {readFirst, now, connectTimeoutMs, timeoutMs} = options
    this.#options = options
    this.#events = events
    this.#turns = new Turns({messages: 1, readFirst, now, send: (nth) => this.#socket.write(options.message(nth))})
    this.#socket = openSocket(options, options.localAddress, {
      connected: (socket) => (this.#source = sourceOf(socket)),
      ready: (socket) => this.#ready(socket),
      failed: (fault) => this.#failed(fault),
    })
    const afterMs = Math.min(connectTimeoutMs, timeoutMs)
    this.#timer = setTimeout(() => this.#failed({type: this.#source === undefined ? 'no-connection' : 'no-handshake', afterMs}), afterMs)
  }

  get isHeld(): boolean {
    return this.#state === 'held'
  }

  /** What it was answered, greeting included, and from where it asked. */
  get answer(): {readonly reply: string; readonly source?: string} {
    return {reply: Buffer.concat(this.#chunks).toString(), ...(this.#source === undefined ? {} : {source: this.#source})}
  }

  /** Lets go of the connection. */
  close(): void {
    this.#state = 'over'
    clearTimeout(this.#timer)
    this.#socket.destroy()
  }

  #ready(socket: Socket): void {
    const {timeoutMs} = this.#options
    this.#state = 'asking'
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#failed({type: 'no-line', afterMs: timeoutMs, progress: this.#turns.progress}), timeoutMs)
    this.#socket = socket.on('data', (chunk) => this.#received(chunk)).on('end', () => this.#ended())
    this.#turns.begin()
  }

  #received(chunk: Buffer): void {
    if (this.#state !== 'asking') return // what comes while it is held says only that it is alive
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    this.#turns.received(chunk)
    if (this.#turns.isOver) this.#hold()
    else if (this.#bytes > MAX_REPLY_BYTES) this.#failed({type: 'too-long', maxBytes: MAX_REPLY_BYTES})
  }

  #hold(): void {
    clearTimeout(this.#timer)
    this.#state = 'held'
    this.#events.opened()
  }

  #ended(): void {
    if (this.#state === 'held') this.#cut('FIN', 'the other side ended the connection')
    else this.#failed(this.#bytes === 0 ? {type: 'no-reply'} : {type: 'cut-short', progress: this.#turns.progress})
  }

  #failed(fault: ProbeFault): void {
    if (this.#state === 'over') return
    const error = probeError(fault, this.#options)
    if (this.#state === 'held') return this.#cut(error.kind === 'reset' ? 'RST' : 'error', error.message)
    this.close()
    this.#events.failed(error)
  }

  #cut(by: CutBy, message: string): void {
    this.close()
    this.#events.cut(by, message)
  }
}
