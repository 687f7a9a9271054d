import {servicesOf} from '../gateways/gateway-selection.js'
import {isDefinedOnService, type IngressPorts} from '../gateways/ingress-ports.js'
import type {BuiltListeners} from '../gateways/listeners.js'
import {describeForeignServer, describeServer, type Server, type SkippedServer} from '../gateways/merge-servers.js'
import type {ServedServer} from '../gateways/served-server.js'
import {formatLabels} from '../labels.js'
import type {Gateway} from '../objects/gateway.js'
import {describeRule, titleOfOrigin} from '../origin.js'
import type {Proxy} from '../proxy.js'
import type {RoutingFinding} from '../routing.js'
import {unusedDigests} from '../tls/client-digests.js'
import type {TlsProblem} from '../tls/server-tls.js'

/** Of a Gateway that no gateway workload serves. One of the Gateway API is told so in its status. */
export function unselectedGateway(gateway: Gateway, [ingress]: readonly Proxy[]): readonly RoutingFinding[] {
  if (servicesOf(gateway) !== undefined) return []
  const labels = formatLabels(ingress?.labels)
  const message = `selector ${formatLabels(gateway.spec?.selector)} matches no gateway workload; the ingress gateway has the labels ${labels}`
  return [{code: 'gateway-selects-nothing', level: 'warning', object: titleOfOrigin(gateway), message}]
}

/** The error for a server whose port or hosts an older Gateway has. */
export function skippedServer({server, by, hosts}: SkippedServer): RoutingFinding {
  const owner = describeForeignServer(by)
  const reason = hosts.length > 0 ? `${owner} already has the hosts ${hosts.join(', ')} there` : `the port already belongs to ${owner}`
  return {code: 'server-conflict', level: 'error', object: titleOfOrigin(server.gateway), message: `${describeServer(server)} is skipped: ${reason}`}
}

/** Servers that keep their place in merging and are not opened by this data plane. */
export function unservedServer({server, kind}: ServedServer): readonly RoutingFinding[] {
  if (kind !== 'http') return []
  const message = `${describeServer(server)} speaks HTTP, which is not served: only TCP is`
  return [{code: 'http-server', level: 'info', object: titleOfOrigin(server.gateway), message}]
}

/** What a server's settings do otherwise than they say. */
export function oddServer({server, kind, tlsProblem}: ServedServer): readonly RoutingFinding[] {
  const object = titleOfOrigin(server.gateway)
  const findings: RoutingFinding[] = []
  const name = describeServer(server)
  if (tlsProblem !== undefined)
    findings.push({code: 'tls-credential', level: 'error', object, message: `${name} ends TLS and ${withoutCertificate(tlsProblem)}`})
  const unused = kind === 'terminate' ? unusedDigests(server.spec.tls ?? {}) : undefined
  if (unused !== undefined) findings.push({code: 'digest-without-effect', level: 'warning', object, message: `${name}: ${unused}`})
  const protocol = server.protocol.toLowerCase()
  const isBare = kind === 'plain' && (protocol === 'tls' || protocol === 'https')
  if (isBare)
    findings.push({
      code: 'tls-not-set',
      level: 'warning',
      object,
      message: `${name} says ${server.protocol} and has no tls: it forwards whatever comes, by tcp routes`,
    })
  if (protocol === 'udp')
    findings.push({code: 'udp-server', level: 'warning', object, message: `${name} says UDP, which gateways do not forward: it is a TCP port`})
  return findings
}

function withoutCertificate({problem, isServedYet}: TlsProblem): string {
  if (isServedYet !== true) return `no handshake succeeds: ${problem}`
  return `the running gateway serves the last good certificate, but after a restart no handshake succeeds: ${problem}`
}

/** The warning for a server whose port no Service in front of the gateway has (IST0162). */
export function portNotOnService(server: Server, ports: IngressPorts): readonly RoutingFinding[] {
  if (isDefinedOnService(ports, server.number)) return []
  const selector = formatLabels(server.gateway.spec?.selector)
  return [
    {
      code: 'port-not-on-service',
      level: 'warning',
      object: titleOfOrigin(server.gateway),
      message:
        `The gateway is listening on a target port (port ${server.number}) that is not defined in the Service associated with its workload instances ` +
        `(Pod selector ${selector}). If you need to access the gateway port through the gateway Service, it will not be available.`,
    },
  ]
}

/** `isOpen` tells whether other servers keep a listener at the server's port. */
export function serverWithoutRoute(served: ServedServer, isOpen: boolean): readonly RoutingFinding[] {
  const {server, kind, chains, weightless, duplicates} = served
  const portIs = isOpen ? 'other servers keep the port open and its clients are not among theirs' : 'the port is not opened and connections are refused'
  const unweighted = weightless.map((rule): RoutingFinding => {
    const message = `${describeRule(rule)} has several destinations and no weight above 0 among them: ${chains.length > 0 || isOpen ? 'its clients are closed' : `port ${server.number} is not opened`}`
    return {code: 'no-weights', level: 'error', object: titleOfOrigin(rule.service.object), message}
  })
  if (kind === 'http' || chains.length > 0 || weightless.length + duplicates.length > 0) return unweighted
  const missing =
    kind === 'auto-passthrough'
      ? 'has no Service with one of its hosts'
      : `has no VirtualService with a matching ${kind === 'passthrough' ? 'tls' : 'tcp'} route`
  return [{code: 'gateway-without-route', level: 'warning', object: titleOfOrigin(server.gateway), message: `${describeServer(server)} ${missing}: ${portIs}`}]
}

/** Matches that were left out because their names are taken; the number after the rule is the match's, as in istiod's log. */
export function duplicateMatches({server, duplicates}: ServedServer): readonly RoutingFinding[] {
  return duplicates.map(({rule, hosts}) => ({
    code: 'duplicate-sni',
    level: 'error',
    object: titleOfOrigin(rule.service.object),
    message:
      `skipping VirtualService ${rule.service.object.metadata.name} rule #${rule.match?.index ?? 0} on server port ${server.number} of gateway ${server.gatewayKey}, ` +
      `duplicate SNI host names: [${hosts.join(' ')}] (${describeRule(rule)})`,
  }))
}

/** Chains that Envoy would refuse, and all others of the listener with them; here only they are left out. */
export function refusedChains({refused, malformed}: Pick<BuiltListeners, 'refused' | 'malformed'>): readonly RoutingFinding[] {
  const overlaps = refused.map(({server, by, hosts, chain}): RoutingFinding => {
    if (chain.match === undefined && chain.tls === undefined && by.spec.tls === undefined) return skippedServer({server, by, hosts: []})
    const whose = hosts.length > 0 ? `the server names ${hosts.join(', ')} are not its own` : 'both take every client'
    const message = `${describeServer(server)} is skipped: ${whose}, ${describeForeignServer(by)} was first (Envoy would refuse the listener)`
    return {code: 'server-conflict', level: 'error', object: titleOfOrigin(server.gateway), message}
  })
  const wildcards = malformed.map(({server, chain, name}): RoutingFinding => {
    const object = titleOfOrigin(chain.rule?.service.object ?? server.gateway)
    const message = `${name} is left out at ${describeServer(server)}: a wildcard stands for whole labels at the front, such as *.example.com (Envoy would refuse the listener)`
    return {code: 'partial-wildcard', level: 'error', object, message}
  })
  return [...overlaps, ...wildcards]
}
