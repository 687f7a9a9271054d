import type {BoundRule} from './bindings.js'
import type {ClusterOutcome} from './clusters.js'
import type {MergedRule} from './destination-rules.js'
import {formatLabels} from './labels.js'
import type {Mesh} from './mesh.js'
import {titleOf} from './naming.js'
import type {RoutingFinding} from './routing.js'
import type {Target} from './services.js'
import {timeoutsWithoutEffect, unappliedFields} from './traffic-policy.js'

const CLOSED = 'connections are accepted and closed'

/** Why a destination of a rule cannot be reached: no cluster (NC). */
export function missingCluster(
  {service: {object}, rule}: BoundRule,
  target: Target,
  {outcome, mesh}: {readonly outcome: ClusterOutcome; readonly mesh: Mesh},
): readonly RoutingFinding[] {
  const finding = (code: string, reason: string): readonly RoutingFinding[] => [
    {code, level: 'error', object: titleOf(object), message: `tcp[${rule}] leads to ${reason}: ${CLOSED} (NC)`},
  ]
  switch (outcome.type) {
    case 'cluster':
      return []
    case 'no-service':
      return finding('missing-service', `host ${target.host}, which no Service the gateway sees has${hintForHost(target.host, mesh)}`)
    case 'no-port':
      return finding('missing-port', `port ${target.port}, which ${titleOf(outcome.service)} does not have`)
    case 'no-subset':
      return finding('missing-subset', `subset ${target.subset} of ${target.host}, ${whyNoSubset(target, outcome.rule, mesh)}`)
  }
}

function hintForHost(host: string, {services, domain}: Mesh): string {
  const full = `${host}.svc.${domain}`
  return services.has(full) ? ` (names with a dot are not completed; write ${full})` : ''
}

function whyNoSubset({host, subset}: Target, rule: MergedRule | undefined, {rules}: Mesh): string {
  const hidden = rules.written(host).find(({spec}) => spec?.subsets?.some(({name}) => name === subset))
  const reason = rule === undefined ? 'for which no DestinationRule holds' : `which ${ruleTitle(rule)} does not define`
  return hidden === undefined ? reason : `${reason} (${titleOf(hidden)} does, but its namespace, its exportTo or another rule keeps it from the gateway)`
}

/** A cluster nothing can answer for (UH). */
export function emptyCluster(outcome: ClusterOutcome): readonly RoutingFinding[] {
  if (outcome.type !== 'cluster' || outcome.cluster.endpoints.length > 0) return []
  const {cluster, service, rule} = outcome
  const subset = rule?.subsets.get(cluster.subset)
  const source = rule?.sources.find(({spec}) => spec?.subsets?.includes(subset ?? {}))
  if (subset === undefined || source === undefined) {
    const message = `port ${cluster.port} has no ready endpoint: ${CLOSED} (UH)`
    return [{code: 'no-endpoints', level: 'warning', object: titleOf(service), message}]
  }
  const message = `subset ${cluster.subset} (${formatLabels(subset.labels)}) has no ready endpoint at port ${cluster.port}: ${CLOSED} (UH)`
  return [{code: 'no-endpoints', level: 'warning', object: titleOf(source), message}]
}

/** Once for each rule that holds for some cluster: what is written there and does nothing, and what this data plane leaves out. */
export function policyFindings(outcomes: Iterable<ClusterOutcome>): readonly RoutingFinding[] {
  const unapplied = new Map<string, {rule: MergedRule; fields: Set<string>}>()
  for (const outcome of outcomes) {
    if (outcome.type !== 'cluster' || outcome.rule === undefined) continue
    const key = ruleTitle(outcome.rule)
    const known = unapplied.get(key) ?? {rule: outcome.rule, fields: new Set<string>()}
    unapplied.set(key, known)
    for (const field of unappliedFields(outcome.policy)) known.fields.add(field)
  }
  return [...unapplied].flatMap(([object, {rule, fields}]): readonly RoutingFinding[] => {
    const findings: RoutingFinding[] = []
    if (fields.size > 0) findings.push({code: 'policy-not-applied', level: 'info', object, message: `not applied here: ${[...fields].join(', ')}`})
    const paths = timeoutsWithoutEffect(rule).join(', ')
    const message = `only the top-level trafficPolicy sets TCP timeouts; no effect: ${paths}`
    if (paths !== '') findings.push({code: 'timeout-without-effect', level: 'warning', object, message})
    return findings
  })
}

/** Merged rules go by the name of the oldest. */
function ruleTitle({sources: [first]}: MergedRule): string {
  return first === undefined ? '' : titleOf(first)
}
