import {memoizeByIdentity} from '../../base/memoize.js'
import {buildCluster, isPassthrough, type BuiltCluster, type ClusterOutcome} from '../clusters/clusters.js'
import type {Endpoints} from '../clusters/endpoints.js'
import {meshOf, type View} from '../mesh.js'
import {titleOf} from '../naming.js'
import type {Cluster} from '../routing.js'
import type {Target} from '../services.js'
import {withoutRules} from './views.js'

/** The kernel's patience with a connect (tcp_syn_retries), there being no proxy to have its own. */
export const KERNEL_CONNECT_MS = 130_000

interface Taken {
  readonly target: Target
  readonly view: View
  readonly outcome: ClusterOutcome
  readonly isPlain: boolean
}

function isAlike(a: ClusterOutcome, b: ClusterOutcome): boolean {
  if (a.type !== 'cluster' || b.type !== 'cluster') return a.type === b.type
  return a === b || a.cluster.endpoints.length <= 1 === b.cluster.endpoints.length <= 1
}

/**
 * The clusters of all sidecars. Those of one name that look the same are one, under `mesh/<name>`; a sidecar that sees another one of that name
 * has it under `mesh/<namespace>/<name>`. Whoever has no sidecar goes by `plain/<name>`.
 */
export class ClusterKeys {
  /** By name: what it looks like → key. */
  readonly #known = new Map<string, Map<string, string>>()
  readonly #taken = new Map<string, Taken>()

  constructor(private readonly endpoints: Endpoints) {}

  get clusters(): Readonly<Record<string, Cluster>> {
    return Object.fromEntries(
      [...this.#taken].flatMap(([key, {outcome, isPlain}]) => {
        return outcome.type === 'cluster' ? [[key, isPlain ? plain(outcome.cluster) : outcome.cluster]] : []
      }),
    )
  }

  endpointCount(key: string): number {
    const outcome = this.#taken.get(key)?.outcome
    return outcome?.type === 'cluster' ? outcome.cluster.endpoints.length : 0
  }

  /** The key of a target as the view's sidecar sees it, and what stands behind it. */
  add(target: Target, view: View): {readonly key: string; readonly outcome: ClusterOutcome} {
    const outcome = buildCluster(target, meshOf(view, this.endpoints))
    if (outcome.type === 'cluster' && isPassthrough(outcome.policy)) return {key: this.addPlain(target, view), outcome}
    const looks = outcome.type === 'cluster' ? looksOf(outcome) : ''
    const known = this.#known.get(target.cluster) ?? new Map<string, string>()
    this.#known.set(target.cluster, known)
    const key = known.get(looks) ?? this.#freeKey(target.cluster, view.namespace)
    known.set(looks, key)
    if (!this.#taken.has(key)) this.#taken.set(key, {target, view, outcome, isPlain: false})
    return {key, outcome}
  }

  /** The endpoints as kube-proxy chooses among them: at random, without any policy. */
  addPlain(target: Target, view: View): string {
    const key = `plain/${target.cluster}`
    if (this.#taken.get(key)?.outcome.type === 'cluster') return key
    const bare = withoutRules(view)
    this.#taken.set(key, {target, view: bare, outcome: buildCluster(target, meshOf(bare, this.endpoints)), isPlain: true})
    return key
  }

  /**
   * The same keys with other endpoints. Undefined where chains may be others with them: a cluster has come or gone, or whether it has several endpoints
   * is not as before.
   */
  with(endpoints: Endpoints): ClusterKeys | undefined {
    if (endpoints === this.endpoints) return this
    const renewed = new ClusterKeys(endpoints)
    for (const [key, taken] of this.#taken) {
      const outcome = buildCluster(taken.target, meshOf(taken.view, endpoints))
      if (!isAlike(outcome, taken.outcome)) return undefined
      renewed.#taken.set(key, outcome === taken.outcome ? taken : {...taken, outcome})
    }
    return renewed
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

/** Whatever its endpoints are: where they come from, and what is made of them. */
const looksOf = memoizeByIdentity(({cluster: {endpoints: _, ...settings}, service, rule}: BuiltCluster) => {
  const sources = service.type === 'entry' ? service.entries : [service.object]
  return JSON.stringify([settings, rule?.subsets.get(settings.subset)?.labels, sources.map(titleOf)])
})
