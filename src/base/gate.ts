import {readlinkSync, symlinkSync, unlinkSync} from 'node:fs'
import {setTimeout as delay} from 'node:timers/promises'

export interface GateOptions {
  /** How long to wait for others before going ahead all the same. */
  readonly patienceMs?: number
}

const LOOK_AGAIN_MS = 1

/**
 * Lets processes that share a directory do something one after the other, waiting without blocking the event loop. Whoever is inside is named by a
 * symbolic link to its process id: made in one step, readable by all, and recognised as left behind when that process is gone.
 *
 * It is a courtesy that spares a real lock from being fought over, not a lock: after `patienceMs`, or where no link can be made, one goes ahead.
 */
export class Gate {
  readonly #link: string
  readonly #patienceMs: number

  constructor(link: string, {patienceMs = 1000}: GateOptions = {}) {
    this.#link = link
    this.#patienceMs = patienceMs
  }

  /** Does `act` when it is our turn. */
  async pass<T>(act: () => T): Promise<T> {
    await this.#enter()
    try {
      return act()
    } finally {
      if (this.#holder() === process.pid) this.#remove()
    }
  }

  async #enter(): Promise<void> {
    const deadlineMs = performance.now() + this.#patienceMs
    while (this.#isTaken()) {
      if (performance.now() > deadlineMs) return this.#remove()
      const holder = this.#holder()
      if (holder !== undefined && !isAlive(holder)) this.#remove()
      else await delay(LOOK_AGAIN_MS)
    }
  }

  /** Takes the gate, or says that somebody has it. */
  #isTaken(): boolean {
    try {
      symlinkSync(String(process.pid), this.#link)
      return false
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EEXIST'
    }
  }

  #holder(): number | undefined {
    try {
      return Number(readlinkSync(this.#link))
    } catch {
      // Gone in the meantime, or not to be read: nobody to wait for.
      return undefined
    }
  }

  #remove(): void {
    try {
      unlinkSync(this.#link)
    } catch {
      // Somebody else was quicker.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
