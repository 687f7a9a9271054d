import {keyOf} from '../../routing/naming.js'
import type {FilterChain, Listener} from '../../routing/routing.js'
import type {Gateway} from '../../routing/objects/gateway.js'
import type {TcpBlock, VirtualService} from '../../routing/objects/virtual-service.js'
import type {Snapshot} from '../../routing/snapshot.js'
import {INGRESS_PROXY, MESH_PROXY, proxyOfListener} from '../proxy-view.js'
import {passedOver} from './passed-over.js'
import {describeServer, serverPlace} from './server-place.js'
import type {Place, Step, Trail} from './trace.js'

/** From the listener to the route: whose server it is, which block it follows and which it passes over. */
export function chainTrail(listener: Listener, chain: FilterChain, snapshot: Snapshot): Trail {
  const trail = {steps: [...ownerSteps(listener, chain, snapshot), ...routeSteps(chain, snapshot)]}
  if (chain.tls === undefined || chain.tls.certificates.length > 0) return trail
  const {namespace, name, server} = chain.gateway
  const place = {kind: 'Gateway', namespace, name, path: ['spec', 'servers', server, 'tls']}
  return {
    ...trail,
    broken: {
      text: 'its TLS credential is missing or unusable: handshakes fail',
      mend: "create the Secret it names in the gateway's namespace; 'tshift gateway status' says what is wrong with it",
      place,
    },
  }
}

function ownerSteps(listener: Listener, chain: FilterChain, snapshot: Snapshot): readonly Step[] {
  const {namespace, name, server, port} = chain.gateway
  const proxy = proxyOfListener(listener)
  if (proxy === MESH_PROXY) {
    const kind = isOfEntry(listener, chain, snapshot) ? 'ServiceEntry' : 'Service'
    const place = {kind, namespace, name, path: ['spec', 'ports', server]}
    return [{kind: 'gateway', text: `${kind} ${namespace}/${name} port ${port}, for clients in the mesh`, place, depth: 0}]
  }
  const gateway = proxy === INGRESS_PROXY ? gatewayOf(chain, snapshot) : undefined
  if (gateway === undefined) {
    const place = {kind: 'Gateway', namespace, name, path: ['spec', 'listeners', server]}
    return [{kind: 'gateway', text: `Gateway ${namespace}/${name} listeners[${server}]: port ${port}${matchText(chain)}`, place, depth: 0}]
  }
  return [{kind: 'gateway', text: describeServer(gateway, server) + matchText(chain), place: serverPlace(gateway, server), depth: 0}]
}

/** Of a Service and a ServiceEntry of one name, the one that has the address. */
function isOfEntry({bind}: Listener, {gateway: {namespace, name}}: FilterChain, {services}: Snapshot): boolean {
  return !services.some((service) => keyOf(service) === `${namespace}/${name}` && service.spec?.clusterIP === bind)
}

function gatewayOf({gateway: {namespace, name}}: FilterChain, {gateways}: Snapshot): Gateway | undefined {
  return gateways.find((gateway) => keyOf(gateway) === `${namespace}/${name}`)
}

function matchText({match, tls}: FilterChain): string {
  const names = match?.serverNames === undefined ? '' : `, for server names ${match.serverNames.join(', ')}`
  const sources = match?.sources === undefined ? '' : `, for clients at ${match.sources.join(', ')}`
  return `${names}${sources}${tls === undefined ? '' : `, TLS ends here (${tls.mode})`}`
}

function routeSteps(chain: FilterChain, snapshot: Snapshot): readonly Step[] {
  const {source} = chain
  if (source === undefined) return [{kind: 'note', text: 'no VirtualService takes part: the route is the one every Service has', depth: 0}]
  const {kind = 'VirtualService', namespace, name, rule, block = 'tcp'} = source
  const path = kind === 'VirtualService' ? ['spec', block, rule] : ['spec', 'rules', rule]
  const place: Place = {kind, namespace, name, path}
  const service = kind === 'VirtualService' ? snapshot.virtualServices.find((one) => keyOf(one) === `${namespace}/${name}`) : undefined
  const part = kind === 'VirtualService' ? `${block}[${rule}]` : `rules[${rule}]`
  const step: Step = {kind: 'route', text: `${kind} ${namespace}/${name} ${part}${blockText(service?.spec?.[block]?.[rule])}`, place, depth: 0}
  return [step, ...losers(chain, snapshot)]
}

/** What the block asks for. */
function blockText(block: TcpBlock | undefined): string {
  const matches = block?.match ?? []
  if (matches.length === 0) return block === undefined ? '' : ': matches every connection'
  return `: match ${matches.map((match) => describeMatch(match)).join(' or ')}`
}

function describeMatch(match: object): string {
  const parts = Object.entries(match).map(
    ([field, value]) => `${field} ${Array.isArray(value) || typeof value !== 'object' ? String(value) : JSON.stringify(value)}`,
  )
  return parts.length === 0 ? 'anything' : parts.join(', ')
}

function losers(chain: FilterChain, snapshot: Snapshot): readonly Step[] {
  const gateway = gatewayOf(chain, snapshot)
  const spec = gateway?.spec?.servers?.[chain.gateway.server]
  if (gateway === undefined || spec === undefined || chain.source === undefined) return []
  const over = passedOver(snapshot.virtualServices as readonly VirtualService[], {
    gatewayKey: keyOf(gateway),
    namespace: chain.gateway.namespace,
    spec,
    winner: chain.source,
  })
  return over.map(({step}) => step)
}
