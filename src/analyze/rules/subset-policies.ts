import type {DestinationRule, TrafficPolicy} from '../../routing/snapshot.js'
import type {AnalyzedObject} from '../analyzed-object.js'
import {destinationsOf} from '../destinations.js'
import {report, type FieldPath, type Finding} from '../finding.js'
import {resourceNameOf} from '../hosts.js'
import type {Inventory} from '../inventory.js'
import type {Rule} from '../rule.js'

/** Policies in places where nothing reads them. */
export const subsetPolicies: Rule = {
  name: 'tshift.SubsetPolicyAnalyzer',
  description: 'Checks for policies of subsets and ports that have no effect on TCP',
  codes: ['TSHIFT0211', 'TSHIFT0212'],
  *check({inventory}) {
    const routed = routedSubsets(inventory)
    for (const subject of inventory.destinationRules) yield* checkSubsets(subject, routed)
    for (const subject of inventory.destinationRules) yield* checkHashes(subject)
  },
}

function routedSubsets({virtualServices}: Inventory): ReadonlySet<string> {
  return new Set(
    virtualServices.flatMap(({object}) =>
      destinationsOf(object).map(({destination: {host = '', subset = ''}}) => `${resourceNameOf(host, object.metadata.namespace ?? '')}+${subset}`),
    ),
  )
}

function* checkSubsets(subject: AnalyzedObject<DestinationRule>, routed: ReadonlySet<string>): Generator<Finding> {
  const {metadata, spec = {}} = subject.object
  const host = resourceNameOf(spec.host ?? '', metadata.namespace ?? '')
  if (host.includes('*')) return
  for (const [index, {name = '', trafficPolicy}] of (spec.subsets ?? []).entries()) {
    if (trafficPolicy !== undefined && !routed.has(`${host}+${name}`)) yield report(subject, 'TSHIFT0211', [name], ['spec', 'subsets', index, 'trafficPolicy'])
  }
}

/** istio core buildOutboundNetworkFilters takes the hash from the rule's own policy; the clusters of ports and subsets merely expect one. */
function* checkHashes(subject: AnalyzedObject<DestinationRule>): Generator<Finding> {
  const {trafficPolicy, subsets = []} = subject.object.spec ?? {}
  const hashesAtTop = hasSourceHash(trafficPolicy)
  if (hashesAtTop) return
  yield* checkPorts(subject, trafficPolicy, ['spec', 'trafficPolicy'])
  for (const [index, subset] of subsets.entries()) {
    const path = ['spec', 'subsets', index, 'trafficPolicy']
    if (hasSourceHash(subset.trafficPolicy)) yield hashFinding(subject, path)
    yield* checkPorts(subject, subset.trafficPolicy, path)
  }
}

function* checkPorts(subject: AnalyzedObject, policy: TrafficPolicy | undefined, path: FieldPath): Generator<Finding> {
  for (const [index, settings] of (policy?.portLevelSettings ?? []).entries()) {
    if (hasSourceHash(settings)) yield hashFinding(subject, [...path, 'portLevelSettings', index])
  }
}

function hasSourceHash(policy: Pick<TrafficPolicy, 'loadBalancer'> | undefined): boolean {
  return policy?.loadBalancer?.consistentHash?.useSourceIp === true
}

function hashFinding(subject: AnalyzedObject, policyPath: FieldPath): Finding {
  const path = [...policyPath, 'loadBalancer', 'consistentHash', 'useSourceIp']
  return report(subject, 'TSHIFT0212', [formatPath(path)], path)
}

function formatPath(path: FieldPath): string {
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('').slice(1)
}
