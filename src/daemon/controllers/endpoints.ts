import {isDeepStrictEqual} from 'node:util'
import type {EndpointSlice, SliceEndpoint} from '../../api/kinds/endpoint-slice.js'
import type {Endpoints} from '../../api/kinds/endpoints.js'
import type {Pod} from '../../api/kinds/pod.js'
import type {Service} from '../../api/kinds/service.js'
import {objectKey} from '../../api/object.js'
import {fnv1a} from '../../base/fnv.js'
import {NODE_NAME} from '../../resources/cluster.js'
import {safeEncode} from '../../resources/generate-name.js'
import {groupBy} from '../../routing/group-by.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'
import {controllerReference} from './ownership.js'
import {isServing} from './pod-readiness.js'
import {resolvePorts, type ResolvedPort} from './service-ports.js'

const SERVICE_NAME = 'kubernetes.io/service-name'
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'
const CONTROLLER = 'endpointslice-controller.k8s.io'

/**
 * The addresses behind each Service with a selector: EndpointSlices, one for each set of resolved ports (pods whose named or allotted ports
 * differ get slices of their own), and the older Endpoints object. Source: kubernetes endpointslice and endpoints controllers.
 */
export function planEndpoints(world: World): readonly Action[] {
  const podsByNamespace = groupBy(world.pods, ({metadata}) => metadata.namespace ?? '')
  const owned = world.endpointSlices.filter(({metadata}) => metadata.labels?.[MANAGED_BY] === CONTROLLER)
  const existing: Existing = {
    slices: groupBy(owned, ({metadata}) => objectKey({metadata: {...metadata, name: metadata.labels?.[SERVICE_NAME] ?? ''}})),
    endpoints: new Map(world.endpoints.map((endpoints) => [objectKey(endpoints), endpoints])),
  }
  return world.services
    .filter(({metadata, spec}) => metadata.deletionTimestamp === undefined && spec?.selector !== undefined && spec.type !== 'ExternalName')
    .flatMap((service) => planService(service, podsByNamespace.get(service.metadata.namespace ?? '') ?? [], existing))
}

/** What the controller made before, by the Service's key. */
interface Existing {
  readonly slices: ReadonlyMap<string, readonly EndpointSlice[]>
  readonly endpoints: ReadonlyMap<string, Endpoints>
}

function planService(service: Service, pods: readonly Pod[], known: Existing): readonly Action[] {
  const members = pods.filter((pod) => isSelected(service, pod) && isAddressed(pod))
  const slices = slicesOf(service, members)
  const existing = known.slices.get(objectKey(service)) ?? []
  const stale = existing.filter(({metadata}) => !slices.some((slice) => slice.metadata.name === metadata.name))
  return [
    ...slices.flatMap((slice) => planObject(slice, existing.find(({metadata}) => metadata.name === slice.metadata.name), ['endpoints', 'ports'])),
    ...stale.map((object): Action => ({type: 'delete', object})),
    ...planObject(endpointsOf(service, slices), known.endpoints.get(objectKey(service)), ['subsets']),
  ]
}

function isAddressed({status}: Pod): boolean {
  return status?.podIP !== undefined && status.phase !== 'Failed' && status.phase !== 'Succeeded'
}

function isSelected(service: Service, pod: Pod): boolean {
  return Object.entries(service.spec?.selector ?? {}).every(([key, value]) => pod.metadata.labels?.[key] === value)
}

function planObject<T extends EndpointSlice | Endpoints>(wanted: T, live: T | undefined, fields: readonly (keyof T)[]): readonly Action[] {
  if (live === undefined) return [{type: 'create', object: wanted}]
  if (fields.every((field) => isDeepStrictEqual(JSON.stringify(wanted[field]), JSON.stringify(live[field])))) return []
  return [{type: 'update', object: {...live, ...Object.fromEntries(fields.map((field) => [field, wanted[field]]))}}]
}

function slicesOf(service: Service, members: readonly Pod[]): readonly EndpointSlice[] {
  const groups = new Map<string, {ports: readonly ResolvedPort[]; pods: Pod[]}>()
  for (const pod of members) {
    const ports = resolvePorts(service, pod)
    const key = JSON.stringify(ports)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, {ports, pods: [pod]})
    else group.pods.push(pod)
  }
  if (groups.size === 0) return [sliceOf(service, [], [])]
  return [...groups.values()].map(({ports, pods}) => sliceOf(service, ports, pods))
}

function sliceOf(service: Service, ports: readonly ResolvedPort[], pods: readonly Pod[]): EndpointSlice {
  const {name, namespace = 'default', labels} = service.metadata
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-${safeEncode(fnv1a(`${name} ${JSON.stringify(ports)}`)).slice(-5)}`,
      namespace,
      labels: {...labels, [MANAGED_BY]: CONTROLLER, [SERVICE_NAME]: name},
      ownerReferences: [controllerReference(service)],
    },
    addressType: 'IPv4',
    endpoints: [...pods].sort(byName).map((pod) => endpointOf(pod, service)),
    ports: ports.map(({name: portName, port, protocol}) => ({name: portName, port, protocol})),
  } as EndpointSlice
}

/** A pod on its way out still serves, but is given nothing new. Source: kubernetes endpointslice `podToEndpoint`. */
function endpointOf(pod: Pod, {spec}: Service): SliceEndpoint {
  const serving = isServing(pod)
  const terminating = pod.metadata.deletionTimestamp !== undefined
  return {
    addresses: [pod.status?.podIP ?? ''],
    conditions: {ready: spec?.publishNotReadyAddresses === true || (serving && !terminating), serving, terminating},
    nodeName: pod.spec?.nodeName ?? NODE_NAME,
    targetRef: {kind: 'Pod', name: pod.metadata.name, namespace: pod.metadata.namespace ?? '', uid: pod.metadata.uid ?? ''},
  }
}

function byName(a: Pod, b: Pod): number {
  return a.metadata.name < b.metadata.name ? -1 : 1
}

/** The older object knows ready and not ready addresses only, and none of pods on their way out. */
function endpointsOf(service: Service, slices: readonly EndpointSlice[]): Endpoints {
  const {name, namespace = 'default', labels} = service.metadata
  const subsets = slices
    .map(({endpoints, ports}) => ({staying: (endpoints ?? []).filter(({conditions}) => conditions?.terminating !== true), ports}))
    .filter(({staying}) => staying.length > 0)
    .map(({staying, ports}) => {
      const addresses = (ready: boolean) =>
        staying
          .filter(({conditions}) => (conditions?.ready ?? true) === ready)
          .map(({addresses: [ip], nodeName, targetRef}) => ({ip, nodeName, targetRef}))
      const [ready, notReady] = [addresses(true), addresses(false)]
      return {...(ready.length === 0 ? {} : {addresses: ready}), ...(notReady.length === 0 ? {} : {notReadyAddresses: notReady}), ports}
    })
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name,
      namespace,
      labels: {...labels, 'endpoints.kubernetes.io/managed-by': 'endpoint-controller'},
      ownerReferences: [controllerReference(service)],
    },
    subsets,
  } as unknown as Endpoints
}
