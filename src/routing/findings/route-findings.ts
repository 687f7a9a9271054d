import {memoizeByIdentity} from '../../base/memoize.js'
import type {BoundRule} from '../bindings.js'
import type {BuiltCluster, ClusterOutcome} from '../clusters/clusters.js'
import {describeRule, titleOfOrigin} from '../origin.js'
import type {RoutingFinding, TcpRoute} from '../routing.js'
import type {CompiledRoute} from '../tcp-route.js'
import {ruleTitle} from './destination-findings.js'

/**
 * What is odd about a rule's route in view of the clusters it leads to, one for each destination: shares nobody serves, and policies that the route does
 * not take up.
 */
export const routeFindings = memoizeByIdentity(
  (rule: BoundRule, {route}: CompiledRoute, ...outcomes: readonly (ClusterOutcome | undefined)[]): readonly RoutingFinding[] => {
    const built = outcomes.filter((outcome): outcome is BuiltCluster => outcome?.type === 'cluster')
    const isWeighted = (rule.block.route ?? []).length > 1
    return [
      ...(isWeighted ? [...unservedWeights(rule, route, outcomes), ...hashAcrossWeights(rule, route)] : []),
      ...built.flatMap((cluster) => policiesLeftOut(rule, route, {cluster, first: outcomes[0]})),
    ]
  },
)

/** The rest of the weights is not shared out again: nobody takes the place of a cluster that cannot serve. */
function unservedWeights(rule: BoundRule, {destinations}: TcpRoute, outcomes: readonly (ClusterOutcome | undefined)[]): readonly RoutingFinding[] {
  const total = destinations.reduce((sum, {weight}) => sum + weight, 0)
  return destinations.flatMap(({weight, subset, host}, i): readonly RoutingFinding[] => {
    const outcome = outcomes[i]
    if (outcome === undefined || (outcome.type === 'cluster' && outcome.cluster.endpoints.length > 0)) return []
    const flag = outcome.type === 'cluster' ? 'UH' : 'NC'
    const to = subset === '' ? host : `subset ${subset} of ${host}`
    const message = `${describeRule(rule)} gives ${weight} of ${total} to ${to}, which cannot be served: that share of its connections is closed (${flag})`
    return [{code: 'weight-never-served', level: 'warning', object: titleOfOrigin(rule.service.object), message}]
  })
}

function hashAcrossWeights(rule: BoundRule, {hashesSourceIp, destinations}: TcpRoute): readonly RoutingFinding[] {
  if (hashesSourceIp !== true || destinations.length < 2) return []
  const draws = `${describeRule(rule)} still draws among its ${destinations.length} destinations for each connection`
  const message = `useSourceIp keeps a client at an endpoint, not at a destination: ${draws}`
  return [{code: 'hash-not-across-weights', level: 'info', object: titleOfOrigin(rule.service.object), message}]
}

interface Leads {
  readonly cluster: BuiltCluster
  /** Where the route's first destination leads. */
  readonly first: ClusterOutcome | undefined
}

/** Hash, tunnel and timeouts belong to the route, which takes them from one place; what other rules and subsets say of them is lost. */
function policiesLeftOut(rule: BoundRule, route: TcpRoute, {cluster: {rule: own, policy, cluster}, first}: Leads): readonly RoutingFinding[] {
  if (own === undefined) return []
  const name = cluster.subset === '' ? cluster.host : `subset ${cluster.subset} of ${cluster.host}`
  const where = `for ${name} in ${describeRule(rule)} of ${titleOfOrigin(rule.service.object)}`
  const isForeign = first?.type === 'cluster' && first.rule !== own
  const tcp = isForeign ? own.trafficPolicy?.connectionPool?.tcp : undefined
  const lost = [
    ...(policy.loadBalancer?.consistentHash?.useSourceIp === true && route.hashesSourceIp !== true ? ['loadBalancer.consistentHash.useSourceIp'] : []),
    ...(policy.tunnel !== undefined && route.tunnel === undefined ? ['tunnel'] : []),
    ...(['idleTimeout', 'maxConnectionDuration'] as const).filter((field) => tcp?.[field] !== undefined).map((field) => `connectionPool.tcp.${field}`),
  ]
  if (lost.length === 0) return []
  const source = (rule.block.route ?? []).length > 1 ? 'the top-level policy of its first host' : 'the policy of its subset'
  const message = `no effect ${where}: ${lost.join(', ')} (this route takes it from ${source} only)`
  return [{code: 'route-policy-without-effect', level: 'warning', object: ruleTitle(own), message}]
}
