import {memoizeByIdentity} from '../base/memoize.js'
import {rememberEach} from '../base/remember-each.js'
import {steadyLists} from '../base/steady.js'
import {bindToGateways, boundServices, type GatewayBindings} from './bindings.js'
import {buildCluster, type ClusterOutcome} from './clusters/clusters.js'
import {inCreationOrder} from './creation-order.js'
import {emptyCluster, missingCluster} from './findings/destination-findings.js'
import {duplicateMatches, oddServer, portNotOnService, refusedChains, serverWithoutRoute, skippedServer, unservedServer} from './findings/gateway-findings.js'
import {objectFindings} from './findings/object-findings.js'
import {policyFindings} from './findings/policy-findings.js'
import {routeFindings} from './findings/route-findings.js'
import {unusedRules, usedBlocks} from './findings/unused-rules.js'
import {appliesTo} from './gateways/gateway-selection.js'
import {gatewayTopology} from './gateways/gateway-topology.js'
import {indexIngressPorts, type IngressPorts} from './gateways/ingress-ports.js'
import {buildListeners} from './gateways/listeners.js'
import {mergeServers, type MergedServers} from './gateways/merge-servers.js'
import {serveAll} from './gateways/serve.js'
import type {ServedChain, ServedServer} from './gateways/served-server.js'
import {groupBy} from './group-by.js'
import {indexMesh, type Mesh} from './mesh.js'
import type {Gateway} from './objects/gateway.js'
import type {Proxy} from './proxy.js'
import type {Cluster, Listener, Routing, RoutingFinding} from './routing.js'
import type {Snapshot} from './snapshot.js'
import {destinedBy, type Destined} from './tcp-route.js'

/**
 * The routing table of one gateway workload, by Istio's rules: which Gateways it serves, which of their servers get a place, which block of a
 * VirtualService each server follows, and the clusters those lead to. Pure, and total: what cannot work becomes a finding, never an error:
 *
 *     Gateways ─select, merge→ servers ─matching tcp or tls blocks→ chains ─destinations→ clusters ─EndpointSlices→ endpoints
 */
export function compile(snapshot: Snapshot, proxy: Proxy): Routing {
  const {findings, ...routing} = compileGateway(snapshot, proxy)
  return {...routing, findings: distinct([...objectFindings(snapshot, [proxy]), ...findings])}
}

/** The same without what is to be said of objects whatever gateway they are for (see `objectFindings`); a finding may be there more than once. */
export function compileGateway(snapshot: Snapshot, proxy: Proxy): Routing {
  const mesh = indexMesh(snapshot, proxy)
  const ports = indexIngressPorts(snapshot, proxy)
  const gateways = steadyGateways(proxy)(inCreationOrder(snapshot.gateways).filter((gateway) => appliesTo(gateway, proxy, ports)))
  const merged = mergeServers(gateways, ports)
  const bindings = bindToGateways(boundServices(snapshot.virtualServices, proxy))
  const served = serveAll(merged.placed, {proxy, bindings, mesh, credentials: snapshot.credentials})
  const {listeners, ...refusals} = buildListeners(served, ports, proxy)
  const topology = gatewayTopology(snapshot.pods, proxy)
  const outcomes = outcomesOfEach(proxy)(served.map((result) => [result, mesh]))
  const built = steadyOutcomes(proxy)([...new Set(outcomes.flat())])
  const said = sayEach(proxy)(served.map((result, i) => [result, ports, destinedBy(mesh), outcomes[i] ?? []]))

  const findings = [
    ...merged.skipped.map(skippedServer),
    ...refusedChains(refusals),
    ...said.flatMap(({unserved}) => unserved),
    ...said.flatMap(({odd}) => odd),
    ...said.flatMap(({ofPort}) => ofPort),
    ...withoutRoute(served, listeners),
    ...said.flatMap(({duplicates}) => duplicates),
    ...unusedFindings(merged, served, bindings),
    ...said.flatMap(({missing}) => missing),
    ...said.flatMap(({empty}) => empty),
    ...said.flatMap(({ofRoutes}) => ofRoutes),
    ...policyFindings(built, proxy),
    ...topology.findings,
  ]
  return {listeners: topology.listener.expectsProxyHeader === true ? listeners.map(expectingHeader) : listeners, clusters: existing(built), findings}
}

const steadyGateways = memoizeByIdentity((_: Proxy) => steadyLists<Gateway>())

const expectingHeader = memoizeByIdentity((listener: Listener): Listener => ({...listener, expectsProxyHeader: true}))

function withoutRoute(served: readonly ServedServer[], listeners: readonly Listener[]): readonly RoutingFinding[] {
  const lacking = served.filter(({chains, weightless}) => chains.length === 0 || weightless.length > 0)
  if (lacking.length === 0) return []
  const byPort = groupBy(listeners, ({port}) => port)
  const isOpen = ({server}: ServedServer) => (byPort.get(server.port) ?? []).some(({bind}) => server.bind === '' || server.bind === bind)
  return lacking.flatMap((result) => serverWithoutRoute(result, isOpen(result)))
}

/** The outcome of each target of a server's chains, in their order. */
type Outcomes = readonly ClusterOutcome[]

const outcomesOfEach = memoizeByIdentity((_: Proxy) => rememberEach((served: ServedServer, mesh: Mesh): Outcomes => {
  const outcomes = served.chains.flatMap(({compiled, clusters}) => {
    return compiled.targets.map((target) => clusters?.get(target.cluster) ?? buildCluster(target, mesh))
  })
  return steadyBehind(served)(outcomes)
}))

const steadyBehind = memoizeByIdentity((_: ServedServer) => steadyLists<ClusterOutcome>())

/** Most changes are about routes, and their clusters stay all the same. */
const steadyOutcomes = memoizeByIdentity((_: Proxy) => steadyLists<ClusterOutcome>())

const existing = memoizeByIdentity((outcomes: readonly ClusterOutcome[]): Readonly<Record<string, Cluster>> => {
  return Object.fromEntries(outcomes.flatMap((outcome) => (outcome.type === 'cluster' ? [[outcome.cluster.name, outcome.cluster]] : [])))
})

type Bindings = ReadonlyMap<string, GatewayBindings>

const serversByGateway = memoizeByIdentity(({placed, skipped}: MergedServers) => groupBy([...placed, ...skipped.map(({server}) => server)], ({gatewayKey}) => gatewayKey))

function unusedFindings(merged: MergedServers, served: readonly ServedServer[], bindings: Bindings): readonly RoutingFinding[] {
  const servers = serversByGateway(merged)
  const results = groupBy(served, ({server}) => server.gatewayKey)
  const used = usedBlocks(served)
  return [...bindings].flatMap(([gatewayKey, bound]) => {
    const own = servers.get(gatewayKey)
    return own === undefined ? [] : unusedRules({bindings: bound, servers: own, served: results.get(gatewayKey) ?? []}, used)
  })
}

/** What is to be said of a server and what stands behind it, whatever the others are. */
const sayEach = memoizeByIdentity((_: Proxy) => rememberEach((served: ServedServer, ports: IngressPorts, destined: Destined, outcomes: Outcomes) => {
  const behind = new Map(served.chains.flatMap(({compiled}) => compiled.targets).map(({cluster}, i) => [cluster, outcomes[i]]))
  const routed = served.chains.filter(isRouted)
  const targets = routed.flatMap(({rule, compiled}) => compiled.targets.flatMap((target) => leadTo({rule, target}, behind.get(target.cluster))))
  return {
    unserved: unservedServer(served),
    odd: oddServer(served),
    ofPort: served.kind === 'http' ? [] : portNotOnService(served.server, ports),
    duplicates: duplicateMatches(served),
    missing: targets.flatMap(({rule, target, outcome}) => missingCluster(rule, target, {outcome, mesh: destined})),
    empty: [...new Set(targets.map(({outcome}) => outcome))].flatMap(emptyCluster),
    ofRoutes: routed.flatMap(({rule, compiled}) => routeFindings(rule, compiled, ...compiled.targets.map(({cluster}) => behind.get(cluster)))),
  }
}))

function leadTo<T>(lead: T, outcome: ClusterOutcome | undefined): readonly (T & {readonly outcome: ClusterOutcome})[] {
  return outcome === undefined ? [] : [{...lead, outcome}]
}

type RoutedChain = ServedChain & Required<Pick<ServedChain, 'rule'>>

function isRouted(chain: ServedChain): chain is RoutedChain {
  return chain.rule !== undefined
}

/** Each finding once. */
export function distinct(findings: readonly RoutingFinding[]): readonly RoutingFinding[] {
  return [...new Map(findings.map((finding) => [textOf(finding), finding])).values()]
}

const textOf = memoizeByIdentity(({code, object, message}: RoutingFinding): string => `${code} ${object} ${message}`)
