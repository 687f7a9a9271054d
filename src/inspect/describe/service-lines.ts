import {resolveGatewayName, MESH} from '../../routing/gateways/gateway-name.js'
import {toFullHost} from '../../routing/host.js'
import {namespaceOf} from '../../routing/naming.js'
import type {Service, ServicePort} from '../../routing/objects/service.js'
import type {VirtualService} from '../../routing/objects/virtual-service.js'
import type {RulesOf} from '../rule-of.js'
import {indent, LEVEL, shortName} from './lines.js'
import type {DescribedPod} from './pod-facts.js'
import {ruleLines} from './rule-lines.js'
import {routesTo, virtualServiceLines} from './virtual-service-lines.js'

const DOMAIN = 'cluster.local'

export interface Describing {
  /** The namespace that was asked about. */
  readonly asked: string
  readonly virtualServices: readonly VirtualService[]
  /** The DestinationRules the pods' proxies see. */
  readonly rulesOf: RulesOf
}

/** A Service as the sidecars of its clients see it: ports, DestinationRule, mesh VirtualService (istioctl describe describePodServices). */
export function serviceLines(service: Service, pods: readonly DescribedPod[], {asked, virtualServices, rulesOf}: Describing): readonly string[] {
  const ports = (service.spec?.ports ?? []).filter(({protocol}) => (protocol ?? 'TCP') === 'TCP')
  const labels = pods.map(({metadata}) => metadata.labels ?? {})
  const start = ports.length > 1 ? LEVEL[1] : LEVEL[0]
  const [rule] = rulesOf({host: toFullHost(service.metadata.name, namespaceOf(service), DOMAIN)})
  const mesh = virtualServices.filter((one) => isForMesh(one) && routesTo(one, service)).slice(0, 1)
  return [
    indent(0, `Service: ${shortName(service.metadata, asked)}`),
    ...ports.map((port) => indent(LEVEL[1], portText(port, pods[0]))),
    ...ports.flatMap(({port}) => [
      ...(ports.length > 1 ? [`${port}:`] : []),
      ...(rule === undefined ? [] : ruleLines(rule, labels, {start, asked})),
      ...mesh.flatMap((one) => virtualServiceLines(one, service, {start, asked})),
    ]),
  ]
}

/** Without gateways a VirtualService is for the mesh. */
function isForMesh(service: VirtualService): boolean {
  const gateways = service.spec?.gateways ?? []
  return gateways.length === 0 || gateways.some((name) => resolveGatewayName(name, namespaceOf(service)) === MESH)
}

function portText(port: ServicePort, pod: DescribedPod | undefined): string {
  const target = targetOf(port, pod)
  return target === undefined
    ? `no suitable port for manifest: ${pod?.metadata.uid ?? ''}`
    : `Port: ${port.name ?? ''} ${port.port}/${protocolOf(port)} targets pod port ${target}`
}

function targetOf({port, targetPort}: ServicePort, pod: DescribedPod | undefined): number | undefined {
  if (typeof targetPort !== 'string') return targetPort ?? port
  return (pod?.spec?.containers ?? []).flatMap(({ports = []}) => ports).find(({name}) => name === targetPort)?.containerPort
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  tcp: 'TCP',
  http: 'HTTP',
  http2: 'HTTP2',
  https: 'HTTPS',
  tls: 'TLS',
  grpc: 'GRPC',
  'grpc-web': 'GRPC-Web',
  mongo: 'Mongo',
  redis: 'Redis',
  mysql: 'MySQL',
  udp: 'UDP',
}

/** By the port's appProtocol or the first part of its name (istio pkg/config/kube ConvertProtocol). */
function protocolOf({name = '', ...port}: ServicePort & {readonly appProtocol?: string}): string {
  if (port.appProtocol !== undefined) return PROTOCOLS[port.appProtocol.toLowerCase()] ?? 'UnsupportedProtocol'
  if (name === '') return 'auto-detect'
  const lower = name.toLowerCase()
  if (lower.startsWith('grpc-web')) return 'GRPC-Web'
  return PROTOCOLS[lower.split('-')[0] ?? ''] ?? 'UnsupportedProtocol'
}
