import {watch} from 'node:fs'

/** A look at the file is never further away than this: not every file system tells of changes, and watches can run out (inotify limits). */
const FALLBACK_MS = 1000

/** Waits for changes in a directory. A change between two waits ends the next one at once. */
export class FileChanges {
  #changed = false
  #wake = (): void => {}
  readonly #close: () => void

  constructor(directory: string) {
    const notice = () => {
      this.#changed = true
      this.#wake()
    }
    const timer = setInterval(notice, FALLBACK_MS)
    try {
      const watcher = watch(directory, notice).on('error', notice)
      this.#close = () => {
        clearInterval(timer)
        watcher.close()
      }
    } catch {
      this.#close = () => clearInterval(timer) // no watch to be had, or no directory yet: the timer does
    }
  }

  /** Resolves after the next change, or when the signal is aborted. */
  async next(signal?: AbortSignal): Promise<void> {
    if (!this.#changed && signal?.aborted !== true) await this.#change(signal)
    this.#changed = false
  }

  close(): void {
    this.#close()
  }

  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      this.#wake = wake
      signal?.addEventListener('abort', wake, {once: true})
    })
  }
}
