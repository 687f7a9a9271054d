import {memoizeByIdentity} from '../../base/memoize.js'
import type {BoundRule, BoundService, GatewayBindings} from '../bindings.js'
import {describeForeignServer, type Server} from '../gateways/merge-servers.js'
import type {ServedServer} from '../gateways/served-server.js'
import {groupBy} from '../group-by.js'
import {serverCovers} from '../host.js'
import {describeRule, titleOfOrigin} from '../origin.js'
import type {RoutingFinding} from '../routing.js'

/** What is known of one gateway after its servers were served. */
export interface GatewayOutcome {
  readonly bindings: GatewayBindings
  /** Every server it has, skipped ones too. */
  readonly servers: readonly Server[]
  readonly served: readonly ServedServer[]
}

/** The blocks that some server of some gateway follows, or would if something else, which is said, did not keep it from that. */
export function usedBlocks(served: readonly ServedServer[]): ReadonlySet<object> {
  const used = new Set<object>()
  const use = (rule: BoundRule | undefined) => rule !== undefined && used.add(rule.block)
  for (const {winner, chains, weightless, duplicates} of served) {
    use(winner)
    for (const rule of weightless) use(rule)
    for (const {rule} of [...chains, ...duplicates]) use(rule)
  }
  return used
}

/** Bound rules that no connection will ever follow, each with its reason. Rules that win somewhere, be it at another gateway, are not mentioned. */
export function unusedRules({bindings, servers, served}: GatewayOutcome, used: ReadonlySet<object>): readonly RoutingFinding[] {
  const outside = new Set(bindings.services.filter((service) => !isCovered(servers, service)))
  const mismatches = [...outside].filter(hasRoutes).map((service) => hostsMismatch(service, servers))
  const losers = firstOfBlock(bindings.rules.filter(({block, service}) => !used.has(block) && !outside.has(service)))
  if (losers.length === 0) return mismatches
  const byNumber = groupBy(servers, ({number}) => number)
  const results = new Map(served.map((result) => [result.server, result]))
  return [...mismatches, ...losers.flatMap((rule) => explainLoser(rule, {servers, byNumber, results}))]
}

/** A `tls` block has a rule for each of its matches and is one thing to people. */
function firstOfBlock(rules: readonly BoundRule[]): readonly BoundRule[] {
  return rules.filter(({block}, index) => rules[index - 1]?.block !== block)
}

const isCovered = memoizeByIdentity((servers: readonly Server[], service: BoundService): boolean => servers.some((server) => covers(server, service)))

function covers(server: Server, {hosts, namespace}: BoundService): boolean {
  return serverCovers(server.hosts, hosts, namespace)
}

function hasRoutes({object}: BoundService): boolean {
  return (object.spec?.tcp ?? []).length + (object.spec?.tls ?? []).length > 0
}

function hostsMismatch({object, hosts}: BoundService, servers: readonly Server[]): RoutingFinding {
  const serverHosts = [...new Set(servers.flatMap((server) => server.hosts))]
  const message = `hosts [${hosts.join(', ')}] do not overlap with [${serverHosts.join(', ')}] of ${titleOfGateway(servers)}: its routes are not used there`
  return {code: 'hosts-mismatch', level: 'warning', object: titleOfOrigin(object), message}
}

function titleOfGateway([first]: readonly Server[]): string {
  return first === undefined ? 'the Gateway' : titleOfOrigin(first.gateway)
}

interface Explanation {
  readonly servers: readonly Server[]
  readonly byNumber: ReadonlyMap<number, readonly Server[]>
  readonly results: ReadonlyMap<Server, ServedServer>
}

function explainLoser(rule: BoundRule, {servers, byNumber, results}: Explanation): readonly RoutingFinding[] {
  const object = titleOfOrigin(rule.service.object)
  let deaf: ServedServer | undefined
  let isMatched = false
  for (const server of serversAt(rule, byNumber)) {
    isMatched = true
    const result = results.get(server)
    if (result === undefined || result.kind === 'http') continue // skipped or not served, and that is said of the server
    if (!listensTo(result, rule)) {
      deaf ??= result
      continue
    }
    const {winner} = result
    if (winner === undefined) continue
    const owner = `${describeRule(winner)} of ${titleOfOrigin(winner.service.object)}`
    const message = `${describeRule(rule)} is never used: ${describeForeignServer(server)} already follows ${owner}`
    return [{code: 'dead-route', level: 'warning', object, message}]
  }
  if (deaf !== undefined) return [{code: 'wrong-block', level: 'warning', object, message: wrongBlock(rule, deaf)}]
  if (isMatched) return []
  const message = `${describeRule(rule)} matches ${describePorts(rule)}, and ${titleOfGateway(servers)} has no such server`
  return [{code: 'route-without-server', level: 'warning', object, message}]
}

function listensTo({kind}: ServedServer, rule: BoundRule): boolean {
  return rule.kind === 'tcp' ? kind === 'plain' || kind === 'terminate' : kind === 'passthrough'
}

function wrongBlock(rule: BoundRule, {server, kind}: ServedServer): string {
  return `${describeRule(rule)} is not used: ${describeForeignServer(server)} ${HABITS[kind]}`
}

const HABITS: Readonly<Record<ServedServer['kind'], string>> = {
  plain: 'has no tls and follows tcp routes only',
  terminate: 'ends TLS and follows tcp routes only',
  passthrough: 'passes TLS through and follows tls routes only',
  'auto-passthrough': 'passes TLS on to the Service that the client names and follows no routes',
  http: 'speaks HTTP',
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
