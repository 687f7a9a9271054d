import {closeSync, fstatSync, openSync, renameSync, writeSync} from 'node:fs'
import {mkdir, rm, writeFile} from 'node:fs/promises'
import path from 'node:path'
import {systemClock, type Clock} from '../base/clock.js'
import {formatLogRecord, formatLogTime} from './log-record.js'

/** The kubelet's `containerLogMaxSize`; one older file is kept beside the current one. */
const MAX_BYTES = 10 * 1024 * 1024
/** Lines are written once a turn, or when this much has come together in one. */
const BATCH_CHARS = 64 * 1024

export interface LogFileOptions {
  readonly clock?: Clock
  readonly maxBytes?: number
  /** Told once when lines cannot be written (a full disk), and again after writing has worked in between. Those lines are lost. */
  readonly report?: (error: unknown) => void
}

/** Where the older half of a log lies. */
export function rotatedPath(file: string): string {
  return `${file}.1`
}

/** A file that is there once nothing more will be written. */
export function endedPath(file: string): string {
  return `${file}.ended`
}

/**
 * The log of one container on disk, bounded by rotation. Other processes read it with `readLog` while it grows.
 * Writing is synchronous: a container that floods its output waits for the disk instead of filling our memory.
 */
export class LogFile {
  readonly #path: string
  readonly #clock: Clock
  readonly #maxBytes: number
  readonly #report: (error: unknown) => void
  #descriptor: number
  #size: number
  #batch = ''
  #time = {ms: Number.NaN, text: ''}
  #failing = false
  #closed = false

  /** Opens the log to be continued, and makes its directory. */
  static async open(file: string, options: LogFileOptions = {}): Promise<LogFile> {
    await mkdir(path.dirname(file), {recursive: true, mode: 0o700})
    await rm(endedPath(file), {force: true})
    return new LogFile(file, options)
  }

  private constructor(file: string, {clock = systemClock, maxBytes = MAX_BYTES, report = () => {}}: LogFileOptions) {
    this.#path = file
    this.#clock = clock
    this.#maxBytes = maxBytes
    this.#report = report
    this.#descriptor = openSync(file, 'a', 0o600)
    this.#size = fstatSync(this.#descriptor).size
  }

  /** Adds one line, which must not contain a newline. It is in the file at the end of this turn. */
  append(text: string): void {
    if (this.#closed) return
    if (this.#batch === '') setImmediate(() => this.#flush())
    this.#batch += `${formatLogRecord({time: this.#now(), text})}\n`
    if (this.#batch.length >= BATCH_CHARS) this.#flush()
  }

  /** Writes what is left and marks the log as ended. Calling it twice is fine. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#flush()
    this.#closed = true
    closeSync(this.#descriptor)
    await writeFile(endedPath(this.#path), '')
  }

  #flush(): void {
    if (this.#batch === '' || this.#closed) return
    const bytes = Buffer.from(this.#batch)
    this.#batch = ''
    try {
      if (this.#size > 0 && this.#size + bytes.length > this.#maxBytes) this.#rotate()
      this.#size += writeWhole(this.#descriptor, bytes)
      this.#failing = false
    } catch (error) {
      if (!this.#failing) this.#report(error)
      this.#failing = true
    }
  }

  #rotate(): void {
    renameSync(this.#path, rotatedPath(this.#path))
    const descriptor = openSync(this.#path, 'a', 0o600)
    closeSync(this.#descriptor)
    this.#descriptor = descriptor
    this.#size = 0
  }

  /** Formatting a time costs more than the rest of a line, and a busy log has many lines in one millisecond. */
  #now(): string {
    const ms = this.#clock.now()
    if (ms !== this.#time.ms) this.#time = {ms, text: formatLogTime(ms)}
    return this.#time.text
  }
}

function writeWhole(descriptor: number, bytes: Buffer): number {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
  return bytes.length
}
