import {inCreationOrder} from '../../routing/creation-order.js'
import {resolveGatewayName} from '../../routing/gateways/gateway-name.js'
import {keyOf, namespaceOf, titleOf} from '../../routing/naming.js'
import type {Gateway} from '../../routing/objects/gateway.js'
import type {VirtualService} from '../../routing/objects/virtual-service.js'
import type {Routing} from '../../routing/routing.js'
import type {Snapshot} from '../../routing/snapshot.js'
import type {Known, Question} from './known.js'
import {passedOver, type PassedOver} from './passed-over.js'
import {describeServer, serverPlace} from './server-place.js'
import type {BrokenLink, Step, Trail} from './trace.js'

const REFUSED = 'connections are refused'

/** Why nothing listens at a port: the Gateway server that should have, one with a route if there is such, or that there is none. */
export function noListener({port, address}: Question, {snapshot, routing}: Known): Trail {
  const servers = inCreationOrder(snapshot.gateways).flatMap((gateway) =>
    (gateway.spec?.servers ?? []).flatMap((spec, index) => (spec.port?.number === port ? [{gateway, spec, index}] : [])),
  )
  const meant = servers.find(({gateway}) => isRouted(gateway, snapshot)) ?? servers[0]
  if (meant === undefined) return nobodyListens(port, {snapshot, routing, address})
  const {gateway, spec, index} = meant
  const place = serverPlace(gateway, index)
  const seen = {kind: 'gateway', text: describeServer(gateway, index), place, depth: 0} satisfies Step
  const unserved = findingAt('http-server', {gateway, port}, routing)
  if (unserved !== undefined) return {steps: [seen], broken: {text: `${unserved}: ${REFUSED}`, mend: 'give the server the protocol TCP, or TLS', place}}
  const over = passedOver(snapshot.virtualServices, {gatewayKey: keyOf(gateway), namespace: namespaceOf(gateway), spec})
  return {steps: [seen, ...over.map(({step}) => step)], broken: whyClosed({gateway, port, over, place}, routing, snapshot)}
}

function isRouted(gateway: Gateway, {virtualServices}: Snapshot): boolean {
  return virtualServices.some((service) => (service.spec?.gateways ?? []).some((name) => resolveGatewayName(name, namespaceOf(service)) === keyOf(gateway)))
}

interface Closed {
  readonly gateway: Gateway
  readonly port: number
  readonly over: readonly PassedOver[]
  readonly place: NonNullable<BrokenLink['place']>
}

function whyClosed({gateway, port, over, place}: Closed, routing: Routing, snapshot: Snapshot): BrokenLink {
  const said = (code: string) => routing.findings.find((finding) => finding.code === code && finding.object === titleOf(gateway))?.message
  const selects = said('gateway-selects-nothing')
  if (selects !== undefined)
    return {text: `${selects}: ${REFUSED}`, mend: 'give it the selector istio: ingressgateway', place: {...place, path: ['spec', 'selector']}}
  const conflict = findingAt('server-conflict', {gateway, port}, routing)
  if (conflict !== undefined) return {text: `${conflict}: ${REFUSED}`, mend: 'use another port or bind, or remove one of the two servers', place}
  const [passed] = over
  if (passed !== undefined) return {text: `no route for port ${port}: ${passed.step.text}: ${REFUSED}`, mend: passed.mend, place: passed.step.place ?? place}
  const stray = strayService(snapshot, routing)
  if (stray !== undefined) return stray
  const name = gateway.metadata.name
  return {
    text: `no VirtualService is bound to Gateway ${keyOf(gateway)}: ${REFUSED}`,
    mend: `apply a VirtualService with gateways: [${name}] and a tcp route for port ${port} (in another namespace: ${keyOf(gateway)})`,
    place,
  }
}

/** What a finding says of the Gateway's server at a port. */
function findingAt(wanted: string, {gateway, port}: Pick<Closed, 'gateway' | 'port'>, {findings}: Routing): string | undefined {
  return findings.find(({code, object, message}) => code === wanted && object === titleOf(gateway) && message.includes(`(port ${port})`))?.message
}

/** A VirtualService that names a Gateway which does not exist: most likely a slip in the name or namespace. */
function strayService({gateways, virtualServices}: Snapshot, {findings}: Routing): BrokenLink | undefined {
  const keys = new Set(gateways.map(keyOf))
  for (const service of virtualServices) {
    const index = (service.spec?.gateways ?? []).findIndex((name) => name !== 'mesh' && !keys.has(resolveGatewayName(name, namespaceOf(service))))
    const said = findings.find(({code, object}) => code === 'gateway-not-found' && object === titleOf(service))
    if (index >= 0 && said !== undefined) return strayLink(service, index, said.message)
  }
  return undefined
}

function strayLink(service: VirtualService, index: number, message: string): BrokenLink {
  const place = {kind: 'VirtualService', namespace: namespaceOf(service), name: service.metadata.name, path: ['spec', 'gateways', index]}
  return {text: `${titleOf(service)}: ${message}: ${REFUSED}`, mend: 'name the Gateway as it is; one in another namespace as namespace/name', place}
}

function nobodyListens(
  port: number,
  {snapshot, routing, address}: {readonly snapshot: Snapshot; readonly routing: Routing; readonly address: string | undefined},
): Trail {
  const k8s = (snapshot.k8sGateways ?? []).find(({spec}) => spec?.listeners?.some((listener) => listener.port === port))
  if (k8s !== undefined) {
    const index = k8s.spec?.listeners?.findIndex((listener) => listener.port === port) ?? 0
    const place = {kind: 'Gateway', namespace: namespaceOf(k8s), name: k8s.metadata.name, path: ['spec', 'listeners', index]}
    const mend = `attach a TCPRoute or TLSRoute; 'tshift get gtw ${k8s.metadata.name} -n ${namespaceOf(k8s)} -o yaml' shows why a listener is not programmed`
    return {
      steps: [{kind: 'gateway', text: `${titleOf(k8s)} listeners[${index}]: port ${port}`, place, depth: 0}],
      broken: {text: `this listener has no route: ${REFUSED}`, mend, place},
    }
  }
  const open = [...new Set(routing.listeners.filter(({scope}) => scope !== 'mesh').map((listener) => listener.port))].sort((a, b) => a - b)
  const known =
    open.length === 0 ? 'apply a Gateway and a VirtualService for it' : `ports that are open: ${open.join(', ')}; or apply a Gateway with a server at ${port}`
  const where = address === undefined ? '' : ` at ${address}`
  return {steps: [], broken: {text: `nothing listens on port ${port}${where}: no Gateway has a server there`, mend: known}}
}
