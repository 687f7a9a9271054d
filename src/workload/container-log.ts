import {rename, rm, stat} from 'node:fs/promises'
import {endedPath, LogFile, rotatedPath, type LogFileOptions} from './log-file.js'

/** The log of the container's run before the present one (`logs --previous`), to be read like any other. */
export function previousLog(file: string): string {
  return file.replace(/\.log$/, '.previous.log')
}

/** The logs of one container: the present run's at `file`, and the last one's beside it. */
export class ContainerLog {
  readonly #file: string
  readonly #options: LogFileOptions
  #current: LogFile | undefined

  constructor(file: string, options: LogFileOptions) {
    this.#file = file
    this.#options = options
  }

  /** Begins the log of a new run. What is there becomes the previous one's. */
  async startRun(): Promise<void> {
    await this.#current?.close()
    if (await hasLines(this.#file)) await this.#keep()
    this.#current = await LogFile.open(this.#file, this.#options)
  }

  append(line: string): void {
    this.#current?.append(line)
  }

  /** Nothing more comes from this run: who follows the log has seen all. */
  async endRun(): Promise<void> {
    await this.#current?.close()
  }

  async #keep(): Promise<void> {
    const previous = previousLog(this.#file)
    for (const name of [rotatedPath, endedPath, (file: string) => file]) {
      await rm(name(previous), {force: true})
      await rename(name(this.#file), name(previous)).catch(ignoreMissing)
    }
  }
}

async function hasLines(file: string): Promise<boolean> {
  return ((await stat(file).catch(() => undefined))?.size ?? 0) > 0 // none yet
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
