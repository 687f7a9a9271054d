import {performance} from 'node:perf_hooks'
import {setTimeout as delay} from 'node:timers/promises'

/**
 * Keeps a loop from taking the whole processor while changes pour in: between two rounds it rests for as long as the last one took, though never longer
 * than `mostMs`, and meanwhile changes gather that one round then handles.
 */
export class Breather {
  #startedMs = 0

  constructor(private readonly mostMs: number) {}

  /** A round begins. */
  start(): void {
    this.#startedMs = performance.now()
  }

  /** Before another round: resolves when it may begin. */
  async rest(): Promise<void> {
    await delay(Math.min(performance.now() - this.#startedMs, this.mostMs))
  }
}
