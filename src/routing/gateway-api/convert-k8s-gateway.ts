import type {K8sGateway} from '../objects/k8s-gateway.js'
import type {Snapshot} from '../snapshot.js'
import type {Problem} from './condition.js'
import {convertListener, type ConvertedListener} from './convert-listener.js'
import type {ClassRole} from './gateway-class.js'
import {gatewayServices} from './gateway-services.js'
import {listenerConflicts} from './listener-conflicts.js'
import type {ReferenceGrants} from './reference-grants.js'

/** A Gateway of one of our classes, listener by listener. */
export interface ConvertedK8sGateway {
  readonly gateway: K8sGateway
  readonly role: ClassRole
  /** Full host names of the Services in front of it. */
  readonly services: readonly string[]
  /** Of its addresses; it is not accepted then. */
  readonly problem?: Problem
  /** None of a remote one, and where no address can be used. */
  readonly listeners: readonly ConvertedListener[]
}

interface GatewayContext {
  readonly snapshot: Pick<Snapshot, 'namespaces' | 'credentials'>
  readonly grants: ReferenceGrants
  readonly domain: string
}

/** Source: istio gateway_collection.go GatewayCollection. */
export function convertK8sGateway(gateway: K8sGateway, role: ClassRole, {snapshot, grants, domain}: GatewayContext): ConvertedK8sGateway {
  const {hosts, problem} = gatewayServices(gateway, domain)
  const outcome = {gateway, role, services: hosts, ...(problem && {problem})}
  if (role === 'remote' || hosts.length === 0) return {...outcome, listeners: []}
  const listeners = gateway.spec?.listeners ?? []
  const conflicts = listenerConflicts(listeners)
  const context = {
    owner: gateway,
    namespaces: snapshot.namespaces ?? [],
    credentials: snapshot.credentials ?? {},
    frontend: gateway.spec?.tls?.frontend,
    grants,
    services: hosts,
  }
  return {...outcome, listeners: listeners.map((listener, place) => convertListener(listener, place, {...context, conflict: conflicts.get(place)}))}
}
