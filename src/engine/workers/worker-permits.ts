import {LocalPermits} from '../permits.js'

/** The permits of all workers, counted in the primary; a worker that dies gives its own back. */
export class WorkerPermits<Worker> {
  readonly #permits = new LocalPermits()
  readonly #held = new Map<Worker, Map<string, number>>()

  acquire(worker: Worker, cluster: string, limit: number): boolean {
    let isGranted = false
    this.#permits.acquire(cluster, limit, (granted) => (isGranted = granted))
    if (isGranted) this.#count(worker, cluster, 1)
    return isGranted
  }

  release(worker: Worker, cluster: string): void {
    if ((this.#held.get(worker)?.get(cluster) ?? 0) === 0) return
    this.#count(worker, cluster, -1)
    this.#permits.release(cluster)
  }

  releaseAll(worker: Worker): void {
    for (const [cluster, count] of this.#held.get(worker) ?? []) for (let i = 0; i < count; i++) this.#permits.release(cluster)
    this.#held.delete(worker)
  }

  #count(worker: Worker, cluster: string, change: number): void {
    const held = this.#held.get(worker) ?? new Map<string, number>()
    held.set(cluster, (held.get(cluster) ?? 0) + change)
    this.#held.set(worker, held)
  }
}
