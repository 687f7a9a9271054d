import type {Clock} from '../base/clock.js'
import type {Random} from '../base/random.js'
import type {ClusterLoad} from './cluster-load.js'
import type {Connection} from './connection.js'
import type {Counters} from './counters.js'
import type {AccessRecord} from './engine.js'
import type {Permits} from './permits.js'
import type {ServingListener} from './serving.js'
import type {TlsClients} from './tls/tls-clients.js'

/** What the connections of one engine share. */
export interface ConnectionContext {
  readonly random: Random
  readonly clock: Clock
  readonly counters: Counters
  readonly permits: Permits
  readonly tlsClients: TlsClients
  /** By the cluster's key in the routing, as the counters and permits. */
  readonly loadOf: (clusterKey: string) => ClusterLoad
  /** The listener as it is now, undefined where it is gone. */
  readonly servingOf: (listener: string) => ServingListener | undefined
  /** Called once, when both sides are closed. */
  readonly onEnd: (connection: Connection) => void
  readonly onAccess: ((record: AccessRecord) => void) | undefined
}
