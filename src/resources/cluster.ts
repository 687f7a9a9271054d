import {PROXY_IMAGE} from '../api/sidecar-injection.js'
import type {JsonObject, KubeObject} from '../api/object.js'
import {definitionObjects} from './definitions.js'
import {gatewayClassObjects} from './gateway-classes.js'

/** The picture of a cluster that is there from the first command on. */

export const NODE_NAME = 'tshift'
export const INGRESS = {namespace: 'istio-system', name: 'istio-ingressgateway'} as const
/** Annotation on the Node: the range cluster addresses of Services are drawn from. */
export const SERVICE_RANGE = 'tshift.dev/service-range'

const NAMESPACES = ['default', 'istio-system', 'kube-node-lease', 'kube-public', 'kube-system'] as const
const INGRESS_LABELS = {app: 'istio-ingressgateway', istio: 'ingressgateway'}

/** The ports of Istio's demo profile, with fixed node ports so that examples can name them. */
const INGRESS_PORTS = [
  {name: 'status-port', port: 15021, targetPort: 15021, nodePort: 31723},
  {name: 'http2', port: 80, targetPort: 8080, nodePort: 30709},
  {name: 'https', port: 443, targetPort: 8443, nodePort: 31482},
  {name: 'tcp', port: 31400, targetPort: 31400, nodePort: 32432},
  {name: 'tls', port: 15443, targetPort: 15443, nodePort: 31499},
]

/** The first two numbers of the range that addresses of ServiceEntries are drawn from; undefined where Services do not have this machine's either. */
export function entryRangeOf({metadata}: KubeObject): string | undefined {
  const [first, second] = metadata.annotations?.[SERVICE_RANGE]?.split('.') ?? []
  return first === '127' ? `127.${Number(second) + 64}` : undefined
}

export interface ClusterOptions {
  /** `127.<podOctet>.0.0/16` holds the pods, `127.<podOctet + 64>.0.0/16` the Services; 64 to 127. The hosts of ServiceEntries come 64 after. */
  readonly podOctet: number
  /** Where the ingress can be reached from outside, e.g. 127.0.0.1. */
  readonly ingressAddress: string
}

/** The built-in objects, in the order they have to be created; `status` is written separately. */
export function clusterObjects({podOctet, ingressAddress}: ClusterOptions): readonly KubeObject[] {
  return [
    ...NAMESPACES.map((name) => object('v1', 'Namespace', {name})),
    node(podOctet),
    ...NAMESPACES.map((namespace) => object('v1', 'ServiceAccount', {name: 'default', namespace})),
    object(
      'v1',
      'Service',
      {name: 'kubernetes', namespace: 'default', labels: {component: 'apiserver', provider: 'kubernetes'}},
      {
        clusterIP: `127.${podOctet + 64}.0.1`,
        ports: [{name: 'https', port: 443, targetPort: 6443}],
      },
    ),
    object('v1', 'ServiceAccount', {name: 'istio-ingressgateway-service-account', namespace: INGRESS.namespace}),
    ingressService(ingressAddress),
    ingressDeployment(),
    ...definitionObjects(),
    ...gatewayClassObjects(),
  ]
}

function node(podOctet: number): KubeObject {
  return {
    ...object(
      'v1',
      'Node',
      {
        name: NODE_NAME,
        labels: {'kubernetes.io/hostname': NODE_NAME, 'kubernetes.io/os': 'linux', 'node-role.kubernetes.io/control-plane': ''},
        annotations: {[SERVICE_RANGE]: `127.${podOctet + 64}.0.0/16`},
      },
      {podCIDR: `127.${podOctet}.0.0/16`, podCIDRs: [`127.${podOctet}.0.0/16`]},
    ),
    ...{
      status: {
        addresses: [
          {type: 'InternalIP', address: '127.0.0.1'},
          {type: 'Hostname', address: NODE_NAME},
        ],
        nodeInfo: {
          architecture: process.arch === 'x64' ? 'amd64' : process.arch,
          bootID: '',
          containerRuntimeVersion: 'tshift://1.0.0',
          kernelVersion: process.version,
          kubeProxyVersion: '',
          kubeletVersion: 'v1.35.2',
          machineID: '',
          operatingSystem: process.platform,
          osImage: 'tshift',
          systemUUID: '',
        },
      },
    },
  }
}

function ingressService(address: string): KubeObject {
  return {
    ...object('v1', 'Service', {...INGRESS, labels: INGRESS_LABELS}, {type: 'LoadBalancer', selector: INGRESS_LABELS, ports: INGRESS_PORTS}),
    ...{status: {loadBalancer: {ingress: [{ip: address, ipMode: 'VIP'}]}}},
  }
}

function ingressDeployment(): KubeObject {
  return object(
    'apps/v1',
    'Deployment',
    {...INGRESS, labels: INGRESS_LABELS},
    {
      replicas: 1,
      selector: {matchLabels: INGRESS_LABELS},
      template: {
        metadata: {labels: {...INGRESS_LABELS, 'sidecar.istio.io/inject': 'false'}},
        spec: {
          serviceAccountName: 'istio-ingressgateway-service-account',
          containers: [
            {
              name: 'istio-proxy',
              image: PROXY_IMAGE,
              args: ['proxy', 'router', '--domain', '$(POD_NAMESPACE).svc.cluster.local'],
              ports: [
                ...INGRESS_PORTS.map(({targetPort}) => ({containerPort: targetPort, protocol: 'TCP'})),
                {containerPort: 15090, name: 'http-envoy-prom', protocol: 'TCP'},
              ],
            },
          ],
        },
      },
    },
  )
}

function object(apiVersion: string, kind: string, metadata: KubeObject['metadata'], spec?: JsonObject): KubeObject {
  return spec === undefined ? {apiVersion, kind, metadata} : ({apiVersion, kind, metadata, spec} as KubeObject)
}
