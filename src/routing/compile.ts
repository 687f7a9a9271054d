import {memoizeByIdentity} from '../base/memoize.js'
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
  const outcomes = buildClusters(served, mesh)
  const built = steadyOutcomes(proxy)([...outcomes.values()])
  const said = served.map((result) => serverFindings(result, ports))

  const findings = [
    ...merged.skipped.map(skippedServer),
    ...refusedChains(refusals),
    ...said.flatMap(({unserved}) => unserved),
    ...said.flatMap(({odd}) => odd),
    ...said.flatMap(({ofPort}) => ofPort),
    ...withoutRoute(served, listeners),
    ...served.flatMap(duplicateMatches),
    ...unusedFindings(merged, served, bindings),
    ...clusterFindings(served, outcomes, mesh),
    ...policyFindings(built),
    ...topology.findings,
  ]
  return {listeners: topology.listener.expectsProxyHeader === true ? listeners.map(expectingHeader) : listeners, clusters: existing(built), findings}
}

const steadyGateways = memoizeByIdentity((_: Proxy) => steadyLists<Gateway>())

const expectingHeader = memoizeByIdentity((listener: Listener): Listener => ({...listener, expectsProxyHeader: true}))

/** What is to be said of a server whatever the others are. */
const serverFindings = memoizeByIdentity((served: ServedServer, ports: IngressPorts) => ({
  unserved: unservedServer(served),
  odd: oddServer(served),
  ofPort: served.kind === 'http' ? [] : portNotOnService(served.server, ports),
}))

function withoutRoute(served: readonly ServedServer[], listeners: readonly Listener[]): readonly RoutingFinding[] {
  const byPort = groupBy(listeners, ({port}) => port)
  const isOpen = ({server}: ServedServer) => (byPort.get(server.port) ?? []).some(({bind}) => server.bind === '' || server.bind === bind)
  return served.flatMap((result) => (result.chains.length > 0 && result.weightless.length === 0 ? [] : serverWithoutRoute(result, isOpen(result))))
}

/** By cluster name, for every destination of every route. */
type Outcomes = ReadonlyMap<string, ClusterOutcome>

function buildClusters(served: readonly ServedServer[], mesh: Mesh): Outcomes {
  const chains = served.flatMap((result) => result.chains)
  const outcomes = new Map<string, ClusterOutcome>(chains.flatMap(({clusters}) => [...(clusters ?? [])]))
  for (const target of chains.flatMap(({compiled}) => compiled.targets)) {
    if (!outcomes.has(target.cluster)) outcomes.set(target.cluster, buildCluster(target, mesh))
  }
  return outcomes
}

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

function clusterFindings(served: readonly ServedServer[], outcomes: Outcomes, mesh: Mesh): readonly RoutingFinding[] {
  const routed = served.flatMap(({chains}) => chains.filter(isRouted))
  const targets = routed.flatMap(({rule, compiled}) => compiled.targets.map((target) => ({rule, target, outcome: outcomes.get(target.cluster)})))
  const missing = targets.flatMap(({rule, target, outcome}) => (outcome === undefined ? [] : missingCluster(rule, target, {outcome, mesh})))
  const empty = [...new Set(targets.map(({outcome}) => outcome))].flatMap((outcome) => (outcome === undefined ? [] : emptyCluster(outcome)))
  const odd = routed.flatMap(({rule, compiled}) => routeFindings(rule, compiled, ...compiled.targets.map(({cluster}) => outcomes.get(cluster))))
  return [...missing, ...empty, ...odd]
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
