import type {GatewayServer} from './snapshot.js'

const HTTP = new Set(['http', 'http2', 'http_proxy', 'grpc', 'grpc-web'])

/** Whether the protocol name means HTTP in the clear; case does not count (istio pkg/config/protocol). */
export function isHttpProtocol(protocol: string): boolean {
  return HTTP.has(protocol.toLowerCase())
}

/** Whether TLS arrives on the wire (istio pkg/config/gateway IsTLSServer). */
export function isTlsServer({tls, port}: GatewayServer): boolean {
  return tls !== undefined && !isHttpProtocol(port?.protocol ?? '')
}

/** Whether the server ends in an HTTP connection manager: HTTP, or HTTPS that is terminated here (IsHTTPServer). */
export function isHttpServer(server: GatewayServer): boolean {
  const protocol = server.port?.protocol ?? ''
  return isHttpProtocol(protocol) || (protocol.toLowerCase() === 'https' && server.tls !== undefined && !isPassthrough(server))
}

/** Passthrough is the mode where none is written, being the zero of its enumeration (IsPassThroughServer). */
function isPassthrough({tls}: GatewayServer): boolean {
  return tls !== undefined && ['PASSTHROUGH', 'AUTO_PASSTHROUGH'].includes(tls.mode ?? 'PASSTHROUGH')
}

/** A server without TLS and HTTP: its connections are forwarded by the `tcp` blocks of a VirtualService. */
export function isPlainTcpServer(server: GatewayServer): boolean {
  return !isTlsServer(server) && !isHttpServer(server)
}
