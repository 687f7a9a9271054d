import {memoizeByIdentity} from '../../base/memoize.js'
import {steadyLists} from '../../base/steady.js'
import {inCreationOrder} from '../creation-order.js'
import {toFullHost} from '../host.js'
import {selects} from '../labels.js'
import {namespaceOf} from '../naming.js'
import type {Pod} from '../objects/pod.js'
import type {Service, ServicePort} from '../objects/service.js'
import type {Proxy} from '../proxy.js'
import type {Snapshot} from '../snapshot.js'

/** Keeps a Service out of port translation (istio model DisableGatewayPortTranslationLabel). */
const NO_TRANSLATION = 'experimental.istio.io/disable-gateway-port-translation'

/** One TCP port of a Service in front of the gateway pods. */
interface FrontPort {
  /** The Service's full host name. */
  readonly host: string
  readonly port: number
  readonly nodePort: number | undefined
  /** As the Service says it. */
  readonly targetPort: number | string | undefined
  /** Where the pod listens; undefined where no container port has that name. */
  readonly podPort: number | undefined
  readonly translates: boolean
}

/** The ports of the Services that select the gateway pods, in the order in which they are searched. */
export type IngressPorts = readonly FrontPort[]

/** The ports of the Services in front of a gateway, with the pod's port behind each; none where no Service selects it. */
export function indexIngressPorts(snapshot: Pick<Snapshot, 'services' | 'pods'>, proxy: Proxy): IngressPorts {
  const services = servicesInFront(snapshot.services, proxy)
  return services.length === 0 ? NO_PORTS : portsOf(services, podOf(snapshot.pods, proxy), proxy)
}

const NO_PORTS: IngressPorts = []

/** Few of all Services: others come and go. */
const servicesInFront = memoizeByIdentity((services: readonly Service[], proxy: Proxy): readonly Service[] => {
  return steadyServices(proxy)(services.filter((service) => isInFrontOf(service, proxy)))
})
const steadyServices = memoizeByIdentity((_: Proxy) => steadyLists<Service>())

const podOf = memoizeByIdentity((pods: readonly Pod[], proxy: Proxy): Pod | undefined => {
  return pods.find((candidate) => namespaceOf(candidate) === proxy.namespace && selects(proxy.labels, candidate.metadata.labels))
})

const portsOf = memoizeByIdentity((services: readonly Service[], pod: Pod | undefined, proxy: Proxy): IngressPorts => {
  return inCreationOrder(services).flatMap((service) => frontPorts(service, pod, proxy))
})

/** Whether a Service leads to the gateway's pods. */
export function isInFrontOf(service: Service, proxy: Proxy): boolean {
  const {spec} = service
  if (namespaceOf(service) !== proxy.namespace) return false
  return spec?.selector !== undefined && Object.keys(spec.selector).length > 0 && selects(spec.selector, proxy.labels)
}

function frontPorts(service: Service, pod: Pod | undefined, {domain}: Proxy): readonly FrontPort[] {
  const host = toFullHost(service.metadata.name, namespaceOf(service), domain)
  const translates = service.metadata.labels?.[NO_TRANSLATION] === undefined
  return (service.spec?.ports ?? [])
    .filter(({protocol}) => (protocol ?? 'TCP') === 'TCP')
    .map((port) => ({host, port: port.port, nodePort: port.nodePort, targetPort: port.targetPort, podPort: podPortOf(port, pod), translates}))
}

function podPortOf({port, targetPort}: ServicePort, pod: Pod | undefined): number | undefined {
  if (typeof targetPort !== 'string') return targetPort ?? port
  const ports = (pod?.spec?.containers ?? []).flatMap((container) => container.ports ?? [])
  return ports.find(({name, protocol}) => name === targetPort && (protocol ?? 'TCP') === 'TCP')?.containerPort
}

/**
 * The port a Gateway server's process listens on: the targetPort of the first Service port with the server's number, and the number itself
 * where no Service maps it. Servers of the Gateway API are reached through their own Services only, and not at all where those lack the port:
 * undefined (istio model resolvePorts). `hosts` are those Services.
 */
export function resolvePort(ports: IngressPorts, number: number): number
export function resolvePort(ports: IngressPorts, number: number, hosts: readonly string[] | undefined): number | undefined
export function resolvePort(ports: IngressPorts, number: number, hosts?: readonly string[]): number | undefined {
  if (hosts !== undefined) return ports.find(({host, port}) => hosts.includes(host) && port === number)?.podPort
  return ports.find(({port, podPort, translates}) => translates && port === number && podPort !== undefined)?.podPort ?? number
}

/** Service and node ports that lead to a port of the gateway pod and differ from it. */
export function aliasesOf(ports: IngressPorts, podPort: number): readonly number[] {
  const leading = ports.filter((front) => front.podPort === podPort).flatMap(({port, nodePort}) => (nodePort === undefined ? [port] : [port, nodePort]))
  return [...new Set(leading)].filter((port) => port !== podPort)
}

/** Whether a Service lets clients reach a server with this number (istioctl IngressGatewayPortAnalyzer, IST0162). */
export function isDefinedOnService(ports: IngressPorts, number: number): boolean {
  return ports.some(({port, targetPort}) => port === number || targetPort === number)
}
