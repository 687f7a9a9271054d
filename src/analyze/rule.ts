import type {Secret} from '../api/kinds/secret.js'
import type {RoutingFinding} from '../routing/routing.js'
import type {Finding} from './finding.js'
import type {AnalyzedPod, Inventory} from './inventory.js'
import type {Code} from './messages.js'

/** What a rule looks at. */
export interface RuleInput {
  readonly inventory: Inventory
  /** What `compile` said of the same objects. */
  readonly routing: readonly RoutingFinding[]
  /** Whether a Secret holds a certificate that is valid now, and the key that fits it: nothing a pure function can tell. */
  isUsable(secret: Secret): boolean
  /** Where the processes of a pod listen, as far as a running gateway tells: nothing but what runs knows. */
  listening(pod: AnalyzedPod): readonly PodSocket[]
}

export interface PodSocket {
  /** IPv4 in dots; IPv6 in full, without the shortening of zeros. */
  readonly address: string
  readonly port: number
}

/** One question put to all objects. */
export interface Rule {
  /** Istio's name for it where it is one of Istio's analyzers. */
  readonly name: string
  readonly description: string
  /** Every code it may report. */
  readonly codes: readonly Code[]
  /** Whether it reads Services, Namespaces, Nodes, Pods or Secrets: such analyzers istioctl skips where it has files alone. */
  readonly readsCoreKinds?: true
  check(input: RuleInput): Iterable<Finding>
}
