import type {ServicePort} from '../objects/service.js'

/** How a sidecar treats a Service's port: by the routes for TCP, those for TLS, or as HTTP. */
export type PortProtocol = 'tcp' | 'tls' | 'http'

const BY_NAME: Readonly<Record<string, PortProtocol>> = {
  http: 'http',
  http2: 'http',
  http_proxy: 'http',
  grpc: 'http',
  'grpc-web': 'http',
  https: 'tls',
  tls: 'tls',
}
const BY_APP_PROTOCOL: Readonly<Record<string, PortProtocol>> = {'kubernetes.io/h2c': 'http', 'kubernetes.io/ws': 'http', 'kubernetes.io/wss': 'tls'}

/** `appProtocol` says it, else what stands before the first dash of the port's name; everything else is TCP (istio kube.ConvertProtocol). */
export function protocolOf({name = '', appProtocol}: ServicePort): PortProtocol {
  const written = (appProtocol ?? name).toLowerCase()
  if (appProtocol !== undefined) return BY_APP_PROTOCOL[written] ?? BY_NAME[written] ?? 'tcp'
  return BY_NAME[written] ?? (written.startsWith('grpc-web-') ? 'http' : (BY_NAME[written.split('-')[0] ?? ''] ?? 'tcp'))
}
