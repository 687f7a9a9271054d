import type {BoundService} from '../bindings.js'
import {MESH} from '../gateways/gateway-name.js'
import {titleOf} from '../naming.js'
import type {VirtualService} from '../objects/virtual-service.js'
import {routeBehind, titleOfOrigin} from '../origin.js'
import type {Proxy} from '../proxy.js'
import type {RoutingFinding} from '../routing.js'
import {ignoredMatchFields} from '../tcp-match.js'

/** Why a VirtualService reaches none of the gateways. */
export function unseenService(object: VirtualService, [ingress]: readonly Proxy[]): readonly RoutingFinding[] {
  const {gateways = [], exportTo = []} = object.spec ?? {}
  if (!hasL4Routes(object) || gateways.every((name) => name === MESH)) return []
  const message = `exportTo [${exportTo.join(', ')}] hides it from the gateway in namespace ${ingress?.namespace}`
  return [{code: 'not-exported', level: 'warning', object: titleOfOrigin(object), message}]
}

function hasL4Routes({spec}: VirtualService): boolean {
  return (spec?.tcp ?? []).length + (spec?.tls ?? []).length > 0
}

/** Without hosts it is a delegate, which only HTTP routes can refer to (istio mergeVirtualServicesIfNeeded). */
export function delegates(object: VirtualService): readonly RoutingFinding[] {
  if (!hasL4Routes(object) || (object.spec?.hosts ?? []).length > 0) return []
  const message = 'it has no hosts, which makes it a delegate for HTTP routes: its tcp and tls routes are not used'
  return [{code: 'delegate', level: 'warning', object: titleOf(object), message}]
}

/** HTTP blocks are stored and have no effect here. */
export function httpRoutes({object}: BoundService): readonly RoutingFinding[] {
  if ((object.spec?.http ?? []).length === 0) return []
  return [{code: 'http-routes', level: 'info', object: titleOf(object), message: 'its http routes have no effect: only TCP is served'}]
}

/** Routes of the Gateway API are told of their parents in their status. */
export function missingGateways({object, gatewayKeys}: BoundService, existing: ReadonlySet<string>): readonly RoutingFinding[] {
  if (routeBehind(object) !== undefined) return []
  return gatewayKeys
    .filter((gatewayKey) => !existing.has(gatewayKey))
    .map((gatewayKey) => ({code: 'gateway-not-found', level: 'error', object: titleOf(object), message: `Gateway ${gatewayKey} does not exist`}))
}

/** Warnings for blocks bound to gateways that match on what only sidecars look at; nothing of a VirtualService that is for the mesh alone. */
export function ignoredMatches({object, gatewayKeys}: BoundService): readonly RoutingFinding[] {
  if (gatewayKeys.length === 0) return []
  const {tcp = [], tls = []} = object.spec ?? {}
  const blocks = [...tcp.map((block, rule) => ({block, name: `tcp[${rule}]`})), ...tls.map((block, rule) => ({block, name: `tls[${rule}]`}))]
  return blocks.flatMap(({block, name}): readonly RoutingFinding[] => {
    const fields = ignoredMatchFields(block)
    if (fields.length === 0) return []
    return [{code: 'match-ignored', level: 'warning', object: titleOf(object), message: `${name} matches on ${fields.join(', ')}, which gateways ignore`}]
  })
}
