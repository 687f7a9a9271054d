const HTTP = ['http', 'http2', 'http_proxy', 'grpc', 'grpc-web']
const TLS = ['https', 'tls']
const OTHERS = ['tcp', 'udp', 'mongo', 'redis', 'mysql']

/** Protocols that are, or run inside, plain TCP connections as far as a proxy is concerned (`Instance.IsTCP`). */
export function isTcp(text: string): boolean {
  return ['tcp', ...TLS, 'mongo', 'redis', 'mysql'].includes(text.toLowerCase())
}

/** The protocol of a Gateway's port; case does not count. Source: istio `pkg/config/protocol`. */
export function parseProtocol(text: string): 'http' | 'tls' | 'other' | 'unsupported' {
  const name = text.toLowerCase()
  if (HTTP.includes(name)) return 'http'
  if (TLS.includes(name)) return 'tls'
  return OTHERS.includes(name) ? 'other' : 'unsupported'
}
