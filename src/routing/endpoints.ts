import {groupBy} from './group-by.js'
import {keyOf, namespaceOf} from './naming.js'
import type {Endpoint} from './routing.js'
import type {EndpointSlice, Labels, Pod, Service, ServicePort, SliceEndpoint, Snapshot} from './snapshot.js'

const SERVICE_NAME = 'kubernetes.io/service-name'

/** An endpoint and the labels subsets choose by. */
export interface LabelledEndpoint {
  readonly endpoint: Endpoint
  readonly labels: Labels | undefined
}

export interface EndpointIndex {
  readonly slices: ReadonlyMap<string, readonly EndpointSlice[]>
  readonly pods: ReadonlyMap<string, Pod>
  /** By `namespace/IP`, for endpoints that name no pod. */
  readonly podsByAddress: ReadonlyMap<string, Pod>
}

export function indexEndpoints({endpointSlices, pods}: Snapshot): EndpointIndex {
  const owned = endpointSlices.filter(({metadata, addressType}) => metadata.labels?.[SERVICE_NAME] !== undefined && (addressType ?? 'IPv4') === 'IPv4')
  return {
    slices: groupBy(owned, (slice) => `${namespaceOf(slice)}/${slice.metadata.labels?.[SERVICE_NAME]}`),
    pods: new Map(pods.map((pod) => [keyOf(pod), pod])),
    podsByAddress: new Map(pods.flatMap((pod) => (pod.status?.podIP === undefined ? [] : [[`${namespaceOf(pod)}/${pod.status.podIP}`, pod]]))),
  }
}

/**
 * The ready endpoints of a Service port, each address once, in the slices' order. A slice belongs to the port by the port's name. An endpoint
 * of a pod that is gone is left out (istio serviceregistry/kube/controller/endpointslice.go).
 */
export function endpointsOf(service: Service, port: ServicePort, index: EndpointIndex): readonly LabelledEndpoint[] {
  const found = new Map<string, LabelledEndpoint>()
  for (const slice of index.slices.get(keyOf(service)) ?? []) {
    const slicePort = (slice.ports ?? []).find(({name}) => (name ?? '') === (port.name ?? ''))?.port
    if (slicePort === undefined) continue
    for (const entry of slice.endpoints ?? []) {
      if (!isReady(entry, service)) continue
      for (const address of entry.addresses) {
        const key = `${address}:${slicePort}`
        const labelled = found.has(key) ? undefined : resolve(entry, {address, port: slicePort}, index, namespaceOf(slice))
        if (labelled !== undefined) found.set(key, labelled)
      }
    }
  }
  return [...found.values()]
}

/** Unknown readiness counts as ready (EndpointConditions). */
function isReady({conditions}: SliceEndpoint, service: Service): boolean {
  return conditions?.ready !== false || service.spec?.publishNotReadyAddresses === true
}

function resolve({targetRef}: SliceEndpoint, endpoint: Endpoint, index: EndpointIndex, namespace: string): LabelledEndpoint | undefined {
  const isPod = targetRef?.kind === 'Pod'
  const pod = isPod ? index.pods.get(`${targetRef.namespace ?? namespace}/${targetRef.name ?? ''}`) : index.podsByAddress.get(`${namespace}/${endpoint.address}`)
  if (pod === undefined) return isPod ? undefined : {endpoint, labels: undefined}
  return {endpoint: {...endpoint, pod: keyOf(pod)}, labels: pod.metadata.labels}
}
