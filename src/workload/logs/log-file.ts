import {closeSync, existsSync, fstatSync, openSync, renameSync, rmSync, writeFileSync, writeSync} from 'node:fs'
import {mkdir, rm} from 'node:fs/promises'
import path from 'node:path'
import {systemClock, type Clock} from '../../base/clock.js'
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

/** Where the log of the container's run before this one lies; its own older half beside it. */
export function previousPath(file: string): string {
  return `${file}.previous`
}

/** A file that is there once nothing more will be written by this run. */
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
  #isRunOver = false
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

  /**
   * The container starts: what an earlier run wrote becomes the previous run's log. The first run after `open` takes a log that is there for that of
   * a former process's run.
   */
  beginRun(): void {
    if (this.#closed) return
    this.#flush()
    rmSync(endedPath(this.#path), {force: true}) // first: who opens the new log must not find it ended
    if (this.#isRunOver || this.#size > 0) this.#setAside() // not after a start that failed
    this.#isRunOver = false
  }

  /** The container has ended: those who follow its log have read it all. */
  endRun(): void {
    if (this.#closed) return
    this.#flush()
    this.#isRunOver = true
    writeFileSync(endedPath(this.#path), '')
  }

  /** Writes what is left and marks the log as ended. Calling it twice is fine. */
  close(): void {
    if (this.#closed) return
    this.endRun()
    this.#closed = true
    closeSync(this.#descriptor)
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

  #setAside(): void {
    const previous = previousPath(this.#path)
    rmSync(rotatedPath(previous), {force: true})
    if (existsSync(rotatedPath(this.#path))) renameSync(rotatedPath(this.#path), rotatedPath(previous))
    this.#moveTo(previous)
  }

  #rotate(): void {
    this.#moveTo(rotatedPath(this.#path))
  }

  #moveTo(place: string): void {
    renameSync(this.#path, place)
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
