import {toFullHost} from '../host.js'
import {selects} from '../labels.js'
import {keyOf, namespaceOf} from '../naming.js'
import type {Proxy} from '../proxy.js'
import type {Service} from '../objects/service.js'
import type {ConvertedK8sGateway} from './convert-k8s-gateway.js'
import {deploymentKey, GATEWAY_NAME_LABEL, isManaged} from './gateway-class.js'
import type {ConvertedGateway} from './origin.js'

/** The workload of a managed Gateway. */
export interface ManagedProxy {
  readonly proxy: Proxy
  readonly gateways: readonly ConvertedGateway[]
  /** Ports of listeners that it also has at the address all gateways share. */
  readonly sharedPorts: ReadonlySet<number>
}

/** The proxy of a managed Gateway; none before its Service has an address. */
export function managedProxy(
  outcome: (ConvertedK8sGateway & Pick<ManagedProxy, 'sharedPorts'>) | undefined,
  services: readonly Service[],
  {domain}: Proxy,
): readonly ManagedProxy[] {
  if (outcome === undefined) return []
  const {gateway, listeners, sharedPorts} = outcome
  const address = services.find((service) => keyOf(service) === deploymentKey(gateway))?.spec?.clusterIP ?? ''
  if (address === '' || address === 'None') return []
  const labels = {[GATEWAY_NAME_LABEL]: gateway.metadata.name}
  const proxy = {namespace: namespaceOf(gateway), labels, domain, managedFor: keyOf(gateway), address}
  return [{proxy, gateways: listeners.flatMap((listener) => listener.gateway ?? []), sharedPorts}]
}

/**
 * The listeners of a manual deployment: those whose ports one of the Gateway's Services has, where the Service selects the ingress pods in the
 * Gateway's own namespace (istio mergeGateways, resolvePorts).
 */
export function boundToIngress(outcome: ConvertedK8sGateway, all: readonly Service[], ingress: Proxy): readonly ConvertedGateway[] {
  const {gateway, role, services, listeners} = outcome
  if (role === 'remote' || isManaged(gateway) || namespaceOf(gateway) !== ingress.namespace) return []
  const fronts = all.filter((service) => isInFront(service, ingress) && services.includes(toFullHost(service.metadata.name, ingress.namespace, ingress.domain)))
  const ports = new Set(fronts.flatMap(({spec}) => (spec?.ports ?? []).map(({port}) => port)))
  return listeners.flatMap((listener) => (listener.parent !== undefined && ports.has(listener.parent.listener.port) ? (listener.gateway ?? []) : []))
}

function isInFront(service: Service, ingress: Proxy): boolean {
  const selector = service.spec?.selector ?? {}
  return namespaceOf(service) === ingress.namespace && Object.keys(selector).length > 0 && selects(selector, ingress.labels)
}
