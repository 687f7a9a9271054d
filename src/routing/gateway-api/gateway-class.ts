import {namespaceOf} from '../naming.js'
import type {GatewayClass, K8sGateway} from '../objects/k8s-gateway.js'

/** Gateways of its classes are programmed. */
export const GATEWAY_CONTROLLER = 'istio.io/gateway-controller'
/** Gateways of its classes live in another cluster: they are accepted and nothing is made from them. */
const REMOTE_CONTROLLER = 'istio.io/unmanaged-gateway'

/** The classes Istio creates by itself, and goes by when someone deletes them (gatewaycommon/classinfo.go, ambient mode off). */
export const BUILTIN_CLASSES = [
  {name: 'istio', controllerName: GATEWAY_CONTROLLER, description: 'The default Istio GatewayClass'},
  {name: 'istio-remote', controllerName: REMOTE_CONTROLLER, description: 'Remote to this cluster. Does not deploy or affect configuration.'},
] as const

export type ClassRole = 'programmed' | 'remote'

/** What a controller does with Gateways of its classes; undefined for someone else's. */
export function roleOf(controllerName: string | undefined): ClassRole | undefined {
  if (controllerName === GATEWAY_CONTROLLER) return 'programmed'
  return controllerName === REMOTE_CONTROLLER ? 'remote' : undefined
}

/** The same for a Gateway. A class that is not there counts where Istio would have created it. */
export function classRole({spec}: K8sGateway, classes: readonly GatewayClass[]): ClassRole | undefined {
  const named = classes.find(({metadata}) => metadata.name === spec?.gatewayClassName)
  return roleOf(named === undefined ? BUILTIN_CLASSES.find(({name}) => name === spec?.gatewayClassName)?.controllerName : named.spec?.controllerName)
}

const NAME_OVERRIDE = 'gateway.istio.io/name-override'

/** What Istio deploys for a Gateway is called `<gateway>-<class>` (GetDefaultName). */
export function deploymentName({metadata, spec}: K8sGateway): string {
  return metadata.annotations?.[NAME_OVERRIDE] ?? `${metadata.name}-${spec?.gatewayClassName ?? ''}`
}

/**
 * Whether Istio deploys the gateway: no address, or a single IP. One with host names is bound to Services that exist (IsManaged).
 */
export function isManaged({spec}: K8sGateway): boolean {
  const [first, ...more] = spec?.addresses ?? []
  return first === undefined || (more.length === 0 && (first.type ?? 'IPAddress') === 'IPAddress')
}

/** On the pods of a managed gateway, with the Gateway's name. */
export const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name'

/** `namespace/name` of the Deployment and Service of a managed Gateway. */
export function deploymentKey(gateway: K8sGateway): string {
  return `${namespaceOf(gateway)}/${deploymentName(gateway)}`
}
