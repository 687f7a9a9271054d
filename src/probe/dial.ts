import type {Socket} from 'node:net'
import type {ProbeError} from './observation.js'
import {openSocket, peerOf, sourceOf, type OpenOptions} from './open-socket.js'
import {probeError, type ProbeFault} from './probe-error.js'
import {Turns} from './turns.js'

/** No reply is kept beyond this; a server that talks for ever must not fill our memory. */
export const MAX_REPLY_BYTES = 1024 * 1024

/** What all dials of a probe have in common. Not copied for each: that would cost a tenth of the time a connection takes. */
export interface DialOptions extends OpenOptions {
  /** For the whole of it, from connect to the end of the reply. */
  readonly timeoutMs: number
  /** For the TCP connection and the TLS handshake together. */
  readonly connectTimeoutMs: number
  /** Milliseconds, from any origin. */
  readonly now: () => number
  /** To talk in turns instead; the last message half-closes. */
  readonly conversation?: {readonly messages: number; readonly readFirst: boolean} | undefined
  readonly replyEncoding?: 'utf8' | 'hex' | undefined
}

/** What is particular to one dial. */
export interface Call {
  /** Sent at once after connecting, then the connection is half-closed, as `nc` does at the end of its input. In a conversation: the nth message. */
  readonly message: string | Buffer | ((nth: number) => string | Buffer)
  /** The address to connect from. */
  readonly localAddress?: string | undefined
}

/** What became of one connection. Times in ms since the dial began. */
export interface DialResult {
  readonly connectMs?: number
  readonly tlsMs?: number
  readonly firstByteMs?: number
  readonly totalMs: number
  readonly messageMs?: readonly number[]
  readonly reply: string
  readonly source?: string
  readonly peer?: string
  readonly error?: ProbeError
}

/** One connection with nc's semantics: send, half-close, read to the end. `done` is called once, unless the dial is cancelled before. */
export class Dial {
  readonly #options: DialOptions
  readonly #message: Call['message']
  readonly #done: (result: DialResult) => void
  readonly #startMs: number
  readonly #chunks: Buffer[] = []
  readonly #turns: Turns | undefined
  #socket: Socket
  /** Of the reply, or in a conversation of the reply to the last message. */
  #bytes = 0
  #keptBytes = 0
  #timer: NodeJS.Timeout
  #connectMs: number | undefined
  #tlsMs: number | undefined
  #firstByteMs: number | undefined
  #source: string | undefined
  #peer: string | undefined
  #isDone = false

  constructor(options: DialOptions, {message, localAddress}: Call, done: (result: DialResult) => void) {
    const {conversation, connectTimeoutMs, timeoutMs, now} = options
    this.#options = options
    this.#message = message
    this.#done = done
    this.#startMs = now()
    if (conversation !== undefined) this.#turns = new Turns({...conversation, now, send: (nth) => this.#say(nth, nth + 1 === conversation.messages)})
    this.#socket = openSocket(options, localAddress, {
      connected: (socket) => this.#connected(socket),
      ready: (socket) => this.#ready(socket),
      failed: (fault) => this.#fail(fault),
    })
    const afterMs = Math.min(connectTimeoutMs, timeoutMs)
    this.#timer = setTimeout(() => this.#fail({type: this.#connectMs === undefined ? 'no-connection' : 'no-handshake', afterMs}), afterMs)
  }

  /** Drops the connection; `done` will not be called. */
  cancel(): void {
    this.#isDone = true
    clearTimeout(this.#timer)
    this.#socket.destroy()
  }

  #connected(socket: Socket): void {
    this.#connectMs = this.#elapsed()
    this.#source = sourceOf(socket)
    this.#peer = peerOf(socket)
  }

  #ready(socket: Socket): void {
    const {timeoutMs, tls} = this.#options
    if (tls !== undefined) this.#tlsMs = this.#elapsed()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#timedOut(), timeoutMs - this.#elapsed())
    this.#socket = socket.on('data', (chunk) => this.#received(chunk)).on('end', () => this.#ended())
    if (this.#turns === undefined) this.#say(0, true)
    else this.#turns.begin()
  }

  #say(nth: number, isLast: boolean): void {
    const bytes = typeof this.#message === 'function' ? this.#message(nth) : this.#message
    this.#bytes = 0
    if (isLast) this.#socket.end(bytes)
    else this.#socket.write(bytes)
  }

  #received(chunk: Buffer): void {
    this.#firstByteMs ??= this.#elapsed()
    this.#keep(chunk)
    this.#bytes += chunk.length
    if (this.#bytes > MAX_REPLY_BYTES) this.#fail({type: 'too-long', maxBytes: MAX_REPLY_BYTES})
    else this.#turns?.received(chunk)
  }

  #keep(chunk: Buffer): void {
    const room = MAX_REPLY_BYTES - this.#keptBytes
    if (room === 0) return
    this.#chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
    this.#keptBytes += Math.min(chunk.length, room)
  }

  #ended(): void {
    this.#turns?.ended(this.#bytes > 0)
    if (this.#keptBytes === 0) this.#fail({type: 'no-reply'})
    else if (this.#turns?.isOver === false) this.#fail({type: 'cut-short', progress: this.#turns.progress})
    else this.#finish(undefined)
  }

  #timedOut(): void {
    const afterMs = this.#options.timeoutMs
    this.#fail(this.#turns?.isOver === false ? {type: 'no-line', afterMs, progress: this.#turns.progress} : {type: 'no-end', afterMs})
  }

  #fail(fault: ProbeFault): void {
    if (!this.#isDone) this.#finish(probeError(fault, this.#options))
  }

  #finish(error: ProbeError | undefined): void {
    if (this.#isDone) return
    this.cancel()
    const encoding = this.#options.replyEncoding ?? 'utf8'
    this.#done({
      totalMs: this.#elapsed(),
      reply: this.#chunks.length === 1 ? String(this.#chunks[0]?.toString(encoding)) : Buffer.concat(this.#chunks).toString(encoding),
      ...(this.#connectMs === undefined ? {} : {connectMs: this.#connectMs}),
      ...(this.#tlsMs === undefined ? {} : {tlsMs: this.#tlsMs}),
      ...(this.#firstByteMs === undefined ? {} : {firstByteMs: this.#firstByteMs}),
      ...(this.#turns === undefined ? {} : {messageMs: this.#turns.latenciesMs}),
      ...(this.#source === undefined ? {} : {source: this.#source}),
      ...(this.#peer === undefined ? {} : {peer: this.#peer}),
      ...(error === undefined ? {} : {error}),
    })
  }

  #elapsed(): number {
    return this.#options.now() - this.#startMs
  }
}
