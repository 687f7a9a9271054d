import type {Clock} from '../base/clock.js'
import type {Random} from '../base/random.js'
import type {ClusterLoad} from './cluster-load.js'
import type {Counters} from './counters.js'
import type {AccessRecord} from './engine.js'
import type {Permits} from './permits.js'
import type {ServingListener} from './serving.js'

/** What the connections of one engine share, whatever sockets it is made of. */
export interface EngineContext {
  readonly random: Random
  readonly clock: Clock
  readonly counters: Counters
  readonly permits: Permits
  /** By the cluster's key in the routing, as the counters and permits. */
  readonly loadOf: (clusterKey: string) => ClusterLoad
  /** The listener as it is now, undefined where it is gone. */
  readonly servingOf: (listener: string) => ServingListener | undefined
  readonly onAccess: ((record: AccessRecord) => void) | undefined
}
