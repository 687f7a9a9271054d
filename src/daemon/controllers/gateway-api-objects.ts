import {addressIn} from '../../api/cidr.js'
import type {Deployment} from '../../api/kinds/deployment.js'
import type {Service} from '../../api/kinds/service.js'
import type {JsonObject, KubeObject, ObjectMeta} from '../../api/object.js'
import {PROXY_IMAGE} from '../../api/sidecar-injection.js'
import {deploymentName, GATEWAY_NAME_LABEL} from '../../routing/gateway-api/gateway-class.js'
import type {K8sGateway} from '../../routing/objects/k8s-gateway.js'

/** On everything made for a Gateway. What lacks it is someone else's and is left alone. */
export const MANAGED_LABEL = 'gateway.istio.io/managed'
const SERVICE_ACCOUNT = 'gateway.istio.io/service-account'
const SERVICE_TYPE = 'networking.istio.io/service-type'
const LOOPBACK = '127.0.0.0/8'

export interface GatewayObjects {
  readonly service: Service
  readonly deployment: Deployment
  /** Undefined where the Gateway names one that is there. */
  readonly serviceAccount: KubeObject | undefined
}

/** What a managed Gateway is deployed as. Source: istio templates kube-gateway.yaml, as far as it matters here. */
export function gatewayObjects(gateway: K8sGateway): GatewayObjects {
  const own = gateway.metadata.annotations?.[SERVICE_ACCOUNT]
  return {
    service: serviceOf(gateway),
    deployment: deploymentOf(gateway, own ?? deploymentName(gateway)),
    serviceAccount: own === undefined ? {apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadataOf(gateway)} : undefined,
  }
}

/** The address a managed Gateway asks for, if any. */
export function requestedAddress({spec}: K8sGateway): string | undefined {
  return spec?.addresses?.[0]?.value
}

/** Labels and annotations are those of `spec.infrastructure`, or else the Gateway's own. */
function metadataOf(gateway: K8sGateway): ObjectMeta {
  const {metadata, spec} = gateway
  const {labels, annotations} = spec?.infrastructure ?? {labels: metadata.labels, annotations: withoutTools(metadata.annotations)}
  const {name, namespace = 'default', uid = ''} = metadata
  return {
    name: deploymentName(gateway),
    namespace,
    labels: {...labels, ...ownLabels(gateway)},
    ...(annotations !== undefined && Object.keys(annotations).length > 0 && {annotations}),
    ownerReferences: [{apiVersion: gateway.apiVersion, kind: 'Gateway', name, uid}],
  }
}

function withoutTools(annotations: ObjectMeta['annotations']): ObjectMeta['annotations'] {
  const isTools = ([key]: readonly [string, string]) => key.startsWith('kubectl.kubernetes.io/') || key.startsWith('gateway.istio.io/')
  return Object.fromEntries(Object.entries(annotations ?? {}).filter((entry) => !isTools(entry)))
}

function ownLabels({metadata, spec}: K8sGateway): Readonly<Record<string, string>> {
  return {
    [MANAGED_LABEL]: 'istio.io-gateway-controller',
    'gateway.networking.k8s.io/gateway-class-name': spec?.gatewayClassName ?? '',
    [GATEWAY_NAME_LABEL]: metadata.name,
    'istio.io/dataplane-mode': 'none',
  }
}

function serviceOf(gateway: K8sGateway): Service {
  const address = requestedAddress(gateway)
  const spec: JsonObject = {
    type: gateway.metadata.annotations?.[SERVICE_TYPE] ?? 'LoadBalancer',
    selector: {[GATEWAY_NAME_LABEL]: gateway.metadata.name},
    ports: servicePorts(gateway),
    ...(address !== undefined && {loadBalancerIP: address}),
    // the only addresses this machine can give are its own
    ...(address !== undefined && addressIn(address, LOOPBACK) && {clusterIP: address}),
  }
  return {apiVersion: 'v1', kind: 'Service', metadata: metadataOf(gateway), spec} as unknown as Service
}

const MAX_PORT_NAME = 63

/** One for each port number; listeners that share one are the first's (extractServicePorts). */
function servicePorts({spec}: K8sGateway): readonly JsonObject[] {
  const listeners = spec?.listeners ?? []
  const first = listeners.filter(({port}, i) => listeners.findIndex((other) => other.port === port) === i)
  return [
    {name: 'status-port', port: 15_021, protocol: 'TCP', appProtocol: 'tcp'},
    ...first.map(({name, port, protocol}) => ({
      name: name.replaceAll('.', '-').slice(0, MAX_PORT_NAME),
      port,
      protocol: protocol === 'UDP' ? 'UDP' : 'TCP',
      appProtocol: protocol.toLowerCase(),
    })),
  ]
}

const PROXY_PORTS = [
  {containerPort: 15_020, name: 'metrics', protocol: 'TCP'},
  {containerPort: 15_021, name: 'status-port', protocol: 'TCP'},
  {containerPort: 15_090, name: 'http-envoy-prom', protocol: 'TCP'},
]

function deploymentOf(gateway: K8sGateway, serviceAccountName: string): Deployment {
  const metadata = metadataOf(gateway)
  const canonical = {'service.istio.io/canonical-name': metadata.name, 'service.istio.io/canonical-revision': 'latest'}
  const args = ['proxy', 'router', '--domain', '$(POD_NAMESPACE).svc.cluster.local']
  const spec: JsonObject = {
    replicas: 1,
    selector: {matchLabels: {[GATEWAY_NAME_LABEL]: gateway.metadata.name}},
    template: {
      metadata: {
        labels: {...metadata.labels, ...canonical, 'sidecar.istio.io/inject': 'false'},
        annotations: {...metadata.annotations, 'istio.io/rev': 'default'},
      },
      spec: {serviceAccountName, containers: [{name: 'istio-proxy', image: PROXY_IMAGE, args, ports: PROXY_PORTS}]},
    },
  }
  return {apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec} as unknown as Deployment
}
