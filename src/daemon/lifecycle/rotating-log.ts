import {closeSync, existsSync, fstatSync, openSync, renameSync, statSync, writeSync} from 'node:fs'

const MAX_BYTES = 10 * 1024 * 1024

/**
 * The gateway process's log on disk: once it would be larger than `maxBytes` it becomes `<file>.1`, in place of the one before, and a new one is begun.
 * A text is never split between the two. Writing is synchronous, and a full disk costs lines of the log, not the gateway.
 */
export class RotatingLog {
  readonly #file: string
  readonly #maxBytes: number
  #descriptor: number
  #size: number

  /** Opens the log to be continued. Throws where the file cannot be opened. */
  constructor(file: string, maxBytes = MAX_BYTES) {
    this.#file = file
    this.#maxBytes = maxBytes
    this.#descriptor = openSync(file, 'a', 0o600)
    this.#size = fstatSync(this.#descriptor).size
  }

  write(text: string): void {
    const bytes = Buffer.from(text)
    try {
      if (this.#size > 0 && this.#size + bytes.length > this.#maxBytes) this.#rotate()
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done)
      this.#size += bytes.length
    } catch {
      // there is no other place to say it
    }
  }

  #rotate(): void {
    setAside(this.#file)
    const descriptor = openSync(this.#file, 'a', 0o600)
    closeSync(this.#descriptor)
    this.#descriptor = descriptor
    this.#size = 0
  }
}

/** For who is about to open the log for others: one that is full is put aside first. */
export function setAsideIfFull(file: string, maxBytes = MAX_BYTES): void {
  if ((statSync(file, {throwIfNoEntry: false})?.size ?? 0) > maxBytes) setAside(file)
}

function setAside(file: string): void {
  if (existsSync(file)) renameSync(file, `${file}.1`) // someone may have removed it
}
