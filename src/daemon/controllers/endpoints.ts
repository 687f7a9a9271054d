import {isDeepStrictEqual} from 'node:util'
import type {EndpointSlice, SliceEndpoint} from '../../api/kinds/endpoint-slice.js'
import type {Endpoints} from '../../api/kinds/endpoints.js'
import type {Pod} from '../../api/kinds/pod.js'
import type {Service} from '../../api/kinds/service.js'
import {objectKey} from '../../api/object.js'
import {memoizeByIdentity} from '../../base/memoize.js'
import {steadyLists} from '../../base/steady.js'
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
export function planEndpoints({services, pods, endpointSlices, endpoints}: World): readonly Action[] {
  return planned(services, pods, endpointSlices, endpoints)
}

/** Most changes of the world are about other kinds; of those that are not, most are about the pods of few Services. */
const planned = memoizeByIdentity((services: World['services'], pods: World['pods'], slices: World['endpointSlices'], endpoints: World['endpoints']): readonly Action[] => {
  const podsOf = indexPods(pods)
  const owned = groupBy(slices.filter(isOwn), ({metadata}) => objectKey({metadata: {...metadata, name: metadata.labels?.[SERVICE_NAME] ?? ''}}))
  const older = groupBy(endpoints, objectKey)
  return services
    .filter(({metadata, spec}) => metadata.deletionTimestamp === undefined && spec?.selector !== undefined && spec.type !== 'ExternalName')
    .flatMap((service) => {
      const key = objectKey(service)
      return planService(service, steadyParts(service)([...podsOf(service), ...(owned.get(key) ?? []), ...(older.get(key) ?? [])]))
    })
})

function isOwn({metadata}: EndpointSlice): boolean {
  return metadata.labels?.[MANAGED_BY] === CONTROLLER
}

type Part = Pod | EndpointSlice | Endpoints

const steadyParts = memoizeByIdentity((_: Service) => steadyLists<Part>())

/** `parts` are the pods behind the Service, and what the controller made for it before. */
const planService = memoizeByIdentity((service: Service, parts: readonly Part[]): readonly Action[] => {
  const ofKind = <T extends Part>(kind: T['kind']) => parts.filter((part): part is T => part.kind === kind)
  const existing = ofKind<EndpointSlice>('EndpointSlice')
  const slices = slicesOf(service, ofKind<Pod>('Pod'))
  const stale = existing.filter(({metadata}) => !slices.some((slice) => slice.metadata.name === metadata.name))
  return [
    ...slices.flatMap((slice) => planObject(slice, existing.find(({metadata}) => metadata.name === slice.metadata.name), ['endpoints', 'ports'])),
    ...stale.map((object): Action => ({type: 'delete', object})),
    ...planObject(endpointsOf(service, slices), ofKind<Endpoints>('Endpoints')[0], ['subsets']),
  ]
})

/** The pods with an address that a Service selects, looked for among those that have the first of its labels. */
function indexPods(pods: readonly Pod[]): (service: Service) => readonly Pod[] {
  const addressed = groupBy(pods.filter(isAddressed), ({metadata}) => metadata.namespace ?? '')
  const byLabel = new Map<string, ReadonlyMap<string | undefined, readonly Pod[]>>()
  return (service) => {
    const namespace = service.metadata.namespace ?? ''
    const inNamespace = addressed.get(namespace) ?? []
    const [first] = Object.entries(service.spec?.selector ?? {})
    if (first === undefined) return inNamespace
    const [label, value] = first
    const place = `${namespace}/${label}`
    const found = byLabel.get(place) ?? groupBy(inNamespace, ({metadata}) => metadata.labels?.[label])
    byLabel.set(place, found)
    return (found.get(value) ?? []).filter((pod) => isSelected(service, pod))
  }
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
function endpointOf(pod: Pod, {metadata, spec}: Service): SliceEndpoint {
  const serving = isServing(pod)
  const terminating = pod.metadata.deletionTimestamp !== undefined
  return {
    addresses: [pod.status?.podIP ?? ''],
    conditions: {ready: spec?.publishNotReadyAddresses === true || (serving && !terminating), serving, terminating},
    ...(pod.spec?.hostname !== undefined && pod.spec.subdomain === metadata.name && {hostname: pod.spec.hostname}),
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
          .map(({addresses: [ip], hostname, nodeName, targetRef}) => ({...(hostname !== undefined && {hostname}), ip, nodeName, targetRef}))
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
