import type {Gateway, GatewayPort, GatewayServer, ServerTls} from '../gateway.js'
import {checkServerHost, isLabel} from './domain.js'
import {checkAddress, checkPort, checkUnixPath, UNIX} from './network.js'
import {parseProtocol} from './protocol.js'
import {checkReservedAnnotations} from './reserved-annotations.js'
import {checkServerTls} from './server-tls.js'
import {FINE, merge, refuse, warn, type Verdict} from './verdict.js'

/** istiod's verdict on a Gateway (istio validation.go ValidateGateway). */
export function admitGateway(gateway: Gateway): Verdict {
  const {name} = gateway.metadata
  const servers = gateway.spec?.servers ?? []
  return merge(
    refuse(...checkReservedAnnotations(gateway)),
    isLabel(name) ? FINE : refuse(`invalid gateway name: ${JSON.stringify(name)}`),
    ...(servers.length === 0 ? [refuse('gateway must have at least one server')] : servers.map(admitServer)),
    ...admitPortNames(servers),
  )
}

function admitPortNames(servers: readonly GatewayServer[]): readonly Verdict[] {
  const names = new Set<string>()
  return servers.map((server) => {
    if (server === null) return refuse('server may not be nil')
    if (server.port === undefined) return FINE
    const {name = '', protocol = ''} = server.port
    const isDuplicate = names.has(name)
    names.add(name)
    const redirects = parseProtocol(protocol) !== 'http' && server.tls?.httpsRedirect === true
    return merge(
      isDuplicate ? refuse(`port names in servers must be unique: duplicate name ${name}`) : FINE,
      redirects ? warn('tls.httpsRedirect should only be used with http servers') : FINE,
    )
  })
}

function admitServer(server: GatewayServer): Verdict {
  if (server === null) return refuse('cannot have nil server')
  const {hosts = [], port, bind = '', tls} = server
  const portErrors = checkServerPort(port, bind)
  return merge(
    refuse(...(hosts.length === 0 ? ['server config must contain at least one host'] : hosts.flatMap(checkServerHost))),
    refuse(...portErrors, ...checkBind(bind, port)),
    checkServerTls(tls),
    portErrors.length === 0 && port !== undefined ? refuse(...checkTlsOfProtocol(port, tls)) : FINE,
  )
}

function checkServerPort(port: GatewayPort | undefined, bind: string): readonly string[] {
  if (port === undefined) return ['port is required']
  const {number = 0, name = '', protocol = '', targetPort = 0} = port
  return [
    ...(parseProtocol(protocol) === 'unsupported'
      ? [`invalid protocol ${JSON.stringify(protocol)}, supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP`]
      : []),
    ...(number > 0 || !bind.startsWith(UNIX) ? checkPort(number) : []),
    ...(targetPort > 0 ? ['targetPort has no impact on Gateways'] : []),
    ...(name === '' ? [`port name must be set: ${formatPort(port)}`] : []),
  ]
}

function checkBind(bind: string, port: GatewayPort | undefined): readonly string[] {
  if (bind === '') return []
  if (!bind.startsWith(UNIX)) return checkAddress(bind)
  const isUsed = port?.number !== undefined && port.number !== 0
  return [...checkUnixPath(bind.slice(UNIX.length)), ...(isUsed ? [`port number must be 0 for unix domain socket: ${formatPort(port)}`] : [])]
}

function checkTlsOfProtocol({protocol = ''}: GatewayPort, tls: ServerTls | undefined): readonly string[] {
  const parsed = parseProtocol(protocol)
  if (parsed === 'tls') return tls === undefined ? ['server must have TLS settings for HTTPS/TLS protocols'] : []
  if (tls === undefined) return []
  if (parsed !== 'http') return ['server cannot have TLS settings for non HTTPS/TLS ports']
  const {mode = 'PASSTHROUGH', caCertificates = '', privateKey = '', serverCertificate = ''} = tls
  const redirectsOnly = mode.endsWith('PASSTHROUGH') && caCertificates === '' && privateKey === '' && serverCertificate === ''
  return redirectsOnly ? [] : ['server cannot have TLS settings for plain text HTTP ports']
}

/** As protobuf prints a message: fields that are zero are left out. */
function formatPort({number = 0, protocol = '', name = '', targetPort = 0}: GatewayPort): string {
  return [
    ...(number === 0 ? [] : [`number:${number}`]),
    ...(protocol === '' ? [] : [`protocol:${JSON.stringify(protocol)}`]),
    ...(name === '' ? [] : [`name:${JSON.stringify(name)}`]),
    ...(targetPort === 0 ? [] : [`target_port:${targetPort}`]),
  ].join(' ')
}
