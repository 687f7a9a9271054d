import {bindToGateways, boundServices, NOTHING_BOUND, type BoundService, type GatewayBindings} from './bindings.js'
import {buildCluster, type ClusterOutcome} from './clusters.js'
import {inCreationOrder} from './creation-order.js'
import {emptyCluster, missingCluster} from './destination-findings.js'
import {portNotOnService, serverWithoutRoute, skippedServer, unselectedGateway, unservedServer} from './gateway-findings.js'
import {groupBy} from './group-by.js'
import {indexIngressPorts} from './ingress-ports.js'
import {selects} from './labels.js'
import {mergeServers, type MergedServers} from './merge-servers.js'
import {indexMesh, type Mesh} from './mesh.js'
import {keyOf} from './naming.js'
import {policyFindings} from './policy-findings.js'
import type {Proxy} from './proxy.js'
import type {Cluster, Routing, RoutingFinding} from './routing.js'
import {buildListeners, serve, type ServedServer} from './serve.js'
import {isPlainTcpServer} from './server-kind.js'
import type {Gateway, Snapshot} from './snapshot.js'
import {ignoredMatches, missingGateways, unseenService, unusedRules, usedBlocks} from './virtual-service-findings.js'

/**
 * The routing table of one gateway workload, by Istio's rules: which Gateways it serves, which of their servers get a place, which `tcp` block
 * each server follows, and the clusters those lead to. Pure, and total: what cannot work becomes a finding, never an error. A pipeline:
 *
 *     Gateways ─select, merge→ servers ─first matching tcp block→ chains ─destinations→ clusters ─EndpointSlices→ endpoints
 */
export function compile(snapshot: Snapshot, proxy: Proxy): Routing {
  const mesh = indexMesh(snapshot, proxy)
  const ports = indexIngressPorts(snapshot, proxy)
  const gateways = inCreationOrder(snapshot.gateways)
  const isSelected = ({spec}: Gateway): boolean => selects(spec?.selector, proxy.labels)
  const merged = mergeServers(gateways.filter(isSelected), ports)
  const services = boundServices(snapshot.virtualServices, proxy)
  const bindings = bindToGateways(services)
  const plain = merged.placed.filter(({spec}) => isPlainTcpServer(spec))
  const served = plain.map((server) => serve(server, bindings.get(server.gatewayKey) ?? NOTHING_BOUND, mesh))
  const {listeners, refused} = buildListeners(served, ports)
  const outcomes = buildClusters(served, mesh)

  const findings = [
    ...gateways.filter((gateway) => !isSelected(gateway)).map((gateway) => unselectedGateway(gateway, proxy)),
    ...[...merged.skipped, ...refused].map(skippedServer),
    ...merged.placed.filter(({spec}) => !isPlainTcpServer(spec)).map(unservedServer),
    ...plain.flatMap((server) => portNotOnService(server, ports)),
    ...served.flatMap(serverWithoutRoute),
    ...snapshot.virtualServices.flatMap((object) => unseenService(object, proxy)),
    ...serviceFindings(services, new Set(gateways.map(keyOf))),
    ...unusedFindings(merged, served, bindings),
    ...clusterFindings(served, outcomes, mesh),
  ]
  return {listeners, clusters: existing(outcomes), findings: distinct(findings)}
}

/** By cluster name, for every destination of every route. */
type Outcomes = ReadonlyMap<string, ClusterOutcome>

function buildClusters(served: readonly ServedServer[], mesh: Mesh): Outcomes {
  const outcomes = new Map<string, ClusterOutcome>()
  for (const target of served.flatMap(({compiled}) => compiled?.targets ?? [])) {
    if (!outcomes.has(target.cluster)) outcomes.set(target.cluster, buildCluster(target, mesh))
  }
  return outcomes
}

function existing(outcomes: Outcomes): Record<string, Cluster> {
  return Object.fromEntries([...outcomes].flatMap(([name, outcome]) => (outcome.type === 'cluster' ? [[name, outcome.cluster]] : [])))
}

function serviceFindings(services: readonly BoundService[], gatewayKeys: ReadonlySet<string>): readonly RoutingFinding[] {
  return services.flatMap((service) => [
    ...missingGateways(service, (key) => gatewayKeys.has(key)),
    ...(service.gatewayKeys.length > 0 ? ignoredMatches(service) : []),
  ])
}

type Bindings = ReadonlyMap<string, GatewayBindings>

function unusedFindings({placed, skipped}: MergedServers, served: readonly ServedServer[], bindings: Bindings): readonly RoutingFinding[] {
  const servers = groupBy([...placed, ...skipped.map(({server}) => server)], ({gatewayKey}) => gatewayKey)
  const results = groupBy(served, ({server}) => server.gatewayKey)
  const used = usedBlocks(served)
  return [...bindings].flatMap(([gatewayKey, bound]) => {
    const own = servers.get(gatewayKey)
    return own === undefined ? [] : unusedRules({gatewayKey, bindings: bound, servers: own, served: results.get(gatewayKey) ?? []}, used)
  })
}

function clusterFindings(served: readonly ServedServer[], outcomes: Outcomes, mesh: Mesh): readonly RoutingFinding[] {
  const missing = served.flatMap(({winner, compiled}) =>
    (compiled?.targets ?? []).flatMap((target) => {
      const outcome = outcomes.get(target.cluster)
      return winner === undefined || outcome === undefined ? [] : missingCluster(winner, target, {outcome, mesh})
    }),
  )
  return [...missing, ...[...outcomes.values()].flatMap(emptyCluster), ...policyFindings(outcomes.values())]
}

function distinct(findings: readonly RoutingFinding[]): readonly RoutingFinding[] {
  return [...new Map(findings.map((finding) => [`${finding.code} ${finding.object} ${finding.message}`, finding])).values()]
}
