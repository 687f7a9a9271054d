/**
 * Who may open one more connection to a cluster with `maxConnections` (Envoy's circuit breaker, which is one per gateway and cluster, not one
 * per worker). Answers by a call, since in a worker the one who knows is another process.
 */
export interface Permits {
  /** Takes a place where fewer than `limit` are taken, and says whether it did; whoever got one calls `release` once. */
  acquire(cluster: string, limit: number, answer: (granted: boolean) => void): void
  release(cluster: string): void
}

/** Places counted in this process. */
export class LocalPermits implements Permits {
  readonly #taken = new Map<string, number>()

  acquire(cluster: string, limit: number, answer: (granted: boolean) => void): void {
    const taken = this.#taken.get(cluster) ?? 0
    if (taken >= limit) return answer(false)
    this.#taken.set(cluster, taken + 1)
    answer(true)
  }

  release(cluster: string): void {
    const taken = this.#taken.get(cluster) ?? 0
    if (taken > 1) this.#taken.set(cluster, taken - 1)
    else this.#taken.delete(cluster)
  }
}
