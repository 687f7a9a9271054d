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
import {indexIngressPorts} from './gateways/ingress-ports.js'
import {buildListeners} from './gateways/listeners.js'
import {mergeServers, type MergedServers} from './gateways/merge-servers.js'
import {serveAll} from './gateways/serve.js'
import type {ServedServer} from './gateways/served-server.js'
import {groupBy} from './group-by.js'
import {indexMesh, type Mesh} from './mesh.js'
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
  const gateways = inCreationOrder(snapshot.gateways).filter((gateway) => appliesTo(gateway, proxy, ports))
  const merged = mergeServers(gateways, ports)
  const bindings = bindToGateways(boundServices(snapshot.virtualServices, proxy))
  const served = serveAll(merged.placed, {proxy, bindings, mesh, credentials: snapshot.credentials})
  const {listeners, ...refusals} = buildListeners(served, ports, proxy)
  const topology = gatewayTopology(snapshot.pods, proxy)
  const outcomes = buildClusters(served, mesh)
  const built = steadyOutcomes(proxy)([...outcomes.values()])
  const isOpen = indexOpen(listeners)

  const findings = [
    ...merged.skipped.map(skippedServer),
    ...refusedChains(refusals),
    ...served.flatMap(unservedServer),
    ...served.flatMap(oddServer),
    ...served.filter(({kind}) => kind !== 'http').flatMap(({server}) => portNotOnService(server, ports)),
    ...served.flatMap((result) => serverWithoutRoute(result, isOpen(result))),
    ...served.flatMap(duplicateMatches),
    ...unusedFindings(merged, served, bindings),
    ...clusterFindings(served, outcomes, mesh),
    ...policyFindings(built),
    ...topology.findings,
  ]
  return {listeners: listeners.map((listener) => ({...listener, ...topology.listener})), clusters: existing(built), findings}
}

/** Whether some listener is where a server wants to be. */
function indexOpen(listeners: readonly Listener[]): (served: ServedServer) => boolean {
  const byPort = groupBy(listeners, ({port}) => port)
  return ({server}) => (byPort.get(server.port) ?? []).some(({bind}) => server.bind === '' || server.bind === bind)
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

function unusedFindings({placed, skipped}: MergedServers, served: readonly ServedServer[], bindings: Bindings): readonly RoutingFinding[] {
  const servers = groupBy([...placed, ...skipped.map(({server}) => server)], ({gatewayKey}) => gatewayKey)
  const results = groupBy(served, ({server}) => server.gatewayKey)
  const used = usedBlocks(served)
  return [...bindings].flatMap(([gatewayKey, bound]) => {
    const own = servers.get(gatewayKey)
    return own === undefined ? [] : unusedRules({bindings: bound, servers: own, served: results.get(gatewayKey) ?? []}, used)
  })
}

function clusterFindings(served: readonly ServedServer[], outcomes: Outcomes, mesh: Mesh): readonly RoutingFinding[] {
  const routed = served.flatMap(({chains}) => chains.flatMap(({rule, compiled}) => (rule === undefined ? [] : [{rule, compiled}])))
  const missing = routed.flatMap(({rule, compiled}) =>
    compiled.targets.flatMap((target) => {
      const outcome = outcomes.get(target.cluster)
      return outcome === undefined ? [] : missingCluster(rule, target, {outcome, mesh})
    }),
  )
  const wanted = new Set(routed.flatMap(({compiled}) => compiled.targets.map(({cluster}) => cluster)))
  const empty = [...outcomes].flatMap(([name, outcome]) => (wanted.has(name) ? emptyCluster(outcome) : []))
  const odd = routed.flatMap(({rule, compiled}) => routeFindings(rule, compiled, outcomes))
  return [...missing, ...empty, ...odd]
}

/** Each finding once. */
export function distinct(findings: readonly RoutingFinding[]): readonly RoutingFinding[] {
  return [...new Map(findings.map((finding) => [`${finding.code} ${finding.object} ${finding.message}`, finding])).values()]
}
