import {isIPAddress} from '../../ip-address.js'
import type {TcpMatch, TcpRoute, TlsMatch, TlsRoute, VirtualService, VirtualServiceSpec} from '../virtual-service.js'
import {checkGatewayBoundDomain, checkWildcardDomain} from './domain.js'
import {checkExportTo} from './export-to.js'
import {checkGatewayNames} from './gateway-names.js'
import {hostsOverlap, isHostSubset} from './host-overlap.js'
import {checkPort, checkSubnet} from './network.js'
import {checkReservedAnnotations} from './reserved-annotations.js'
import {checkRouteDestinations} from './route-destinations.js'
import {checkTags} from './tags.js'
import {warnUnreachable} from './unreachable.js'
import {errorsOf, FINE, merge, refuse, warn, type Verdict} from './verdict.js'

/** istiod's verdict on a VirtualService (istio validation.go ValidateVirtualService). Its http routes are taken as they are. */
export function admitVirtualService(virtualService: VirtualService): Verdict {
  const {metadata, spec = {}} = virtualService
  const {hosts = [], gateways = [], http = [], tls = [], tcp = [], exportTo} = spec
  return merge(
    refuse(...checkReservedAnnotations(virtualService), ...(hosts.length === 0 ? checkDelegate(spec) : [])),
    checkGatewayNames(gateways),
    refuse(...checkHosts(spec)),
    http.length + tcp.length + tls.length === 0 ? refuse('http, tcp or tls must be provided in virtual service') : FINE,
    ...http.map((route) => (route === null ? refuse('http route may not be null') : FINE)),
    ...tls.map((route) => admitTlsRoute(route, spec)),
    ...tcp.map(admitTcpRoute),
    refuse(...checkExportTo(exportTo, metadata.namespace ?? '')),
    warn(...warnUnreachable(tcp), ...warnUnreachable(tls)),
  )
}

/** Without hosts it can only be a part of another VirtualService. */
function checkDelegate({gateways = [], tls = [], tcp = []}: VirtualServiceSpec): readonly string[] {
  return [
    ...(gateways.length > 0 ? ['delegate virtual service must have no gateways specified'] : []),
    ...(tls.length > 0 ? ['delegate virtual service must have no tls route specified'] : []),
    ...(tcp.length > 0 ? ['delegate virtual service must have no tcp route specified'] : []),
  ]
}

function isForGateways({gateways = []}: VirtualServiceSpec): boolean {
  return gateways.length > 0 && !gateways.includes('mesh')
}

function checkHosts(spec: VirtualServiceSpec): readonly string[] {
  const {hosts = [], tls = []} = spec
  const hasSni = tls.some((route) => route?.match?.some((match) => (match?.sniHosts ?? []).length > 0))
  const errors = hosts.flatMap((host) => {
    const wrong = isForGateways(spec) ? checkGatewayBoundDomain(host, hasSni) : checkWildcardDomain(host)
    if (wrong.length > 0) return isIPAddress(host) ? [] : wrong
    return host === '*' && !isForGateways(spec) ? ['wildcard host * is not allowed for virtual services bound to the mesh gateway'] : []
  })
  return errors.length > 0 ? errors : checkDuplicateHosts(hosts)
}

function checkDuplicateHosts(hosts: readonly string[]): readonly string[] {
  return hosts.flatMap((host, index) =>
    hosts
      .slice(index + 1)
      .filter((other) => hostsOverlap(host, other))
      .map((other) => `duplicate hosts in virtual service: ${host} & ${other}`),
  )
}

/** The warnings of matches are lost here and kept for tls, as in istiod. */
function admitTcpRoute(route: TcpRoute): Verdict {
  if (route === null) return FINE
  const {match = [], route: destinations = []} = route
  return merge(
    ...match.map((one) => errorsOf(one === null ? refuse('tcp match may not be nil') : checkMatch(one))),
    refuse(...(destinations.length === 0 ? ['TCP route is required'] : checkRouteDestinations(destinations))),
  )
}

function admitTlsRoute(route: TlsRoute, spec: VirtualServiceSpec): Verdict {
  if (route === null) return FINE
  const {match = [], route: destinations = []} = route
  return merge(
    match.length === 0 ? refuse('TLS route must have at least one match condition') : FINE,
    ...match.map((one) => admitTlsMatch(one, spec)),
    refuse(...(destinations.length === 0 ? ['TLS route is required'] : checkRouteDestinations(destinations))),
  )
}

function admitTlsMatch(match: TlsMatch, spec: VirtualServiceSpec): Verdict {
  if (match === null) return refuse('TLS match may not be null')
  const {sniHosts = []} = match
  const names = sniHosts.length === 0 ? [refuse('TLS match must have at least one SNI host')] : sniHosts.map((host) => admitSniHost(host, spec))
  return merge(...names, checkMatch(match))
}

function admitSniHost(sniHost: string, spec: VirtualServiceSpec): Verdict {
  const wrong = (spec.gateways ?? []).includes('mesh') ? checkWildcardDomain(sniHost) : checkGatewayBoundDomain(sniHost, true)
  if (wrong.length > 0) {
    const isAddress = isIPAddress(sniHost)
    return isAddress ? warn(`using an IP address (${JSON.stringify(sniHost)}) goes against SNI spec and most clients do not support this`) : refuse(...wrong)
  }
  const {hosts = []} = spec
  if (hosts.some((host) => isHostSubset(sniHost, host))) return FINE
  return refuse(`SNI host ${JSON.stringify(sniHost)} is not a compatible subset of any of the virtual service hosts: [${hosts.join(', ')}]`)
}

/** What tcp and tls matches share. */
function checkMatch({destinationSubnets = [], port = 0, sourceLabels, gateways}: TcpMatch): Verdict {
  return merge(
    refuse(...destinationSubnets.flatMap(checkSubnet), ...(port === 0 ? [] : checkPort(port))),
    checkTags(sourceLabels),
    checkGatewayNames(gateways),
  )
}
