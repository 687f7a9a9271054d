import {memoizeByIdentity} from '../../base/memoize.js'
import {groupBy} from '../group-by.js'
import {keyOf, namespaceOf} from '../naming.js'
import type {EndpointSlice, SliceEndpoint} from '../objects/endpoint-slice.js'
import type {Pod} from '../objects/pod.js'
import type {Service, ServicePort} from '../objects/service.js'
import type {Snapshot} from '../snapshot.js'
import type {LabelledEndpoint} from './endpoints.js'

const SERVICE_NAME = 'kubernetes.io/service-name'

/** EndpointSlices by the Service they belong to. */
export interface Slices {
  /** Ready endpoints of a port, as the slices list them. */
  of(service: Service, port: ServicePort): readonly LabelledEndpoint[]
}

/** The endpoints that IPv4 EndpointSlices give a Service's port. */
export function indexSlices({endpointSlices, pods}: Pick<Snapshot, 'endpointSlices' | 'pods'>): Slices {
  const owned = endpointSlices.filter(({metadata, addressType}) => metadata.labels?.[SERVICE_NAME] !== undefined && (addressType ?? 'IPv4') === 'IPv4')
  const slices = groupBy(owned, (slice) => `${namespaceOf(slice)}/${slice.metadata.labels?.[SERVICE_NAME]}`)
  const podIndex = indexPods(pods)
  return {
    of(service, port) {
      const publishesAll = service.spec?.publishNotReadyAddresses === true
      return (slices.get(keyOf(service)) ?? []).flatMap((slice) => readSlice(slice, podIndex, port.name ?? '', publishesAll))
    },
  }
}

/** By namespace first: joined keys for ten thousand pods would cost more than all else in a compile. */
interface PodIndex {
  named(namespace: string, name: string): Pod | undefined
  /** For endpoints that name no pod. */
  at(namespace: string, address: string): Pod | undefined
}

const indexPods = memoizeByIdentity((pods: readonly Pod[]): PodIndex => {
  const byNamespace = groupBy(pods, (pod) => namespaceOf(pod))
  const byName = new Map([...byNamespace].map(([namespace, group]) => [namespace, new Map(group.map((pod) => [pod.metadata.name, pod]))]))
  const byAddress = new Map<string, ReadonlyMap<string | undefined, Pod>>() // seldom needed, so made when it is
  const addressesOf = (namespace: string): ReadonlyMap<string | undefined, Pod> => {
    const found = byAddress.get(namespace) ?? new Map([...(byNamespace.get(namespace) ?? [])].reverse().map((pod) => [pod.status?.podIP, pod]))
    byAddress.set(namespace, found)
    return found
  }
  return {named: (namespace, name) => byName.get(namespace)?.get(name), at: (namespace, address) => addressesOf(namespace).get(address)}
})

/**
 * A slice belongs to a port by the port's name; not ready endpoints and those of a pod that is gone are left out
 * (istio serviceregistry/kube/controller/endpointslice.go).
 */
const readSlice = memoizeByIdentity((slice: EndpointSlice, pods: PodIndex, portName: string, publishesAll: boolean): readonly LabelledEndpoint[] => {
  const slicePort = (slice.ports ?? []).find(({name}) => (name ?? '') === portName)?.port
  if (slicePort === undefined) return []
  const ready = (slice.endpoints ?? []).filter((entry) => publishesAll || isReady(entry))
  return ready.flatMap((entry) => entry.addresses.flatMap((address) => resolve(entry, {address, port: slicePort, namespace: namespaceOf(slice)}, pods)))
})

/** Unknown readiness counts as ready (EndpointConditions). */
function isReady({conditions}: SliceEndpoint): boolean {
  return conditions?.ready !== false
}

function resolve({targetRef}: SliceEndpoint, at: {address: string; port: number; namespace: string}, pods: PodIndex): readonly LabelledEndpoint[] {
  const {address, port, namespace} = at
  const isPod = targetRef?.kind === 'Pod'
  const pod = isPod ? pods.named(targetRef.namespace ?? namespace, targetRef.name ?? '') : pods.at(namespace, address)
  if (pod === undefined) return isPod ? [] : [{endpoint: {address, port}, labels: undefined}]
  if (pod.metadata.deletionTimestamp !== undefined) return [] // its slice will say so in a moment
  return [{endpoint: {address, port, pod: keyOf(pod)}, labels: pod.metadata.labels}]
}
