import type {Deployment} from '../api/kinds/deployment.js'
import type {Secret} from '../api/kinds/secret.js'
import type {KubeObject, JsonObject} from '../api/object.js'
import type {Labels} from '../api/labels.js'
import type {DestinationRule} from '../routing/objects/destination-rule.js'
import type {Gateway} from '../routing/objects/gateway.js'
import type {K8sGateway} from '../routing/objects/k8s-gateway.js'
import type {Pod} from '../routing/objects/pod.js'
import type {ServiceEntry} from '../routing/objects/service-entry.js'
import type {Service} from '../routing/objects/service.js'
import type {VirtualService} from '../routing/objects/virtual-service.js'
import {fullName, type AnalyzedObject} from './analyzed-object.js'

/** As much of a pod as analysis looks at. */
export interface AnalyzedPod extends KubeObject {
  readonly spec?: Pod['spec'] & PodSpec
  readonly status?: Pod['status']
}

export interface PodSpec {
  readonly nodeName?: string
  readonly hostNetwork?: boolean
  readonly containers?: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly securityContext?: {readonly runAsUser?: number}
}

export interface Container {
  readonly name?: string
  readonly image?: string
  readonly securityContext?: {readonly runAsUser?: number}
  readonly ports?: readonly {readonly name?: string; readonly containerPort?: number}[]
}

export interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>
}

export interface WithStatus extends KubeObject {
  readonly status?: JsonObject
}

/** Everything to analyze, by kind; what the rules read. */
export interface Inventory {
  readonly all: readonly AnalyzedObject[]
  readonly gateways: readonly AnalyzedObject<Gateway>[]
  readonly virtualServices: readonly AnalyzedObject<VirtualService>[]
  readonly destinationRules: readonly AnalyzedObject<DestinationRule>[]
  readonly serviceEntries: readonly AnalyzedObject<ServiceEntry>[]
  /** Of the Gateway API. */
  readonly k8sGateways: readonly AnalyzedObject<K8sGateway>[]
  readonly services: readonly AnalyzedObject<Service>[]
  readonly pods: readonly AnalyzedObject<AnalyzedPod>[]
  readonly deployments: readonly AnalyzedObject<Deployment>[]
  readonly namespaces: readonly AnalyzedObject[]
  readonly nodes: readonly AnalyzedObject[]
  readonly secrets: readonly AnalyzedObject<Secret>[]
  readonly configMaps: readonly AnalyzedObject<ConfigMap>[]
  /** The object of a list that has this `namespace/name` (or name). */
  find<T extends KubeObject>(list: readonly AnalyzedObject<T>[], key: string): AnalyzedObject<T> | undefined
}

/** Namespaces no source of istioctl looks into (istio inject.IgnoredNamespaces). */
const IGNORED = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'])

/** Sorts objects into an Inventory. Kinds are told apart by group and name: every served version counts. */
export function takeInventory(objects: readonly AnalyzedObject[]): Inventory {
  const seen = objects.filter(({object}) => !IGNORED.has(object.kind === 'Namespace' ? object.metadata.name : (object.metadata.namespace ?? '')))
  const byKind = new Map<string, AnalyzedObject[]>()
  for (const subject of seen) append(byKind, groupKindOf(subject.object), subject)
  const of = <T extends KubeObject>(groupKind: string): readonly AnalyzedObject<T>[] => (byKind.get(groupKind) ?? []) as unknown as readonly AnalyzedObject<T>[]
  return {
    all: seen,
    gateways: of('networking.istio.io/Gateway'),
    virtualServices: of('networking.istio.io/VirtualService'),
    destinationRules: of('networking.istio.io/DestinationRule'),
    serviceEntries: of('networking.istio.io/ServiceEntry'),
    k8sGateways: of('gateway.networking.k8s.io/Gateway'),
    services: of('Service'),
    pods: of('Pod'),
    deployments: of('apps/Deployment'),
    namespaces: of('Namespace'),
    nodes: of('Node'),
    secrets: of('Secret'),
    configMaps: of('ConfigMap'),
    find: finder(),
  }
}

/** `networking.istio.io/Gateway`, `Pod`. */
export function groupKindOf({apiVersion, kind}: KubeObject): string {
  const slash = apiVersion.indexOf('/')
  return slash === -1 ? kind : `${apiVersion.slice(0, slash)}/${kind}`
}

/** An index per list, made when it is first asked for. */
function finder(): Inventory['find'] {
  const indexes = new Map<readonly AnalyzedObject[], ReadonlyMap<string, AnalyzedObject>>()
  return <T extends KubeObject>(list: readonly AnalyzedObject<T>[], key: string) => {
    const index = indexes.get(list) ?? new Map(list.map((subject) => [fullName(subject.object), subject]))
    indexes.set(list, index)
    return index.get(key) as AnalyzedObject<T> | undefined
  }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** Labels as they are written, none where there are none. */
export function labelsOf({metadata}: KubeObject): Labels {
  return metadata.labels ?? {}
}
