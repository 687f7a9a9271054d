import type {BoundRule} from '../bindings.js'
import type {ClusterOutcome} from '../clusters/clusters.js'
import type {ChainMatch, ServerTls} from '../routing.js'
import type {CompiledRoute} from '../tcp-route.js'
import type {TlsProblem} from '../tls/server-tls.js'
import type {Server} from './merge-servers.js'
import type {ServerKind} from './server-kind.js'

/** A chain as a server makes it, before it has a place in a listener. */
export interface ServedChain {
  /** Absent where no VirtualService takes part. */
  readonly rule?: BoundRule
  readonly match?: ChainMatch
  readonly tls?: ServerTls
  readonly compiled: CompiledRoute
  /** Clusters of its own making, where the route does not lead to the usual ones. */
  readonly clusters?: ReadonlyMap<string, ClusterOutcome>
}

/** A match of a `tls` block that is left out, since an earlier one on the port has some of its names. */
export interface DuplicateMatch {
  readonly rule: BoundRule
  readonly hosts: readonly string[]
}

/** A server with everything that it makes. */
export interface ServedServer {
  readonly server: Server
  readonly kind: ServerKind
  readonly chains: readonly ServedChain[]
  /** The one `tcp` rule it follows, where it follows those. */
  readonly winner?: BoundRule
  /** Rules whose weights are all 0. */
  readonly weightless: readonly BoundRule[]
  readonly duplicates: readonly DuplicateMatch[]
  /** Why no client's handshake can succeed. */
  readonly tlsProblem?: TlsProblem
}
