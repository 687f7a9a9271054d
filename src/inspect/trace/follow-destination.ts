import {keyOf, namespaceOf} from '../../routing/naming.js'
import type {Cluster, FilterChain, WeightedCluster} from '../../routing/routing.js'
import type {DestinationRule} from '../../routing/objects/destination-rule.js'
import {endpointName, isEjected} from '../health.js'
import {clusterNameOf} from '../proxy-view.js'
import type {RulesOf} from '../rule-of.js'
import {describePolicy} from './describe-policy.js'
import type {Known} from './known.js'
import {missingCluster} from './missing-cluster.js'
import {noEndpoints} from './no-endpoints.js'
import type {BrokenLink, Place, Step, Trail} from './trace.js'

/** A destination of the route, by its place among those that get connections. */
export interface Share {
  readonly chain: FilterChain
  readonly index: number
}

/** From a share of the connections to its endpoints: cluster, DestinationRule, policy. */
export function destinationTrail(share: Share, known: Known, rulesOf: RulesOf): Trail {
  const destination = share.chain.route.destinations[share.index]
  if (destination === undefined) return {steps: []}
  const place = weightPlace(share, known)
  const first: Step = {kind: 'destination', text: describeShare(share.chain, destination), ...(place === undefined ? {} : {place}), depth: 0}
  const cluster = known.routing.clusters[destination.cluster]
  if (cluster === undefined) return {steps: [first], broken: missingCluster(destination, share.chain, known, place)}
  const steps = [
    first,
    ...ruleSteps(cluster, rulesOf(cluster)),
    {kind: 'policy', text: describePolicy(cluster, share.chain.route), depth: 1} satisfies Step,
    ...endpointSteps(destination.cluster, cluster, known),
  ]
  const broken = brokenCluster(destination.cluster, cluster, {known, rulesOf, place})
  return {steps, ...(broken === undefined ? {} : {broken})}
}

function describeShare({route}: FilterChain, {weight, cluster, subset, host}: WeightedCluster): string {
  const total = route.destinations.reduce((sum, one) => sum + one.weight, 0)
  const share = `${Math.round((1000 * weight) / (total || 1)) / 10}%`
  const weights = route.destinations.length === 1 ? '' : ` (weight ${weight} of ${total})`
  return `${share}${weights} to ${subset === '' ? host : `subset ${subset} of ${host}`}: cluster ${clusterNameOf(cluster)}`
}

/** Where the weight of a share is written; blocks keep destinations without a weight, which get nothing and are not in the route. */
function weightPlace({chain: {source}, index}: Share, {snapshot}: Known): Place | undefined {
  if (source === undefined) return undefined
  const {kind = 'VirtualService', namespace, name, rule, block = 'tcp'} = source
  if (kind !== 'VirtualService') {
    const route = [...(snapshot.tcpRoutes ?? []), ...(snapshot.tlsRoutes ?? [])].find((one) => one.kind === kind && keyOf(one) === `${namespace}/${name}`)
    const taking = (route?.spec?.rules?.[rule]?.backendRefs ?? []).flatMap(({weight = 1}, at) => (weight > 0 ? [at] : []))
    return {kind, namespace, name, path: ['spec', 'rules', rule, 'backendRefs', taking[index] ?? index, 'weight']}
  }
  const written = snapshot.virtualServices.find((service) => keyOf(service) === `${namespace}/${name}`)?.spec?.[block]?.[rule]?.route ?? []
  const taking = written.flatMap((destination, at) => (written.length === 1 || (destination.weight ?? 0) > 0 ? [at] : []))
  return {kind, namespace, name, path: ['spec', block, rule, 'route', taking[index] ?? index, ...(written.length === 1 ? [] : ['weight'])]}
}

function ruleSteps(cluster: Cluster, rules: readonly DestinationRule[]): readonly Step[] {
  return rules.slice(0, 1).map((oldest) => {
    const rule = rules.find(({spec}) => spec?.subsets?.some(({name}) => name === cluster.subset)) ?? oldest
    const index = rule.spec?.subsets?.findIndex(({name}) => name === cluster.subset) ?? -1
    const labels = Object.entries(rule.spec?.subsets?.[index]?.labels ?? {}).map(([key, value]) => `${key}=${value}`)
    const subset = index === -1 ? '' : ` subsets[${index}] ${cluster.subset}: ${labels.length === 0 ? 'all pods' : labels.join(',')}`
    const place = {kind: 'DestinationRule', namespace: namespaceOf(rule), name: rule.metadata.name, path: index === -1 ? ['spec'] : ['spec', 'subsets', index]}
    return {kind: 'rule', text: `DestinationRule ${keyOf(rule)}${subset}`, place, depth: 1}
  })
}

function endpointSteps(key: string, cluster: Cluster, {running}: Known): readonly Step[] {
  return cluster.endpoints.map((endpoint) => {
    const health = running !== undefined && isEjected(running.health, key, endpoint) ? 'EJECTED by outlier detection' : 'HEALTHY'
    const resolved = endpoint.hostname === undefined ? '' : ` ${endpoint.hostname}`
    return {kind: 'endpoint', text: `${endpointName(endpoint)}${endpoint.pod === undefined ? '' : ` pod ${endpoint.pod}`}${resolved} ${health}`, depth: 1}
  })
}

interface Around {
  readonly known: Known
  readonly rulesOf: RulesOf
  readonly place: Place | undefined
}

function brokenCluster(key: string, cluster: Cluster, {known, rulesOf, place}: Around): BrokenLink | undefined {
  if (cluster.endpoints.length === 0) return noEndpoints(cluster, known, rulesOf(cluster))
  if (cluster.tls?.problem !== undefined) {
    return {
      text: `TLS towards ${cluster.host} cannot be spoken: ${cluster.tls.problem}`,
      mend: "put the credential where the DestinationRule's tls settings say it is",
      ...(place === undefined ? {} : {place}),
      flag: 'UF,URX',
    }
  }
  const isOut = known.running !== undefined && cluster.endpoints.every((endpoint) => isEjected(known.running?.health ?? {}, key, endpoint))
  if (!isOut || (cluster.outlierDetection?.panicPercent ?? 0) > 0) return undefined
  return {
    text: `outlier detection keeps every endpoint of ${cluster.name} out`,
    mend: "they come back by themselves; 'tshift logs' of the pods says why they failed",
    flag: 'UH',
  }
}
