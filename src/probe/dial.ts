import {connect, type LookupFunction, type Socket} from 'node:net'
import {probeError, type ProbeFault} from './probe-error.js'
import type {ProbeError} from './observation.js'

/** No reply is kept beyond this; a server that talks for ever must not fill our memory. */
export const MAX_REPLY_BYTES = 1024 * 1024

export interface DialOptions {
  readonly host: string
  readonly port: number
  /** Sent at once after connecting, then the connection is half-closed, as `nc` does at the end of its input. */
  readonly message: string | Buffer
  /** For the whole of it, from connect to the end of the reply. */
  readonly timeoutMs: number
  readonly connectTimeoutMs: number
  /** Milliseconds, from any origin. */
  readonly now: () => number
  /** Names are resolved by this; by default anew by each dial. */
  readonly lookup?: LookupFunction | undefined
}

/** What became of one connection. Times in ms since the dial began. */
export interface DialResult {
  readonly connectMs?: number
  readonly firstByteMs?: number
  readonly totalMs: number
  readonly reply: string
  readonly source?: string
  readonly error?: ProbeError
}

/** One connection with nc's semantics: send, half-close, read to the end. `done` is called once, unless the dial is cancelled before. */
export class Dial {
  readonly #options: DialOptions
  readonly #done: (result: DialResult) => void
  readonly #socket: Socket
  readonly #startMs: number
  readonly #chunks: Buffer[] = []
  #bytes = 0
  #timer: NodeJS.Timeout
  #connectMs: number | undefined
  #firstByteMs: number | undefined
  #source: string | undefined
  #isDone = false

  constructor(options: DialOptions, done: (result: DialResult) => void) {
    const {host, port, lookup, connectTimeoutMs, timeoutMs} = options
    this.#options = options
    this.#done = done
    this.#startMs = options.now()
    this.#socket = connect({host, port, allowHalfOpen: true, noDelay: true, ...(lookup === undefined ? {} : {lookup})})
    const afterMs = Math.min(connectTimeoutMs, timeoutMs)
    this.#timer = setTimeout(() => this.#fail({type: 'no-connection', afterMs}), afterMs)
    this.#socket
      .on('connect', () => this.#connected())
      .on('data', (chunk) => this.#received(chunk))
      .on('end', () => this.#ended())
      .on('error', (error) => this.#fail({type: 'system', error}))
  }

  /** Drops the connection; `done` will not be called. */
  cancel(): void {
    this.#isDone = true
    clearTimeout(this.#timer)
    this.#socket.destroy()
  }

  #connected(): void {
    const {message, timeoutMs} = this.#options
    this.#connectMs = this.#elapsed()
    this.#source = formatAddress(this.#socket.localAddress, this.#socket.localPort)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#fail({type: 'no-end', afterMs: timeoutMs}), timeoutMs - this.#connectMs)
    this.#socket.end(message)
  }

  #received(chunk: Buffer): void {
    this.#firstByteMs ??= this.#elapsed()
    const room = MAX_REPLY_BYTES - this.#bytes
    this.#chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
    this.#bytes += Math.min(chunk.length, room)
    if (chunk.length > room) this.#fail({type: 'too-long', maxBytes: MAX_REPLY_BYTES})
  }

  #ended(): void {
    if (this.#bytes === 0) this.#fail({type: 'no-reply'})
    else this.#finish(undefined)
  }

  #fail(fault: ProbeFault): void {
    this.#finish(probeError(fault, this.#options))
  }

  #finish(error: ProbeError | undefined): void {
    if (this.#isDone) return
    this.cancel()
    this.#done({
      totalMs: this.#elapsed(),
      reply: this.#chunks.length === 1 ? String(this.#chunks[0]) : Buffer.concat(this.#chunks).toString(),
      ...(this.#connectMs === undefined ? {} : {connectMs: this.#connectMs}),
      ...(this.#firstByteMs === undefined ? {} : {firstByteMs: this.#firstByteMs}),
      ...(this.#source === undefined ? {} : {source: this.#source}),
      ...(error === undefined ? {} : {error}),
    })
  }

  #elapsed(): number {
    return this.#options.now() - this.#startMs
  }
}

function formatAddress(host: string | undefined, port: number | undefined): string | undefined {
  if (host === undefined || port === undefined) return undefined // reset before it could be asked
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
