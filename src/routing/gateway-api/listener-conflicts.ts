import type {K8sListener} from '../objects/k8s-gateway.js'

export type ConflictReason = 'ProtocolConflict' | 'HostnameConflict'

/**
 * The listeners of one Gateway that lose to an earlier one, by place: a port belongs to one TCP or UDP listener, or to HTTP, HTTPS and TLS
 * listeners with different host names. Losers free their place. Source: istio gatewaycommon/listener_conflict.go.
 */
export function listenerConflicts(listeners: readonly K8sListener[]): ReadonlyMap<number, ConflictReason> {
  const conflicts = new Map<number, ConflictReason>()
  const winners: K8sListener[] = []
  for (const [place, listener] of listeners.entries()) {
    const prior = winners.find((winner) => !areDistinct(listener, winner))
    if (prior === undefined) winners.push(listener)
    else conflicts.set(place, reasonOf(listener, prior))
  }
  return conflicts
}

const L4 = new Set(['TCP', 'UDP'])
const NAMED = new Set(['HTTP', 'HTTPS', 'TLS'])

function areDistinct(a: K8sListener, b: K8sListener): boolean {
  if (a.port !== b.port) return true
  const known = [a, b].every(({protocol}) => L4.has(protocol) || NAMED.has(protocol))
  if (!known) return a.protocol !== b.protocol
  if (L4.has(a.protocol) || L4.has(b.protocol)) return false
  return hostnameOf(a) !== hostnameOf(b)
}

function reasonOf(a: K8sListener, b: K8sListener): ConflictReason {
  return a.protocol !== b.protocol || L4.has(a.protocol) ? 'ProtocolConflict' : 'HostnameConflict'
}

function hostnameOf({hostname = ''}: K8sListener): string {
  return hostname === '' ? '*' : hostname
}
