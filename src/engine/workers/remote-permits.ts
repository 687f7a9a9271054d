import type {Permits} from '../permits.js'
import type {FromWorker} from './messages.js'

/** Permits asked of the primary process, which counts for all workers. */
export class RemotePermits implements Permits {
  readonly #waiting = new Map<number, (granted: boolean) => void>()
  #lastRequest = 0

  constructor(private readonly send: (message: FromWorker) => void) {}

  acquire(cluster: string, limit: number, answer: (granted: boolean) => void): void {
    const request = ++this.#lastRequest
    this.#waiting.set(request, answer)
    this.send({type: 'acquire', request, cluster, limit})
  }

  release(cluster: string): void {
    this.send({type: 'release', cluster})
  }

  /** Hands the primary's answer to the connection that waits for it. */
  answered(request: number, granted: boolean): void {
    const answer = this.#waiting.get(request)
    this.#waiting.delete(request)
    answer?.(granted)
  }
}
