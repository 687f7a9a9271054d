import type {KubeObject} from '../api/object.js'
import type {Credential} from './objects/credential.js'
import type {DestinationRule} from './objects/destination-rule.js'
import type {EndpointSlice} from './objects/endpoint-slice.js'
import type {Gateway} from './objects/gateway.js'
import type {GatewayClass, K8sGateway} from './objects/k8s-gateway.js'
import type {L4Route, ReferenceGrant} from './objects/l4-route.js'
import type {Pod} from './objects/pod.js'
import type {Service} from './objects/service.js'
import type {ServiceEntry, WorkloadEntry} from './objects/service-entry.js'
import type {VirtualService} from './objects/virtual-service.js'

/**
 * Everything routing depends on, at one moment. The interfaces ask for the fields that routing reads and nothing else, so that any richer
 * type of the same kind fits.
 */
export interface Snapshot {
  readonly gateways: readonly Gateway[]
  readonly virtualServices: readonly VirtualService[]
  readonly destinationRules: readonly DestinationRule[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly pods: readonly Pod[]
  readonly namespaces?: readonly KubeObject[]
  readonly serviceEntries?: readonly ServiceEntry[]
  readonly workloadEntries?: readonly WorkloadEntry[]
  readonly gatewayClasses?: readonly GatewayClass[]
  /** Of the Gateway API; `gateways` are Istio's. */
  readonly k8sGateways?: readonly K8sGateway[]
  readonly tcpRoutes?: readonly L4Route[]
  readonly tlsRoutes?: readonly L4Route[]
  readonly referenceGrants?: readonly ReferenceGrant[]
  /** What the objects refer to outside of themselves, by `CredentialRequest.key`: see `tls/credential-request.ts`. */
  readonly credentials?: Readonly<Record<string, Credential>>
  /** Host names of DNS clusters, with the addresses they had when they were last resolved. Absent: not resolved yet, or never could be. */
  readonly resolved?: Readonly<Record<string, readonly string[]>>
  /** Why the newest attempt to resolve a name failed; addresses it has are from before. */
  readonly lookupProblems?: Readonly<Record<string, string>>
}
