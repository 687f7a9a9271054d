import type {BoundRule} from '../bindings.js'
import {isPassthrough, type BuiltCluster, type ClusterOutcome} from '../clusters/clusters.js'
import type {MergedRule} from '../clusters/destination-rules.js'
import type {UnresolvedEndpoint} from '../clusters/endpoints.js'
import {isDns} from '../clusters/entry-endpoints.js'
import {formatLabels} from '../labels.js'
import {titleOf} from '../naming.js'
import {describeRule, titleOfOrigin} from '../origin.js'
import type {RoutingFinding} from '../routing.js'
import type {Target} from '../services.js'
import type {Destined} from '../tcp-route.js'

const CLOSED = 'connections are accepted and closed'
const NOWHERE = 'to where a client was redirected from, and clients of a gateway are not redirected'

/** Why a destination of a rule cannot be reached: no cluster (NC). */
export function missingCluster(
  rule: BoundRule,
  target: Target,
  {outcome, mesh}: {readonly outcome: ClusterOutcome; readonly mesh: Destined},
): readonly RoutingFinding[] {
  const finding = (code: string, reason: string): readonly RoutingFinding[] => [
    {code, level: 'error', object: titleOfOrigin(rule.service.object), message: `${describeRule(rule)} leads to ${reason}: ${CLOSED} (NC)`},
  ]
  switch (outcome.type) {
    case 'cluster':
      return []
    case 'no-service':
      return finding('missing-service', `host ${target.host}, which no Service or ServiceEntry the gateway sees has${hintForHost(target.host, mesh)}`)
    case 'no-port':
      return finding('missing-port', `port ${target.port}, which ${titleOf(outcome.service.object)} does not have`)
    case 'no-subset':
      return finding('missing-subset', `subset ${target.subset} of ${target.host}, ${whyNoSubset(target, outcome.rule, mesh)}`)
    case 'no-dns-endpoint':
      return finding('missing-endpoints', `${describeTarget(target)}, for which ${titleOf(outcome.service.object)} has no endpoint to resolve`)
  }
}

/** Names without a dot are completed, names with one are not: both surprise. */
function hintForHost(host: string, {services, domain}: Destined): string {
  const full = `${host}.svc.${domain}`
  if (services.has(full)) return ` (names with a dot are not completed; write ${full})`
  const [short = ''] = host.split('.')
  const written = host.endsWith(`.svc.${domain}`) ? services.get(short) : undefined
  return written === undefined ? '' : ` (${titleOf(written.object)} has the host ${short}, but names without a dot are completed; give it one with a dot)`
}

function whyNoSubset({host, subset}: Target, rule: MergedRule | undefined, {rules}: Destined): string {
  const hidden = rules.written(host).find(({spec}) => spec?.subsets?.some(({name}) => name === subset))
  const reason = rule === undefined ? 'for which no DestinationRule holds' : `which ${ruleTitle(rule)} does not define`
  return hidden === undefined ? reason : `${reason} (${titleOf(hidden)} does, but its namespace, its exportTo or another rule keeps it from the gateway)`
}

function describeTarget({host, port, subset}: Target): string {
  return subset === '' ? `port ${port} of ${host}` : `subset ${subset} of ${host}`
}

/** A cluster nothing can answer for (UH), or that lacks some of its endpoints. */
export function emptyCluster(outcome: ClusterOutcome): readonly RoutingFinding[] {
  if (outcome.type !== 'cluster') return []
  const unresolved = outcome.unresolved.map((endpoint) => notResolved(endpoint, outcome))
  return outcome.cluster.endpoints.length > 0 || unresolved.length > 0 ? unresolved : [withoutEndpoints(outcome)]
}

function notResolved({unresolved, reason}: UnresolvedEndpoint, {cluster, service}: BuiltCluster): RoutingFinding {
  const effect = cluster.endpoints.length > 0 ? 'the other endpoints take its share' : `${CLOSED} (UH)`
  const why = reason === undefined ? 'has not been resolved' : `has no address (${reason})`
  return {code: 'host-not-resolved', level: 'warning', object: titleOf(service.object), message: `host name ${unresolved} ${why}: ${effect}`}
}

function withoutEndpoints({cluster, service, rule, policy}: BuiltCluster): RoutingFinding {
  const {port} = cluster
  const subset = rule?.subsets.get(cluster.subset)
  const source = rule?.sources.find(({spec}) => spec?.subsets?.includes(subset ?? {}))
  const about = {code: 'no-endpoints', level: 'warning'} as const
  if (rule !== undefined && isPassthrough(policy)) {
    const message = `load balancer PASSTHROUGH takes port ${port} ${NOWHERE}: ${CLOSED} (UH)`
    return {...about, object: ruleTitle(rule), message}
  }
  if (service.type === 'entry' && !isDns(service.object) && service.object.spec?.resolution !== 'STATIC') {
    const message = `resolution NONE takes port ${port} ${NOWHERE}: ${CLOSED} (UH)`
    return {...about, object: titleOf(service.object), message}
  }
  if (subset === undefined || source === undefined) {
    return {...about, object: titleOf(service.object), message: `port ${port} has no ready endpoint: ${CLOSED} (UH)`}
  }
  const message = `subset ${cluster.subset} (${formatLabels(subset.labels)}) has no ready endpoint at port ${port}: ${CLOSED} (UH)`
  return {...about, object: titleOf(source), message}
}

/** Merged rules go by the name of the oldest. */
export function ruleTitle({sources: [first]}: MergedRule): string {
  return first === undefined ? '' : titleOf(first)
}
