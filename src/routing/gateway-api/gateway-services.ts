import {namespaceOf} from '../naming.js'
import type {K8sGateway} from '../objects/k8s-gateway.js'
import type {Problem} from './condition.js'
import {deploymentName, isManaged} from './gateway-class.js'

export interface GatewayServices {
  /** Full host names of the Services in front of the gateway. */
  readonly hosts: readonly string[]
  /** Makes the Gateway not accepted. */
  readonly problem?: Problem
}

const SERVICE_TYPE = 'networking.istio.io/service-type'

/**
 * The Services a Gateway is reached through: its own where it is managed, else those its addresses name; a short name is one in its own
 * namespace. Source: istio extractGatewayServices.
 */
export function gatewayServices(gateway: K8sGateway, domain: string): GatewayServices {
  const fullName = (name: string) => `${name}.${namespaceOf(gateway)}.svc.${domain}`
  if (isManaged(gateway)) return {hosts: [fullName(deploymentName(gateway))]}
  const addresses = gateway.spec?.addresses ?? []
  const isHostname = ({type}: {type?: string}) => type === undefined || type === 'Hostname'
  const hosts = addresses.filter(isHostname).map(({value = ''}) => (value.includes('.') ? value : fullName(value)))
  const skipped = addresses.filter((address) => !isHostname(address)).map(({value = ''}) => value)
  if (skipped.length > 0) return {hosts, problem: {reason: 'UnsupportedAddress', message: `only Hostname is supported, ignoring [${skipped.join(' ')}]`}}
  if (gateway.metadata.annotations?.[SERVICE_TYPE] === undefined) return {hosts}
  return {hosts, problem: {reason: 'DeprecatedField', message: `annotation ${SERVICE_TYPE} is deprecated, use Spec.Infrastructure.Routeability`}}
}
