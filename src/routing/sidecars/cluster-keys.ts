import {memoizeByIdentity} from '../../base/memoize.js'
import {buildCluster, isPassthrough, type ClusterOutcome} from '../clusters/clusters.js'
import type {Mesh} from '../mesh.js'
import type {Cluster} from '../routing.js'
import type {Target} from '../services.js'
import {withoutRules} from './views.js'

/** The kernel's patience with a connect (tcp_syn_retries), there being no proxy to have its own. */
export const KERNEL_CONNECT_MS = 130_000

/**
 * The clusters of all sidecars. Those of one name that look the same are one, under `mesh/<name>`; a sidecar that sees another one of that name
 * has it under `mesh/<namespace>/<name>`. Whoever has no sidecar goes by `plain/<name>`.
 */
export class ClusterKeys {
  /** By name: what it looks like → key. */
  readonly #known = new Map<string, Map<string, string>>()
  readonly #clusters = new Map<string, Cluster>()
  readonly #taken = new Set<string>()

  get clusters(): Readonly<Record<string, Cluster>> {
    return Object.fromEntries(this.#clusters)
  }

  endpointCount(key: string): number {
    return this.#clusters.get(key)?.endpoints.length ?? 0
  }

  /** The key of a target as the view's sidecar sees it, and what stands behind it. */
  add(target: Target, view: Mesh): {readonly key: string; readonly outcome: ClusterOutcome} {
    const outcome = buildCluster(target, view)
    if (outcome.type === 'cluster' && isPassthrough(outcome.policy)) return {key: this.addPlain(target, view), outcome}
    const looks = outcome.type === 'cluster' ? looksOf(outcome.cluster) : ''
    const known = this.#known.get(target.cluster) ?? new Map<string, string>()
    this.#known.set(target.cluster, known)
    const key = known.get(looks) ?? this.#freeKey(target.cluster, view.namespace)
    known.set(looks, key)
    this.#taken.add(key)
    if (outcome.type === 'cluster') this.#clusters.set(key, outcome.cluster)
    return {key, outcome}
  }

  /** The endpoints as kube-proxy chooses among them: at random, without any policy. */
  addPlain(target: Target, view: Mesh): string {
    const key = `plain/${target.cluster}`
    if (this.#clusters.has(key)) return key
    const outcome = buildCluster(target, withoutRules(view))
    if (outcome.type !== 'cluster') return key
    this.#clusters.set(key, plain(outcome.cluster))
    return key
  }

  #freeKey(name: string, namespace: string): string {
    const keys = [`mesh/${name}`, `mesh/${namespace}/${name}`]
    for (let i = 2; ; i++) {
      const free = keys.find((key) => !this.#taken.has(key))
      if (free !== undefined) return free
      keys.push(`mesh/${namespace}/${i}/${name}`)
    }
  }
}

const plain = memoizeByIdentity(({name, host, port, subset, endpoints}: Cluster): Cluster => {
  return {name, host, port, subset, endpoints, loadBalancer: 'RANDOM', connectTimeoutMs: KERNEL_CONNECT_MS, maxConnections: 0}
})

const looksOf = memoizeByIdentity((cluster: Cluster) => JSON.stringify(cluster))
