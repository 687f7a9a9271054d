import {stat} from 'node:fs/promises'

const POLL_MS = 1000

/**
 * Tells when files change, appear or go, within a second. It looks rather than be told: a file that is replaced by renaming, or through a link to
 * another directory as in a mounted Secret, escapes the system's notifications.
 */
export class FileWatch {
  readonly #changed: () => void
  #states: ReadonlyMap<string, string> = new Map()
  #paths: readonly string[] = []
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** From now on these files are watched, and no others. Resolves when their present state is known: a change after that is told. */
  async watch(paths: readonly string[]): Promise<void> {
    this.#paths = [...new Set(paths)]
    this.#states = await this.#look()
    this.#schedule()
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    if (!this.#isClosed && this.#paths.length > 0) this.#timer = setTimeout(() => void this.#poll(), POLL_MS)
  }

  async #poll(): Promise<void> {
    const paths = this.#paths
    const states = await this.#look()
    if (this.#isClosed || paths !== this.#paths) return
    const hasChanged = paths.some((path) => states.get(path) !== this.#states.get(path))
    this.#states = states
    this.#schedule()
    if (hasChanged) this.#changed()
  }

  async #look(): Promise<ReadonlyMap<string, string>> {
    return new Map(await Promise.all(this.#paths.map(async (path) => [path, await stateOf(path)] as const)))
  }
}

async function stateOf(path: string): Promise<string> {
  try {
    const {ino, size, mtimeMs, ctimeMs} = await stat(path)
    return `${ino} ${size} ${mtimeMs} ${ctimeMs}`
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code)
  }
}
