import type {ConfigMap} from '../api/kinds/config-map.js'
import type {ControllerRevision} from '../api/kinds/controller-revision.js'
import type {DaemonSet} from '../api/kinds/daemon-set.js'
import type {Deployment} from '../api/kinds/deployment.js'
import type {DestinationRule} from '../api/kinds/destination-rule.js'
import type {EndpointSlice} from '../api/kinds/endpoint-slice.js'
import type {Endpoints} from '../api/kinds/endpoints.js'
import type {Event} from '../api/kinds/event.js'
import type {Gateway} from '../api/kinds/gateway.js'
import type {Job} from '../api/kinds/job.js'
import type {Namespace} from '../api/kinds/namespace.js'
import type {PersistentVolumeClaim} from '../api/kinds/persistent-volume-claim.js'
import type {Pod} from '../api/kinds/pod.js'
import type {ReplicaSet} from '../api/kinds/replica-set.js'
import type {Service} from '../api/kinds/service.js'
import type {Secret} from '../api/kinds/secret.js'
import type {ServiceAccount} from '../api/kinds/service-account.js'
import type {StatefulSet} from '../api/kinds/stateful-set.js'
import type {VirtualService} from '../api/kinds/virtual-service.js'
import type {KubeObject} from '../api/object.js'
import {groupBy} from '../routing/group-by.js'
import type {GatewayClass, K8sGateway} from '../routing/objects/k8s-gateway.js'
import type {L4Route, ReferenceGrant} from '../routing/objects/l4-route.js'
import type {ServiceEntry, WorkloadEntry} from '../routing/objects/service-entry.js'

/** Every object there is, at one moment: what the controllers look at. */
export interface World {
  /** Lists by kind: all objects, those of kinds without a list of their own below included. */
  readonly kinds: readonly (readonly KubeObject[])[]
  /** Of all objects. */
  readonly uids: ReadonlySet<string | undefined>
  readonly namespaces: readonly Namespace[]
  readonly nodes: readonly KubeObject[]
  readonly serviceAccounts: readonly ServiceAccount[]
  readonly deployments: readonly Deployment[]
  readonly replicaSets: readonly ReplicaSet[]
  readonly statefulSets: readonly StatefulSet[]
  readonly daemonSets: readonly DaemonSet[]
  readonly jobs: readonly Job[]
  readonly controllerRevisions: readonly ControllerRevision[]
  readonly volumeClaims: readonly PersistentVolumeClaim[]
  readonly pods: readonly Pod[]
  readonly services: readonly Service[]
  readonly endpoints: readonly Endpoints[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly events: readonly Event[]
  readonly gateways: readonly Gateway[]
  readonly virtualServices: readonly VirtualService[]
  readonly destinationRules: readonly DestinationRule[]
  readonly secrets: readonly Secret[]
  readonly configMaps: readonly ConfigMap[]
  readonly serviceEntries: readonly ServiceEntry[]
  readonly workloadEntries: readonly WorkloadEntry[]
  readonly gatewayClasses: readonly GatewayClass[]
  /** Of the Gateway API; `gateways` are Istio's. */
  readonly k8sGateways: readonly K8sGateway[]
  readonly tcpRoutes: readonly L4Route[]
  readonly tlsRoutes: readonly L4Route[]
  readonly referenceGrants: readonly ReferenceGrant[]
}

type Field = Exclude<keyof World, 'kinds' | 'uids'>

const FIELD_BY_KIND: Readonly<Record<string, Field>> = {
  'v1/Namespace': 'namespaces',
  'v1/Node': 'nodes',
  'v1/ServiceAccount': 'serviceAccounts',
  'apps/v1/Deployment': 'deployments',
  'apps/v1/ReplicaSet': 'replicaSets',
  'apps/v1/StatefulSet': 'statefulSets',
  'apps/v1/DaemonSet': 'daemonSets',
  'batch/v1/Job': 'jobs',
  'apps/v1/ControllerRevision': 'controllerRevisions',
  'v1/PersistentVolumeClaim': 'volumeClaims',
  'v1/Pod': 'pods',
  'v1/Service': 'services',
  'v1/Endpoints': 'endpoints',
  'discovery.k8s.io/v1/EndpointSlice': 'endpointSlices',
  'v1/Event': 'events',
  'networking.istio.io/v1/Gateway': 'gateways',
  'networking.istio.io/v1/VirtualService': 'virtualServices',
  'networking.istio.io/v1/DestinationRule': 'destinationRules',
  'v1/Secret': 'secrets',
  'v1/ConfigMap': 'configMaps',
  'networking.istio.io/v1/ServiceEntry': 'serviceEntries',
  'networking.istio.io/v1/WorkloadEntry': 'workloadEntries',
  'gateway.networking.k8s.io/v1/GatewayClass': 'gatewayClasses',
  'gateway.networking.k8s.io/v1/Gateway': 'k8sGateways',
  'gateway.networking.k8s.io/v1/TCPRoute': 'tcpRoutes',
  'gateway.networking.k8s.io/v1/TLSRoute': 'tlsRoutes',
  'gateway.networking.k8s.io/v1/ReferenceGrant': 'referenceGrants',
}

/** The list of a World that an object is in; undefined where it is among the `kinds` only. */
export function fieldOf({apiVersion, kind}: Pick<KubeObject, 'apiVersion' | 'kind'>): Field | undefined {
  return FIELD_BY_KIND[`${apiVersion}/${kind}`]
}

/** Sorts objects into a World by their kind. */
export function worldOf(objects: Iterable<KubeObject>): World {
  const kinds = [...groupBy(objects, ({apiVersion, kind}) => `${apiVersion}/${kind}`)]
  const byField = kinds.flatMap(([kind, list]) => (FIELD_BY_KIND[kind] === undefined ? [] : [[FIELD_BY_KIND[kind], list]]))
  return {...emptyLists(), ...Object.fromEntries(byField), kinds: kinds.map(([, list]) => list), uids: uidsOf(kinds.map(([, list]) => list))}
}

/** The `uids` of a World with these `kinds`. */
export function uidsOf(kinds: World['kinds']): World['uids'] {
  return new Set(kinds.flatMap((list) => list.map(({metadata}) => metadata.uid)))
}

function emptyLists(): Record<Field, never[]> {
  return {
    namespaces: [],
    nodes: [],
    serviceAccounts: [],
    deployments: [],
    replicaSets: [],
    statefulSets: [],
    daemonSets: [],
    jobs: [],
    controllerRevisions: [],
    volumeClaims: [],
    pods: [],
    services: [],
    endpoints: [],
    endpointSlices: [],
    events: [],
    gateways: [],
    virtualServices: [],
    destinationRules: [],
    secrets: [],
    configMaps: [],
    serviceEntries: [],
    workloadEntries: [],
    gatewayClasses: [],
    k8sGateways: [],
    tcpRoutes: [],
    tlsRoutes: [],
    referenceGrants: [],
  }
}
