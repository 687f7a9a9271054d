import type {BoundRule, BoundService, GatewayBindings} from './bindings.js'
import {groupBy} from './group-by.js'
import {serverCovers} from './host.js'
import {describeForeignServer, type Server} from './merge-servers.js'
import {namespaceOf, titleOf} from './naming.js'
import type {Proxy} from './proxy.js'
import type {RoutingFinding} from './routing.js'
import type {ServedServer} from './serve.js'
import type {TcpBlock, VirtualService} from './snapshot.js'
import {ignoredMatchFields} from './tcp-match.js'
import {visibilityOf} from './visibility.js'

/** Why a VirtualService reaches no gateway at all. */
export function unseenService(object: VirtualService, proxy: Proxy): readonly RoutingFinding[] {
  const {gateways = [], exportTo = [], tcp = []} = object.spec ?? {}
  if (tcp.length === 0) return []
  if (gateways.length === 0) {
    const message = 'spec.gateways is empty: its routes are for sidecars and no gateway uses them'
    return [{code: 'mesh-only', level: 'info', object: titleOf(object), message}]
  }
  if (visibilityOf(exportTo, namespaceOf(object), proxy.namespace) !== 'none') return []
  const message = `exportTo [${exportTo.join(', ')}] hides it from the gateway in namespace ${proxy.namespace}`
  return [{code: 'not-exported', level: 'warning', object: titleOf(object), message}]
}

export function missingGateways({object, gatewayKeys}: BoundService, exists: (gatewayKey: string) => boolean): readonly RoutingFinding[] {
  return gatewayKeys
    .filter((gatewayKey) => !exists(gatewayKey))
    .map((gatewayKey) => ({code: 'gateway-not-found', level: 'error', object: titleOf(object), message: `Gateway ${gatewayKey} does not exist`}))
}

export function ignoredMatches({object}: BoundService): readonly RoutingFinding[] {
  return (object.spec?.tcp ?? []).flatMap((block, rule): readonly RoutingFinding[] => {
    const fields = ignoredMatchFields(block)
    if (fields.length === 0) return []
    return [{code: 'match-ignored', level: 'warning', object: titleOf(object), message: `tcp[${rule}] matches on ${fields.join(', ')}, which gateways ignore`}]
  })
}

/** What is known of one gateway after its servers were served. */
export interface GatewayOutcome {
  readonly gatewayKey: string
  readonly bindings: GatewayBindings
  /** Every server it has, skipped ones too. */
  readonly servers: readonly Server[]
  readonly served: readonly ServedServer[]
}

/** The blocks that some server of some gateway follows. */
export function usedBlocks(served: readonly ServedServer[]): ReadonlySet<TcpBlock> {
  return new Set(served.flatMap(({winner}) => (winner === undefined ? [] : [winner.block])))
}

/** Bound rules that no connection will ever follow, each with its reason. Rules that win somewhere, be it at another gateway, are not mentioned. */
export function unusedRules({gatewayKey, bindings, servers, served}: GatewayOutcome, used: ReadonlySet<TcpBlock>): readonly RoutingFinding[] {
  const outside = new Set(bindings.services.filter((service) => !servers.some((server) => covers(server, service))))
  const mismatches = [...outside].filter(hasTcp).map((service) => hostsMismatch(service, gatewayKey, servers))
  const losers = bindings.rules.filter(({block, service}) => !used.has(block) && !outside.has(service))
  const byNumber = groupBy(servers, ({number}) => number)
  const results = new Map(served.map((result) => [result.server, result]))
  return [...mismatches, ...losers.flatMap((rule) => explainLoser(rule, {gatewayKey, byNumber, results}))]
}

function covers(server: Server, {hosts, namespace}: BoundService): boolean {
  return serverCovers(server.hosts, hosts, namespace)
}

function hasTcp({object}: BoundService): boolean {
  return (object.spec?.tcp ?? []).length > 0
}

function hostsMismatch({object, hosts}: BoundService, gatewayKey: string, servers: readonly Server[]): RoutingFinding {
  const serverHosts = [...new Set(servers.flatMap((server) => server.hosts))]
  const message = `hosts [${hosts.join(', ')}] do not overlap with [${serverHosts.join(', ')}] of Gateway ${gatewayKey}: its routes are not used there`
  return {code: 'hosts-mismatch', level: 'warning', object: titleOf(object), message}
}

interface Explanation {
  readonly gatewayKey: string
  readonly byNumber: ReadonlyMap<number, readonly Server[]>
  readonly results: ReadonlyMap<Server, ServedServer>
}

function explainLoser(rule: BoundRule, {gatewayKey, byNumber, results}: Explanation): readonly RoutingFinding[] {
  const object = titleOf(rule.service.object)
  let isMatched = false
  for (const server of serversAt(rule, byNumber)) {
    isMatched = true
    const winner = results.get(server)?.winner
    if (winner === undefined) continue
    const owner = `tcp[${winner.rule}] of ${titleOf(winner.service.object)}`
    const message = `tcp[${rule.rule}] is never used: ${describeForeignServer(server)} already follows ${owner}`
    return [{code: 'dead-route', level: 'warning', object, message}]
  }
  if (isMatched) return [] // the servers themselves are not served, and that is said of them
  const message = `tcp[${rule.rule}] matches ${describePorts(rule)}, and Gateway ${gatewayKey} has no such server`
  return [{code: 'route-without-server', level: 'warning', object, message}]
}

/** The servers a rule applies to, one at a time: the first usually answers. */
function* serversAt({ports, service}: BoundRule, byNumber: Explanation['byNumber']): Generator<Server> {
  for (const number of ports === 'any' ? byNumber.keys() : ports) {
    for (const server of byNumber.get(number) ?? []) if (covers(server, service)) yield server
  }
}

function describePorts({ports}: BoundRule): string {
  if (ports === 'any') return 'any port'
  return ports.size === 0 ? 'other gateways only' : `port ${[...ports].join(', ')}`
}
