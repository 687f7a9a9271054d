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

export interface Endpoints {
  /** The ready endpoints of a Service's port, each address once, in the slices' order. */
  of(service: Service, port: ServicePort): readonly LabelledEndpoint[]
}

/** What each Service has behind it. Computed once for each port that is asked for, since all subsets of a Service share it. */
export function indexEndpoints({endpointSlices, pods}: Snapshot): Endpoints {
  const owned = endpointSlices.filter(({metadata, addressType}) => metadata.labels?.[SERVICE_NAME] !== undefined && (addressType ?? 'IPv4') === 'IPv4')
  const slices = groupBy(owned, (slice) => `${namespaceOf(slice)}/${slice.metadata.labels?.[SERVICE_NAME]}`)
  const podIndex = indexPods(pods)
  const known = new Map<ServicePort, readonly LabelledEndpoint[]>()
  return {
    of(service, port) {
      const endpoints = known.get(port) ?? collect(service, port, {slices: slices.get(keyOf(service)) ?? [], pods: podIndex})
      known.set(port, endpoints)
      return endpoints
    },
  }
}

/** By namespace first: joined keys for ten thousand pods would cost more than all else in a compile. */
interface PodIndex {
  named(namespace: string, name: string): Pod | undefined
  /** For endpoints that name no pod. */
  at(namespace: string, address: string): Pod | undefined
}

function indexPods(pods: readonly Pod[]): PodIndex {
  const byNamespace = groupBy(pods, (pod) => namespaceOf(pod))
  const byName = new Map([...byNamespace].map(([namespace, group]) => [namespace, new Map(group.map((pod) => [pod.metadata.name, pod]))]))
  return {
    named: (namespace, name) => byName.get(namespace)?.get(name),
    at: (namespace, address) => byNamespace.get(namespace)?.find(({status}) => status?.podIP === address),
  }
}

/**
 * A slice belongs to a port by the port's name; not ready endpoints and those of a pod that is gone are left out
 * (istio serviceregistry/kube/controller/endpointslice.go).
 */
function collect(service: Service, port: ServicePort, {slices, pods}: {slices: readonly EndpointSlice[]; pods: PodIndex}): readonly LabelledEndpoint[] {
  const found: LabelledEndpoint[] = []
  const seen = new Set<string>()
  for (const slice of slices) {
    const slicePort = (slice.ports ?? []).find(({name}) => (name ?? '') === (port.name ?? ''))?.port
    if (slicePort === undefined) continue
    for (const entry of slice.endpoints ?? []) {
      if (!isReady(entry, service)) continue
      for (const address of entry.addresses) {
        const key = `${address}:${slicePort}`
        const labelled = seen.has(key) ? undefined : resolve(entry, {address, port: slicePort, namespace: namespaceOf(slice)}, pods)
        if (labelled === undefined) continue
        seen.add(key)
        found.push(labelled)
      }
    }
  }
  return found
}

/** Unknown readiness counts as ready (EndpointConditions). */
function isReady({conditions}: SliceEndpoint, service: Service): boolean {
  return conditions?.ready !== false || service.spec?.publishNotReadyAddresses === true
}

function resolve({targetRef}: SliceEndpoint, at: {address: string; port: number; namespace: string}, pods: PodIndex): LabelledEndpoint | undefined {
  const {address, port, namespace} = at
  const isPod = targetRef?.kind === 'Pod'
  const pod = isPod ? pods.named(targetRef.namespace ?? namespace, targetRef.name ?? '') : pods.at(namespace, address)
  if (pod === undefined) return isPod ? undefined : {endpoint: {address, port}, labels: undefined}
  if (pod.metadata.deletionTimestamp !== undefined) return undefined // its slice will say so in a moment
  return {endpoint: {address, port, pod: keyOf(pod)}, labels: pod.metadata.labels}
}
