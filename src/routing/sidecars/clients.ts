import {groupBy} from '../group-by.js'
import {namespaceOf} from '../naming.js'
import type {Labels} from '../../api/labels.js'
import type {Pod} from '../objects/pod.js'

/** A pod as the source of connections. */
export interface Client {
  readonly namespace: string
  readonly labels: Labels
  readonly address: string
}

/** Who may connect, as far as addresses tell. */
export interface Clients {
  /** Pods with a sidecar, by namespace. */
  readonly inMesh: ReadonlyMap<string, readonly Client[]>
  /** Addresses of pods without one: nothing of Istio's is between them and a Service. */
  readonly outside: readonly string[]
  readonly inMeshAddresses: ReadonlySet<string>
}

/** A client whose address is no pod's counts as a pod in here, without labels and with a sidecar. */
export const ELSEWHERE: Omit<Client, 'address'> = {namespace: 'default', labels: {}}

/** Pods whose address is also another's, or the machine's, cannot be told apart and count as no pods. */
export function indexClients(pods: readonly Pod[]): Clients {
  const living = pods.filter(({metadata, status}) => metadata.deletionTimestamp === undefined && (status?.podIP ?? '') !== '')
  const told = [...groupBy(living, ({status}) => status?.podIP ?? '')].flatMap(([address, [pod, ...others]]) => {
    return pod === undefined || others.length > 0 || address === '127.0.0.1' ? [] : [{pod, address}]
  })
  const [inside, outside] = [told.filter(({pod}) => hasSidecar(pod)), told.filter(({pod}) => !hasSidecar(pod))]
  const clients = inside.map(({pod, address}): Client => ({namespace: namespaceOf(pod), labels: pod.metadata.labels ?? {}, address}))
  return {
    inMesh: groupBy(clients, ({namespace}) => namespace),
    outside: outside.map(({address}) => address),
    inMeshAddresses: new Set(clients.map(({address}) => address)),
  }
}

/** Istio puts the proxy among the containers, or, as a native sidecar, among the init containers. */
function hasSidecar({spec}: Pod): boolean {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].some(({name}) => name === 'istio-proxy')
}
