import {parseAllDocuments} from 'yaml'
import type {KubeObject} from '../../src/api/object.js'
import type {Proxy} from '../../src/routing/proxy.js'
import type {EndpointSlice} from '../../src/routing/objects/endpoint-slice.js'
import type {Gateway} from '../../src/routing/objects/gateway.js'
import type {GatewayClass, K8sGateway} from '../../src/routing/objects/k8s-gateway.js'
import type {Pod} from '../../src/routing/objects/pod.js'
import type {Service} from '../../src/routing/objects/service.js'
import type {Snapshot} from '../../src/routing/snapshot.js'

export const INGRESS_PROXY: Proxy = {namespace: 'istio-system', labels: {app: 'istio-ingressgateway', istio: 'ingressgateway'}, domain: 'cluster.local'}

const INGRESS_SERVICE: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {name: 'istio-ingressgateway', namespace: 'istio-system'},
  spec: {
    selector: INGRESS_PROXY.labels,
    ports: [
      {name: 'http2', port: 80, targetPort: 8080, nodePort: 30709},
      {name: 'https', port: 443, targetPort: 8443, nodePort: 31482},
      {name: 'tcp', port: 31400, targetPort: 31400, nodePort: 32432},
    ],
  },
}

interface Deployment extends KubeObject {
  readonly spec: {readonly replicas?: number; readonly template: Pod}
}

/** Manifests as a cluster would hold them: with the ingress gateway, and with the Pods and EndpointSlices that its Deployments and Services lead to. */
export function snapshotOf(manifest: string): Snapshot {
  const documents = parseAllDocuments(manifest).map((document) => document.toJS() as KubeObject | null)
  const objects = documents.filter((object) => object !== null).map((object) => ({...object, metadata: {namespace: 'default', ...object.metadata}}))
  const ofKind = <T extends KubeObject>(kind: string): T[] => objects.filter((object) => object.kind === kind) as unknown as T[]
  const services = ofKind<Service>('Service')
  const hasIngress = services.some(({metadata}) => metadata.name === INGRESS_SERVICE.metadata.name)
  const pods = [...ofKind<Pod>('Pod'), ...ofKind<Deployment>('Deployment').flatMap(podsOf)]
  return {
    gateways: ofKind<Gateway>('Gateway').filter((object) => !isK8s(object)),
    virtualServices: ofKind('VirtualService'),
    destinationRules: ofKind('DestinationRule'),
    services: hasIngress ? services : [INGRESS_SERVICE, ...services],
    endpointSlices: [...ofKind<EndpointSlice>('EndpointSlice'), ...services.filter(({spec}) => spec?.selector).map((service) => sliceOf(service, pods))],
    pods,
    namespaces: namespacesOf(objects),
    serviceEntries: ofKind('ServiceEntry'),
    workloadEntries: ofKind('WorkloadEntry'),
    gatewayClasses: [ISTIO_CLASS, ...ofKind<GatewayClass>('GatewayClass')],
    k8sGateways: ofKind<K8sGateway>('Gateway').filter(isK8s),
    tcpRoutes: ofKind('TCPRoute'),
    tlsRoutes: ofKind('TLSRoute'),
    referenceGrants: ofKind('ReferenceGrant'),
    ...factsOf(objects),
  }
}

/** What is gathered outside the store, written as a document of its own: `{kind: Facts, resolved: …, credentials: …}`. */
function factsOf(objects: readonly KubeObject[]): Pick<Snapshot, 'credentials' | 'resolved' | 'lookupProblems'> {
  const facts: (KubeObject & Snapshot) | undefined = objects.find(({kind}) => kind === 'Facts') as (KubeObject & Snapshot) | undefined
  const {credentials = {}, resolved = {}, lookupProblems = {}} = facts ?? {}
  return {credentials, resolved, lookupProblems}
}

/** Manifests of tests leave the version out where the kind says enough: a bare Gateway is Istio's. */
const isK8s = ({apiVersion}: Partial<KubeObject>) => apiVersion?.startsWith('gateway.networking.k8s.io/') === true

const ISTIO_CLASS: GatewayClass = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GatewayClass',
  metadata: {name: 'istio'},
  spec: {controllerName: 'istio.io/gateway-controller'},
}

/** Those written, and one for each namespace that is used. */
function namespacesOf(objects: readonly KubeObject[]): readonly KubeObject[] {
  const written = objects.filter(({kind}) => kind === 'Namespace')
  const used = new Set(['istio-system', ...objects.filter(({kind}) => kind !== 'Namespace').map(({metadata}) => metadata.namespace ?? 'default')])
  const missing = [...used].filter((name) => !written.some(({metadata}) => metadata.name === name))
  return [...written, ...missing.map((name) => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name, labels: {'kubernetes.io/metadata.name': name}}}))]
}

function podsOf({metadata, spec}: Deployment, index: number): Pod[] {
  const {labels = {}, annotations = {}} = spec.template.metadata
  return Array.from({length: spec.replicas ?? 1}, (_, i) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: `${metadata.name}-${i}`, namespace: metadata.namespace ?? 'default', labels, annotations},
    spec: spec.template.spec ?? {},
    status: {podIP: `10.0.${index}.${i + 1}`},
  }))
}

/** A pod annotated `ready: "false"` is in the slice and not ready. */
function sliceOf({metadata, spec}: Service, pods: readonly Pod[]): EndpointSlice {
  const selector = Object.entries(spec?.selector ?? {})
  const isMember = (pod: Pod) => pod.metadata.namespace === metadata.namespace && selector.every(([key, value]) => pod.metadata.labels?.[key] === value)
  const members = pods.filter(isMember)
  const named = (name: string) => members[0]?.spec?.containers?.flatMap(({ports = []}) => ports).find((port) => port.name === name)?.containerPort
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {name: `${metadata.name}-slice`, namespace: metadata.namespace ?? 'default', labels: {'kubernetes.io/service-name': metadata.name}},
    addressType: 'IPv4',
    endpoints: members.map((pod) => ({
      addresses: [pod.status?.podIP ?? ''],
      conditions: {ready: pod.metadata.annotations?.['ready'] !== 'false'},
      targetRef: {kind: 'Pod', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name},
    })),
    ports: (spec?.ports ?? []).map(({name = '', port, targetPort = port}) => ({
      name,
      port: typeof targetPort === 'string' ? (named(targetPort) ?? 0) : targetPort,
    })),
  }
}
