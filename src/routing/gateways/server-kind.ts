import type {GatewayServer} from '../objects/gateway.js'

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

/** What decides over a server's connections: the `tcp` blocks (`plain`, `terminate`), the `tls` blocks, every Service there is, or HTTP routes. */
export type ServerKind = 'plain' | 'terminate' | 'passthrough' | 'auto-passthrough' | 'http'

/** A server of protocol TLS without TLS settings is a plain one (istio createGatewayTCPFilterChainOpts). */
export function kindOfServer(server: GatewayServer): ServerKind {
  if (isHttpServer(server)) return 'http'
  if (!isTlsServer(server)) return 'plain'
  if (!isPassthrough(server)) return 'terminate'
  return server.tls?.mode === 'AUTO_PASSTHROUGH' ? 'auto-passthrough' : 'passthrough'
}
