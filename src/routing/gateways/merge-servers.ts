import {memoizeByIdentity} from '../../base/memoize.js'
import {sanitizeHosts} from '../host.js'
import {keyOf, namespaceOf} from '../naming.js'
import type {Gateway, GatewayServer} from '../objects/gateway.js'
import {titleOfOrigin} from '../origin.js'
import {servicesOf} from './gateway-selection.js'
import {resolvePort, type IngressPorts} from './ingress-ports.js'
import {isHttpProtocol, isHttpServer, isTlsServer} from './server-kind.js'

/** A Gateway server with everything resolved that its place depends on. */
export interface Server {
  readonly gateway: Gateway
  readonly gatewayKey: string
  /** Its place in `spec.servers`. */
  readonly index: number
  readonly spec: GatewayServer
  /** As written: what VirtualServices match against. */
  readonly number: number
  readonly protocol: string
  /** Where the process listens. */
  readonly port: number
  readonly bind: string
  readonly hosts: readonly string[]
}

export interface SkippedServer {
  readonly server: Server
  readonly by: Server
  /** Host names both servers claim; none where it is the port itself that they cannot share. */
  readonly hosts: readonly string[]
}

export interface MergedServers {
  readonly placed: readonly Server[]
  readonly skipped: readonly SkippedServer[]
}

/** What is taken on one port so far. */
interface PortState {
  readonly plaintext: Server | undefined
  readonly routeNames: Map<string, Server>
  /** Binds used by servers that joined a port which a TLS server had opened. */
  readonly joinedBinds: Map<string, Server>
}

/**
 * Decides which servers of all Gateways of a workload get a place, in order. One plaintext TCP server owns its port and bind whatever its hosts;
 * HTTP servers share with each other; TLS servers share a port as long as their hosts differ, and let one plaintext server join them, while
 * none can join a plaintext server. Source: istio model mergeGateways, quirks included.
 */
export const mergeServers = memoizeByIdentity((gateways: readonly Gateway[], ports: IngressPorts): MergedServers => {
  const states = new Map<number, PortState>()
  const tlsHosts = new Map<number, Map<string, Server>>()
  const placed: Server[] = []
  const skipped: SkippedServer[] = []
  for (const server of gateways.flatMap((gateway) => serversOf(gateway, ports))) {
    const skip = claimTlsHosts(server, tlsHosts) ?? claimPort(server, states)
    if (skip === undefined) placed.push(server)
    else skipped.push({server, ...skip})
  }
  return {placed, skipped}
})

type Skip = Omit<SkippedServer, 'server'>

function serversOf(gateway: Gateway, ports: IngressPorts): readonly Server[] {
  const gatewayKey = keyOf(gateway)
  return (gateway.spec?.servers ?? []).flatMap((spec, index) => {
    const number = spec.port?.number
    const port = number === undefined ? undefined : resolvePort(ports, number, servicesOf(gateway))
    if (number === undefined || port === undefined) return []
    const hosts = sanitizeHosts(spec.hosts ?? [], namespaceOf(gateway))
    return [{gateway, gatewayKey, index, spec, number, protocol: spec.port?.protocol ?? '', port, bind: spec.bind ?? '', hosts}]
  })
}

/** Host strings are compared letter by letter: `*` and `*.foo.com` are no duplicates (CheckDuplicates). */
function claimTlsHosts(server: Server, byPort: Map<number, Map<string, Server>>): Skip | undefined {
  if (server.spec.tls === undefined) return undefined
  const known = byPort.get(server.port) ?? new Map<string, Server>()
  byPort.set(server.port, known)
  const duplicates = server.hosts.filter((host) => known.get(host)?.bind === server.bind)
  const by = known.get(duplicates[0] ?? '')
  if (by !== undefined) return {by, hosts: duplicates}
  for (const host of server.hosts) known.set(host, server)
  return undefined
}

function claimPort(server: Server, states: Map<number, PortState>): Skip | undefined {
  const state = states.get(server.port)
  if (state === undefined) {
    const routeNames = new Map(isHttpServer(server.spec) ? [[routeNameOf(server), server]] : [])
    states.set(server.port, {plaintext: isTlsServer(server.spec) ? undefined : server, routeNames, joinedBinds: new Map()})
    return undefined
  }
  return state.plaintext === undefined ? joinTls(server, state) : joinPlaintext(server, state.plaintext)
}

function joinPlaintext(server: Server, current: Server): Skip | undefined {
  const bothHttp = isHttpProtocol(server.protocol) && isHttpProtocol(current.protocol)
  return bothHttp || current.bind !== server.bind ? undefined : {by: current, hosts: []}
}

function joinTls(server: Server, state: PortState): Skip | undefined {
  if (isHttpServer(server.spec)) {
    const owner = state.routeNames.get(routeNameOf(server))
    if (owner !== undefined) return {by: owner, hosts: []}
    state.routeNames.set(routeNameOf(server), server)
  }
  const joined = state.joinedBinds.get(server.bind)
  if (joined === undefined) state.joinedBinds.set(server.bind, server)
  return joined !== undefined && server.spec.tls === undefined ? {by: joined, hosts: []} : undefined
}

/** The name of the HTTP routes of a server; servers with the same one cannot both be on a TLS port (gatewayRDSRouteName). */
function routeNameOf({protocol, port, spec, gatewayKey}: Server): string {
  return isHttpProtocol(protocol) ? `http.${port}` : `https.${port}.${spec.port?.name ?? ''}.${gatewayKey}`
}

/** `server tcp (port 31400)`, as findings call it. */
export function describeServer({spec, number, index}: Server): string {
  return `server ${spec.port?.name ?? `#${index}`} (port ${number})`
}

/** The same, seen from another object. */
export function describeForeignServer(server: Server): string {
  return `${describeServer(server)} of ${titleOfOrigin(server.gateway)}`
}
