import type {Routing} from '../../routing/routing.js'
import {type ConnectOutcome, type EndpointHealth, NONE_EJECTED, updatedSet} from '../health/endpoint-health.js'
import type {ReportedOutcome, ToWorker} from './messages.js'

type Health = Extract<ToWorker, {type: 'health'}>

/**
 * The primary process's view of the endpoints, in a worker. Failures are told it always, successes only of endpoints that failed before, here or
 * elsewhere: those of healthy ones would change nothing.
 */
export class RemoteHealth implements EndpointHealth {
  readonly #ejected = new Map<string, ReadonlySet<string>>()
  /** By cluster: endpoints whose next success matters. */
  readonly #suspects = new Map<string, Set<string>>()

  constructor(private readonly tell: (outcome: ReportedOutcome) => void) {}

  ejected(clusterKey: string): ReadonlySet<string> {
    return this.#ejected.get(clusterKey) ?? NONE_EJECTED
  }

  report(clusterKey: string, endpoint: string, outcome: ConnectOutcome): void {
    const suspects = this.#suspects.get(clusterKey)
    if (outcome === 'connected') {
      if (suspects?.delete(endpoint) === true) this.tell([clusterKey, endpoint, outcome])
      return
    }
    if (suspects === undefined) this.#suspects.set(clusterKey, new Set([endpoint]))
    else suspects.add(endpoint)
    this.tell([clusterKey, endpoint, outcome])
  }

  /** Takes over what the primary says of one cluster. */
  update({cluster, ejected, suspects}: Health): void {
    if (ejected.length > 0) this.#ejected.set(cluster, updatedSet(this.ejected(cluster), ejected))
    else this.#ejected.delete(cluster)
    if (suspects.length > 0) this.#suspects.set(cluster, new Set(suspects))
    else this.#suspects.delete(cluster)
  }

  /** Forgets clusters that are not in the routing any more. */
  keep(clusters: Routing['clusters']): void {
    for (const known of [this.#ejected, this.#suspects]) for (const key of known.keys()) if (!Object.hasOwn(clusters, key)) known.delete(key)
  }
}
