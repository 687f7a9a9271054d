import {closeSync, constants, openSync, watch, writeSync, type FSWatcher} from 'node:fs'
import {Bell} from './bell.js'

export interface DoorbellOptions {
  /** How often listeners are called without a ring: a writer may be killed between its write and the ring. */
  readonly pollMs?: number
  /** The same where the system grants no file watch (its limit is reached, or a network file system). */
  readonly pollUnwatchedMs?: number
}

/**
 * A bell for all processes that share a file: ringing writes to the file, listeners have the system watch it (inotify, kqueue).
 * It carries no message and may ring once for several rings, or for none; a listener looks for itself what is new.
 * Watch and timer exist only while somebody listens.
 */
export class Doorbell {
  readonly #bell = new Bell()
  readonly #file: string
  readonly #fd: number
  readonly #pollMs: number
  readonly #pollUnwatchedMs: number
  #watcher: FSWatcher | undefined
  #timer: NodeJS.Timeout | undefined
  #isOpen = true

  /** Opens `file`, creating it readable for its owner only. Throws the system's error where that cannot be done. */
  constructor(file: string, {pollMs = 1000, pollUnwatchedMs = 50}: DoorbellOptions = {}) {
    this.#file = file
    this.#pollMs = pollMs
    this.#pollUnwatchedMs = pollUnwatchedMs
    this.#fd = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600)
  }

  /** Calls the listeners of this process at once and those of other processes as soon as the system tells them. Never throws. */
  ring(): void {
    try {
      writeSync(this.#fd, '!', 0)
    } catch {
      // What the ring is about has happened and must not look failed; other processes see it at their next poll.
    }
    this.#bell.ring()
  }

  /** Calls `listener` at every ring and every poll, until the returned function is called. */
  listen(listener: () => void): () => void {
    if (!this.#bell.isHeard) this.#start()
    const stop = this.#bell.listen(listener)
    return () => {
      stop()
      if (!this.#bell.isHeard) this.#stop()
    }
  }

  /** Lets go of the file. Listeners are called a last time. */
  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#stop()
    closeSync(this.#fd)
    this.#bell.ring()
  }

  #start(): void {
    try {
      this.#watcher = watch(this.#file, () => this.#bell.ring())
      this.#watcher.on('error', () => this.#poll(this.#pollUnwatchedMs))
      this.#poll(this.#pollMs)
    } catch {
      this.#poll(this.#pollUnwatchedMs)
    }
  }

  #poll(intervalMs: number): void {
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#bell.ring(), intervalMs)
  }

  #stop(): void {
    this.#watcher?.close()
    clearInterval(this.#timer)
    this.#watcher = undefined
    this.#timer = undefined
  }
}
