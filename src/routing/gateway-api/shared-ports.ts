import {inCreationOrder} from '../creation-order.js'
import {aliasesOf, indexIngressPorts, resolvePort} from '../gateways/ingress-ports.js'
import {selects} from '../labels.js'
import {keyOf} from '../naming.js'
import type {Gateway} from '../objects/gateway.js'
import type {K8sGateway} from '../objects/k8s-gateway.js'
import type {Proxy} from '../proxy.js'
import type {Snapshot} from '../snapshot.js'

type Claimants = Pick<Snapshot, 'gateways' | 'services' | 'pods'>

interface Sharing {
  readonly managed: readonly K8sGateway[]
  /** What the Gateway API binds to the ingress. */
  readonly bound: readonly Gateway[]
}

/**
 * The ports a managed gateway has at the machine's own address, by `namespace/name`: all gateways share it, so that what an Istio Gateway, one
 * bound to the ingress, or an older Gateway has claimed is not free any more. Claims count whether a route leads anywhere or not: an address
 * must not come and go with routes.
 */
export function sharedPorts(snapshot: Claimants, ingress: Proxy, {managed, bound}: Sharing): ReadonlyMap<string, ReadonlySet<number>> {
  const taken = new Set(ingressClaims(snapshot, ingress, bound))
  const shares = new Map<string, ReadonlySet<number>>()
  for (const gateway of inCreationOrder(managed)) {
    const free = new Set(portsOf(gateway).filter((port) => !taken.has(port)))
    shares.set(keyOf(gateway), free)
    for (const port of free) taken.add(port)
  }
  return shares
}

/** The numbers of a Gateway's listeners, each once. */
export function portsOf({spec}: K8sGateway): readonly number[] {
  return [...new Set((spec?.listeners ?? []).map(({port}) => port))]
}

function ingressClaims(snapshot: Claimants, ingress: Proxy, bound: readonly Gateway[]): readonly number[] {
  const ports = indexIngressPorts(snapshot, ingress)
  const own = snapshot.gateways.filter(({spec}) => selects(spec?.selector, ingress.labels))
  const servers = [...own, ...bound].flatMap(({spec}) => spec?.servers ?? [])
  return servers.flatMap(({port, bind = ''}) => {
    if (port?.number === undefined || (bind !== '' && bind !== '0.0.0.0')) return []
    const resolved = resolvePort(ports, port.number)
    return [resolved, ...aliasesOf(ports, resolved)]
  })
}
