import {podType, type Pod} from '../../api/kinds/pod.js'
import {isNotFound} from '../../api/status-error.js'
import type {Resources} from '../../resources/resources.js'
import {podStatus, type PodFacts} from './pod-status.js'

export interface PodReporterOptions {
  readonly pod: Pod
  readonly resources: Resources
  /** The present state. */
  readonly facts: () => Omit<PodFacts, 'startMs' | 'nowMs'>
  readonly report: (error: unknown) => void
}

/** Writes a pod's state to the store as its status. */
export class PodReporter {
  readonly #options: PodReporterOptions
  readonly #startMs: number
  #writing: Promise<void> | undefined
  #again = false
  #closed = false

  constructor(options: PodReporterOptions) {
    this.#options = options
    this.#startMs = options.resources.clock.now()
  }

  /** The state has changed. Calls during a write are answered by one more write after it. */
  changed(): void {
    this.#again = true
    this.#writing ??= this.#writeWhileNeeded()
      .catch(this.#options.report)
      .finally(() => {
        this.#writing = undefined
        if (this.#again && !this.#closed) this.changed() // it changed just after the last look
      })
  }

  /** Nothing is written any more; resolves when the last write is done. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#writing
  }

  async #writeWhileNeeded(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false
      await this.#write()
    }
  }

  async #write(): Promise<void> {
    const {pod, resources, facts} = this.#options
    const {name, namespace} = pod.metadata
    const times = {startMs: this.#startMs, nowMs: resources.clock.now()}
    try {
      await resources.mutateStatus<Pod>(podType, {namespace, name}, (live) => {
        const isOurs = live.metadata.uid === pod.metadata.uid // and not another of the same name
        return isOurs ? {...live, status: podStatus(live, {...facts(), ...times})} : live
      })
    } catch (error) {
      if (!isNotFound(error)) throw error // deleted under us: the kubelet will stop this runner
    }
  }
}
