import type {ServerTls} from '../gateway.js'
import type {IngressListener} from '../sidecar.js'
import {checkConnectionPool} from './connection-pool.js'
import {checkAddress, checkPort, checkPortName, checkProtocol, checkUnixPath, UNIX} from './network.js'
import {parseProtocol} from './protocol.js'
import {checkServerTls} from './server-tls.js'
import {FINE, merge, refuse, warn, type Verdict} from './verdict.js'

const LOCAL = ['', '127.0.0.1', '0.0.0.0', '::1', '::']

/** What a Sidecar takes in (istio ValidateSidecar). */
export function checkIngress(listeners: readonly IngressListener[]): Verdict {
  const seen = new Set<number>()
  return merge(
    ...listeners.map((listener) => {
      if (listener === null) return refuse('sidecar: ingress may not be null')
      if (listener.port === undefined) return refuse('sidecar: port is required for ingress listeners')
      const {number = 0} = listener.port
      const isTaken = seen.has(number)
      seen.add(number)
      return checkListener({...listener, port: listener.port}, isTaken)
    }),
  )
}

function checkListener(listener: IngressListener & Required<Pick<IngressListener, 'port'>>, isTaken: boolean): Verdict {
  const {port, bind = '', defaultEndpoint = '', tls, connectionPool} = listener
  const {number = 0, name = '', protocol = '', targetPort = 0} = port
  const isHttpPool = connectionPool?.http !== undefined && parseProtocol(protocol) !== 'http'
  const settings = `HTTP connection pool settings are configured for port ${number} (${JSON.stringify(name)})`
  return merge(
    refuse(
      ...(targetPort > 0 ? ['targetPort has no impact on Sidecars'] : []),
      ...(name === '' ? [] : checkPortName(name)),
      ...checkProtocol(protocol),
      ...checkPort(number),
      ...(bind === '' ? [] : checkAddress(bind)),
      ...(isTaken ? ['sidecar: ports on IP bound listeners must be unique'] : []),
      ...(defaultEndpoint === '' ? [] : checkEndpoint(defaultEndpoint)),
      ...(tls === undefined ? [] : checkTls(tls)),
    ),
    checkServerTls(tls),
    refuse(...checkConnectionPool(connectionPool)),
    isHttpPool ? warn(`sidecar: ${settings} but its protocol is not HTTP (${protocol}); only TCP settings will apply`) : FINE,
  )
}

function checkTls({subjectAltNames = [], httpsRedirect = false, credentialName = '', mode = ''}: ServerTls): readonly string[] {
  const isUnfit = mode === 'ISTIO_MUTUAL' || mode === 'AUTO_PASSTHROUGH'
  return [
    ...(subjectAltNames.length > 0 ? ['sidecar: subjectAltNames is not supported in ingress tls'] : []),
    ...(httpsRedirect ? ['sidecar: httpsRedirect is not supported'] : []),
    ...(credentialName === '' ? [] : ['sidecar: credentialName is not currently supported']),
    ...(isUnfit ? [`configuration is invalid: cannot set mode to ${mode} in sidecar ingress tls`] : []),
  ]
}

/** `127.0.0.1:port`, `[::1]:port`, `:port`, or a unix socket. The words for what cannot be split are those of Go's net package. */
function checkEndpoint(endpoint: string): readonly string[] {
  if (endpoint.startsWith(UNIX)) return checkUnixPath(endpoint.slice(UNIX.length))
  const {host = '', port} = /^(?:\[(?<v6>[^\]]*)\]|(?<host>[^:[\]]*)):(?<port>[^:]*)$/.exec(endpoint)?.groups ?? {}
  if (port === undefined) {
    const reason = endpoint.includes(':') ? 'too many colons in address' : 'missing port in address'
    return [`address ${endpoint}: ${reason}`, notANumber('')]
  }
  const isLocal = LOCAL.includes(/^\[(.*)\]/.exec(endpoint)?.[1] ?? host)
  const form = 'sidecar: defaultEndpoint must be of form 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,unix://filepath or unset'
  return [...(isLocal ? [] : [form]), ...(/^[-+]?\d+$/.test(port) ? checkPort(Number(port)) : [notANumber(port)])]
}

function notANumber(port: string): string {
  return `sidecar: defaultEndpoint port (${port}) is not a number: strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`
}
