import {inCreationOrder} from '../../routing/creation-order.js'
import {resolveGatewayName} from '../../routing/gateways/gateway-name.js'
import {sanitizeHosts, serverCovers, toFullHost} from '../../routing/host.js'
import {keyOf, namespaceOf} from '../../routing/naming.js'
import type {GatewayServer} from '../../routing/objects/gateway.js'
import type {TcpBlock, VirtualService} from '../../routing/objects/virtual-service.js'
import {ROOT_NAMESPACE} from '../../routing/proxy.js'
import type {ChainSource} from '../../routing/routing.js'
import {matchedPorts} from '../../routing/tcp-match.js'
import {visibilityOf} from '../../routing/visibility.js'
import {isPassthrough} from './server-place.js'
import type {Step} from './trace.js'

const DOMAIN = 'cluster.local'

/** The Gateway server that looks for a route. */
export interface Seeker {
  readonly gatewayKey: string
  readonly namespace: string
  readonly spec: GatewayServer
  /** Absent where it found none. */
  readonly winner?: ChainSource
}

/** A block that is not followed, and what would have it followed. */
export interface PassedOver {
  readonly step: Step
  readonly mend: string
}

/** Every VirtualService block that is bound to a server's Gateway and is not the one it follows, each with the reason (istio core/gateway.go). */
export function passedOver(virtualServices: readonly VirtualService[], seeker: Seeker): readonly PassedOver[] {
  const bound = inCreationOrder(virtualServices).filter((service) => gatewaysOf(service).includes(seeker.gatewayKey))
  return bound.flatMap((service) => {
    const reason = wholeReason(service, seeker)
    return (reason === undefined ? blockReasons(service, seeker) : [reason]).map((one) => toPassedOver(service, one))
  })
}

function gatewaysOf(service: VirtualService): readonly string[] {
  return (service.spec?.gateways ?? []).map((name) => resolveGatewayName(name, namespaceOf(service)))
}

interface Reason {
  readonly text: string
  readonly mend: string
  readonly path: readonly (string | number)[]
}

/** Why none of its blocks is even looked at. */
function wholeReason(service: VirtualService, {spec, namespace}: Seeker): Reason | undefined {
  const {exportTo = [], hosts = []} = service.spec ?? {}
  const own = namespaceOf(service)
  if (visibilityOf(exportTo, own, ROOT_NAMESPACE) === 'none') {
    const text = `exportTo [${exportTo.join(', ')}] hides it from the gateway in namespace ${ROOT_NAMESPACE}`
    return {text, mend: "export it to the gateway's namespace: exportTo: ['*'], or leave exportTo out", path: ['spec', 'exportTo']}
  }
  const full = hosts.map((host) => toFullHost(host, own, DOMAIN))
  const serverHosts = sanitizeHosts(spec.hosts ?? [], namespace)
  if (serverCovers(serverHosts, full, own)) return undefined
  const text = `its hosts [${hosts.join(', ')}] do not overlap with the server's [${serverHosts.join(', ')}]`
  return {text, mend: 'make the hosts of the VirtualService and of the Gateway server overlap; "*" takes all', path: ['spec', 'hosts']}
}

function blockReasons(service: VirtualService, seeker: Seeker): readonly Reason[] {
  const field = isPassthrough(seeker.spec) ? 'tls' : 'tcp'
  const blocks = service.spec?.[field] ?? []
  if (blocks.length === 0) return [{text: `it has no ${field} route, and this server asks for one`, mend: `add a ${field} route`, path: ['spec']}]
  return blocks.flatMap((block, index) => {
    if (isWinner(service, index, seeker)) return []
    const {text, mend} = blockReason(block, namespaceOf(service), seeker)
    return [{text: `${field}[${index}]: ${text}`, mend, path: ['spec', field, index]}]
  })
}

function isWinner(service: VirtualService, rule: number, {winner}: Seeker): boolean {
  return winner !== undefined && winner.kind === undefined && `${winner.namespace}/${winner.name}` === keyOf(service) && winner.rule === rule
}

function blockReason(block: TcpBlock, namespace: string, {gatewayKey, spec, winner}: Seeker): Omit<Reason, 'path'> {
  const number = spec.port?.number ?? 0
  const ports = matchedPorts(block, gatewayKey, namespace)
  if ((block.route ?? []).length === 0) return {text: 'it has no destination', mend: 'give the block a route'}
  if (ports !== 'any' && ports.size === 0) return {text: 'it is for other gateways only', mend: 'name this Gateway in match.gateways, or leave it out'}
  if (ports !== 'any' && !ports.has(number)) {
    return {text: `it matches port ${[...ports].join(', ')}, not ${number}`, mend: `let the route match port ${number}, the number the Gateway has`}
  }
  if (winner === undefined && isWeightless(block)) return {text: 'its destinations have no weight above 0', mend: 'give one of its destinations a weight'}
  if (winner === undefined) return {text: 'this server takes no connection by it', mend: "'tshift analyze' says what is wrong with it"}
  const text = isPassthrough(spec) ? 'it is for other server names, or asked later' : 'never used: the route above matches and is asked first'
  return {text, mend: 'remove the other route, or match on another port'}
}

/** A single destination needs no weight (istio core/networkfilter.go). */
function isWeightless({route = []}: TcpBlock): boolean {
  return route.length > 1 && route.every(({weight = 0}) => weight === 0)
}

function toPassedOver(service: VirtualService, {text, mend, path}: Reason): PassedOver {
  const place = {kind: 'VirtualService', namespace: namespaceOf(service), name: service.metadata.name, path}
  return {step: {kind: 'passed-over', text: `VirtualService ${keyOf(service)} ${text}`, place, depth: 0}, mend}
}
