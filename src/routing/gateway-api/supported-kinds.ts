import type {K8sListener} from '../objects/k8s-gateway.js'

export const GATEWAY_API = 'gateway.networking.k8s.io'

export interface RouteKind {
  readonly group: string
  readonly kind: string
}

export interface SupportedKinds {
  readonly kinds: readonly RouteKind[]
  /** False where `allowedRoutes.kinds` lists something else, too. */
  readonly areValid: boolean
}

/** The kinds of routes a listener takes: what its protocol allows, and of that what it lists (istio GenerateSupportedKinds). */
export function supportedKinds({protocol, tls, allowedRoutes}: K8sListener): SupportedKinds {
  const supported = kindsOf(protocol, tls?.mode).map((kind) => ({group: GATEWAY_API, kind}))
  const listed = allowedRoutes?.kinds ?? []
  if (listed.length === 0) return {kinds: supported, areValid: true}
  const kinds = supported.filter(({kind}) => listed.some((other) => other.kind === kind && (other.group ?? GATEWAY_API) === GATEWAY_API))
  return {kinds, areValid: kinds.length === listed.length}
}

function kindsOf(protocol: string, tlsMode: string | undefined): readonly string[] {
  switch (protocol) {
    case 'HTTP':
    case 'HTTPS':
      return ['HTTPRoute', 'GRPCRoute']
    case 'TCP':
      return ['TCPRoute']
    case 'TLS':
      return tlsMode === 'Terminate' ? ['TLSRoute', 'TCPRoute'] : ['TLSRoute']
    default:
      return []
  }
}
