import {PassThrough} from 'node:stream'
import {captureLines} from '../logs/capture-lines.js'
import {imageName} from './image-name.js'
import type {Attendance, Attendant, ContainerExit, RunningContainer, Runtime} from './runtime.js'

/** Images that tutorials start only to `exec` in them, and Istio's sidecar, whose work the gateway does. */
const IMAGES: ReadonlySet<string> = new Set(['alpine', 'bash', 'busybox', 'curl', 'curl-ssl', 'proxyv2', 'sleep'])

/** Runs nothing: the container is there until it is stopped, or until the program of a client that stands for it ends. */
export const idleRuntime: Runtime = {
  runs: (image) => IMAGES.has(imageName(image)),
  readsFiles: false,
  async start(_container, log) {
    return new IdleContainer(log)
  },
}

const KILLED = {exitCode: 137, signal: 'SIGKILL'}

class IdleContainer implements RunningContainer {
  readonly pid = undefined
  readonly execPrefix = undefined
  readonly ready = Promise.resolve()
  readonly exited: Promise<ContainerExit>
  readonly #log: (line: string) => void
  #end: (exit: ContainerExit) => void = () => undefined
  #client: Attendant | undefined

  constructor(log: (line: string) => void) {
    this.#log = log
    this.exited = new Promise((resolve) => (this.#end = resolve))
  }

  attend(client: Attendant): Attendance | undefined {
    if (this.#client !== undefined) return undefined
    this.#client = client
    const output = new PassThrough()
    captureLines(output, this.#log)
    return {
      output: (bytes) => void output.write(bytes),
      ended: (exit) => void output.end().once('end', () => this.#end(exit)), // after its last line
    }
  }

  async stop(graceMs: number): Promise<ContainerExit> {
    if (this.#client === undefined) this.#end({exitCode: 0})
    this.#client?.stop(graceMs)
    const killing = setTimeout(() => this.#end(KILLED), graceMs)
    try {
      return await this.exited
    } finally {
      clearTimeout(killing)
    }
  }
}
